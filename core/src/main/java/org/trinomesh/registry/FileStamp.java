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
package org.trinomesh.registry;

import java.nio.file.attribute.FileTime;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * The stamp of a file: metadata that changes when the file changes.
 *
 * @param changed when the file system last noted a change, which nobody can set: a copy may keep the time of the last modification,
 *         and have the size of what it replaces; empty where the file system does not tell
 * @param key tells two files apart that follow each other under one name
 */
record FileStamp(FileTime modified, Optional<FileTime> changed, long size, Optional<Object> key)
{
    // File systems round times: two changes within this time may have the same stamp
    private static final long UNSETTLED_MILLIS = 2_000;

    static final FileStamp NONE = new FileStamp(FileTime.fromMillis(0), Optional.empty(), 0, Optional.empty());

    FileStamp
    {
        requireNonNull(modified, "modified is null");
        requireNonNull(changed, "changed is null");
        requireNonNull(key, "key is null");
    }

    /**
     * Whether the last change is long enough ago for any further change to show in the stamp.
     */
    boolean isSettled()
    {
        long last = Math.max(modified.toMillis(), changed.map(FileTime::toMillis).orElse(Long.MIN_VALUE));
        return System.currentTimeMillis() - last > UNSETTLED_MILLIS;
    }
}
