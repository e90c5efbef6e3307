/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package org.trinomesh.product;

import static java.util.Locale.ENGLISH;

/**
 * The part of a version that a change increases, the smallest first.
 */
public enum VersionBump
{
    NONE,
    PATCH,
    MINOR,
    MAJOR;

    /**
     * The step from one version to another; a step back is none.
     */
    public static VersionBump of(SemanticVersion before, SemanticVersion after)
    {
        if (after.compareTo(before) <= 0) {
            return NONE;
        }
        if (after.major() > before.major()) {
            return MAJOR;
        }
        return after.minor() > before.minor() ? MINOR : PATCH;
    }

    /**
     * The lowest version that makes this step.
     */
    public SemanticVersion next(SemanticVersion version)
    {
        return switch (this) {
            case NONE -> version;
            case PATCH -> new SemanticVersion(version.major(), version.minor(), version.patch() + 1);
            case MINOR -> new SemanticVersion(version.major(), version.minor() + 1, 0);
            case MAJOR -> new SemanticVersion(version.major() + 1, 0, 0);
        };
    }

    @Override
    public String toString()
    {
        return name().toLowerCase(ENGLISH);
    }
}
