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
package org.trinomesh.platform;

import org.trinomesh.problem.Located;
import org.trinomesh.problem.Position;
import org.trinomesh.problem.Problems;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A file, or a folder with a slash at its end, that the platform says must hold a policy.
 *
 * @param position where the platform says so
 */
public record RequiredPolicy(String path, Position position)
{
    public RequiredPolicy
    {
        requireNonNull(path, "path is null");
        requireNonNull(position, "position is null");
    }

    static Optional<RequiredPolicy> of(Located<String> written, Problems problems)
    {
        String path = written.value();
        boolean folder = path.endsWith("/");
        boolean plain = !path.contains("//") && !path.matches("(.*/)?\\.\\.?(/.*)?");
        boolean read = folder
                ? PlaceNames.isPolicyFolder(path.substring(0, path.length() - 1)) || PlaceNames.isInPolicyFolder(path)
                : PlaceNames.isDescriptor(path) && (PlaceNames.isInPolicyFolder(path) || DomainFolder.of(Position.startOf(path)).isPresent());
        boolean somebodys = DomainFolder.of(Position.startOf(path)).isEmpty() || DomainFolder.domain(Position.startOf(path), Optional.empty()).isPresent();
        if (!plain || !read || !somebodys) {
            problems.error(
                    written.position(),
                    "no policy is read from '%s'".formatted(path),
                    "write a file or a folder relative to the mesh directory: governance/, governance/pii.yaml, domains/sales/governance/customers.yaml");
            return Optional.empty();
        }
        return Optional.of(new RequiredPolicy(path, written.position()));
    }

    public boolean covers(String file)
    {
        return path.endsWith("/") ? file.startsWith(path) : file.equals(path);
    }

    /**
     * The domain that is closed without it; empty for the whole mesh.
     */
    public Optional<String> domain()
    {
        return DomainFolder.domain(Position.startOf(path), Optional.empty());
    }
}
