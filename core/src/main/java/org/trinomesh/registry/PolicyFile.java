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

import com.google.common.collect.ImmutableSet;
import org.trinomesh.descriptor.DescriptorFile;
import org.trinomesh.descriptor.DomainDescriptor;
import org.trinomesh.descriptor.PolicyDescriptor;
import org.trinomesh.platform.DomainFolder;
import org.trinomesh.platform.PlaceNames;
import org.trinomesh.problem.Position;
import org.trinomesh.problem.Problem;
import org.trinomesh.product.SqlNames;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * A file that may contain policies, with the domains that they are about. The location of the file decides that, even if the
 * file cannot be read.
 */
record PolicyFile(DescriptorFile file)
{
    PolicyFile
    {
        requireNonNull(file, "file is null");
    }

    String path()
    {
        return file.path();
    }

    List<PolicyDescriptor> policies()
    {
        return all(PolicyDescriptor.class);
    }

    List<DomainDescriptor> domains()
    {
        return all(DomainDescriptor.class);
    }

    boolean hasErrors()
    {
        return file.problems().stream().anyMatch(Problem::isError);
    }

    /**
     * Whether it can be read and contains no policies.
     */
    boolean saysNothing()
    {
        return !hasErrors() && file.descriptors().stream().noneMatch(descriptor -> descriptor instanceof PolicyDescriptor || descriptor instanceof DomainDescriptor);
    }

    /**
     * Whether it may have held policies, when it cannot be read at all.
     */
    boolean mayHoldPolicies()
    {
        return !isInFolderOfNobody() && PlaceNames.mayHoldPolicies(path());
    }

    boolean isInFolderOfPolicies()
    {
        return PlaceNames.isInPolicyFolder(path());
    }

    /**
     * Whether it is below domains/ in a folder that belongs to no domain: nothing in such a folder is used.
     */
    boolean isInFolderOfNobody()
    {
        return DomainFolder.of(place()).isPresent() && domain().isEmpty();
    }

    /**
     * The domains whose rules a broken file holds or held; nothing in it means the whole mesh.
     *
     * @param before what it held
     */
    Set<Optional<String>> speaksFor(Optional<FilePolicies> before)
    {
        Optional<String> folder = domain();
        boolean unknown = hasErrors() || !policies().isEmpty();
        if (folder.isPresent() || unknown || before.stream().anyMatch(good -> !good.policies().isEmpty())) {
            return ImmutableSet.of(folder);
        }
        Set<Optional<String>> named = Stream.concat(
                        domains().stream().map(descriptor -> descriptor.name().flatMap(name -> SqlNames.of(name.value()))),
                        before.stream().flatMap(good -> good.domains().keySet().stream()).map(Optional::of))
                .collect(toImmutableSet());
        return named.isEmpty() || named.contains(Optional.<String>empty()) ? ImmutableSet.of(Optional.empty()) : named;
    }

    private Optional<String> domain()
    {
        return DomainFolder.domain(place(), Optional.empty());
    }

    private Position place()
    {
        return Position.startOf(PlaceNames.mayContainPolicies(path()) ? path() + "/" : path());
    }

    private <T> List<T> all(Class<T> kind)
    {
        return file.descriptors().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .collect(toImmutableList());
    }
}
