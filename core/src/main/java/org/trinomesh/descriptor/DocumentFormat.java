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

import org.trinomesh.problem.Problems;
import org.trinomesh.yaml.DescriptorNode;
import org.trinomesh.yaml.YamlParser.YamlDocument;

/**
 * Reads one kind of document, of ours or of a standard, into the descriptor that the mesh is built from.
 */
public interface DocumentFormat
{
    /**
     * @param problems takes everything that is wrong; what can be understood nevertheless is in the descriptor
     */
    Descriptor read(DescriptorNode.Fields document, YamlDocument source, Problems problems);
}
