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
package org.trinomesh.lineage;

import org.trinomesh.openlineage.Dataset;
import org.trinomesh.problem.Problem.Severity;

import static java.util.Objects.requireNonNull;

/**
 * A dataset of a tool that looks like a table or a data product of the mesh, but cannot be matched to one.
 *
 * @param reason why it cannot be matched
 * @param remedy what to do about it
 * @param severity a warning when something is wrong for certain; an info when the dataset may also be a table that is not a
 *         data product
 */
public record UnresolvedDataset(Dataset dataset, Severity severity, String reason, String remedy)
{
    public UnresolvedDataset
    {
        requireNonNull(dataset, "dataset is null");
        requireNonNull(severity, "severity is null");
        requireNonNull(reason, "reason is null");
        requireNonNull(remedy, "remedy is null");
    }
}
