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
package org.trinomesh.quality;

import java.time.Instant;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * The share of a product's data that was right when it was last checked.
 *
 * @param passed rows that passed, each as often as it was checked; checks that passed, when no tool counted rows
 * @param checked how many rows, or checks, there were
 * @param at when the last check was
 * @param evidence in plain words
 */
public record Accuracy(long passed, long checked, Instant at, String evidence)
{
    public Accuracy
    {
        checkArgument(checked > 0, "checked is not positive: %s", checked);
        checkArgument(passed >= 0 && passed <= checked, "passed is not from 0 to %s: %s", checked, passed);
        requireNonNull(at, "at is null");
        requireNonNull(evidence, "evidence is null");
    }

    public double ratio()
    {
        return (double) passed / checked;
    }
}
