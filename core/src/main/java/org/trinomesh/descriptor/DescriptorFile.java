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
package org.trinomesh.descriptor;

import com.google.common.collect.ImmutableList;
import org.trinomesh.problem.Problem;
import org.trinomesh.text.PrintableText;

import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * One file of the mesh directory after reading.
 *
 * @param path relative to the mesh directory, with slashes
 * @param problems what is wrong outside the descriptors: what could not be read at all
 */
public record DescriptorFile(String path, List<Descriptor> descriptors, List<Problem> problems)
{
    public DescriptorFile
    {
        path = PrintableText.fileName(requireNonNull(path, "path is null"));
        descriptors = ImmutableList.copyOf(requireNonNull(descriptors, "descriptors is null"));
        problems = ImmutableList.copyOf(requireNonNull(problems, "problems is null"));
    }

    public static DescriptorFile unreadable(String path, Problem problem)
    {
        return new DescriptorFile(path, ImmutableList.of(), ImmutableList.of(problem));
    }
}
