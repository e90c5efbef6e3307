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

import com.google.common.collect.ImmutableList;
import org.trinomesh.descriptor.DescriptorFile;
import org.trinomesh.descriptor.MeshDescriptor;
import org.trinomesh.platform.Platform;
import org.trinomesh.problem.Fault;
import org.trinomesh.problem.Position;
import org.trinomesh.problem.Problem;
import org.trinomesh.problem.Problems;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;

/**
 * Decides which settings of the platform count: those of the one Mesh document, or, for a time while it is broken, those of its
 * last valid version. Without any, no storage is granted.
 */
final class PlatformShelf
{
    private final Problems problems = new Problems();
    private final Optional<Platform> platform;
    private final Optional<Instant> until;

    PlatformShelf(List<DescriptorFile> files, Optional<Generation> previous, Duration lastGoodTtl, Instant now)
    {
        Optional<MeshDescriptor> document = document(files);
        Problems found = new Problems();
        Optional<Platform> written = document.flatMap(descriptor -> Fault.contain(
                "the Mesh document cannot be checked",
                descriptor.position(),
                () -> Optional.of(Platform.of(descriptor, found)),
                fault -> {
                    found.add(fault);
                    return Optional.empty();
                }));
        problems.addAll(found.toList());
        boolean broken = document.filter(descriptor -> found.hasErrors() || descriptor.problems().stream().anyMatch(Problem::isError)).isPresent();
        Optional<Platform> valid = written.filter(_ -> !broken);
        until = valid.isPresent() ? Optional.empty() : previous.flatMap(present -> new LastGood(present, files, ImmutableList.of(), now, lastGoodTtl).platformUntil(broken));
        platform = valid.or(() -> until.flatMap(_ -> previous.flatMap(Generation::platform)));
        report(files, broken);
    }

    Optional<Platform> platform()
    {
        return platform;
    }

    /**
     * Until when the platform counts although its document is broken.
     */
    Optional<Instant> until()
    {
        return until;
    }

    List<Problem> problems()
    {
        return problems.toList();
    }

    private Optional<MeshDescriptor> document(List<DescriptorFile> files)
    {
        Optional<MeshDescriptor> first = Optional.empty();
        List<MeshDescriptor> descriptors = files.stream()
                .flatMap(file -> file.descriptors().stream())
                .filter(MeshDescriptor.class::isInstance)
                .map(MeshDescriptor.class::cast)
                .collect(toImmutableList());
        for (MeshDescriptor descriptor : descriptors) {
            problems.addAll(descriptor.problems());
            if (descriptor.position().file().contains("/")) {
                // Else a domain could grant itself storage from its own folder
                problems.error(descriptor.position(), "a Mesh document in a folder is not read", "write it into a file directly in the mesh directory, mesh.yaml");
            }
            else if (first.isPresent()) {
                problems.error(descriptor.position(), "this is a second Mesh document, beside the one in %s".formatted(first.get().position()), "keep one");
            }
            else {
                first = Optional.of(descriptor);
            }
        }
        return first;
    }

    private void report(List<DescriptorFile> files, boolean broken)
    {
        if (until.isPresent()) {
            String file = platform.orElseThrow().file();
            boolean gone = !broken && files.stream().noneMatch(present -> present.path().equals(file));
            problems.warning(
                    Position.startOf(file),
                    "the Mesh document is %s; its last valid version counts until %s".formatted(gone ? "gone" : "broken", until.get()),
                    gone ? "restore the file" : "correct the errors of the file");
        }
        else if (platform.isEmpty() && broken) {
            problems.error(Position.startOf("mesh.yaml"), "the Mesh document is broken, so no storage is granted and no product is served", "correct its errors");
        }
        else if (platform.isEmpty()) {
            problems.error(Position.startOf("mesh.yaml"), "there is no Mesh document, so no storage is granted and no product is served", "add mesh.yaml with 'kind: Mesh' and grants");
        }
    }
}
