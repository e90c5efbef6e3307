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
import org.trinomesh.problem.Problem;
import org.trinomesh.product.SqlNames;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * The folder below {@code domains/} that a document lies in. Who may write there speaks for that domain and for no other,
 * whatever the document says of itself.
 */
public record DomainFolder(String written)
{
    private static final String DOMAINS = "domains/";

    public DomainFolder
    {
        requireNonNull(written, "written is null");
    }

    /**
     * Nothing for a document outside of all domains' folders, which may speak for any domain.
     */
    public static Optional<DomainFolder> of(Position document)
    {
        String file = document.file();
        if (!file.startsWith(DOMAINS)) {
            return Optional.empty();
        }
        int end = file.indexOf('/', DOMAINS.length());
        return end < 0 ? Optional.empty() : Optional.of(new DomainFolder(file.substring(DOMAINS.length(), end)));
    }

    /**
     * The domain that a document belongs to, as a SQL name: its own word, where its folder does not know better.
     */
    public static Optional<String> domain(Position document, Optional<Located<String>> said)
    {
        return of(document)
                .map(DomainFolder::sqlName)
                .orElseGet(() -> said.flatMap(domain -> SqlNames.of(domain.value())));
    }

    /**
     * @param key the key that the domain is written under
     */
    public static Optional<Problem> check(Position document, Optional<Located<String>> said, String key)
    {
        // A name that no domain can have is reported as such
        return said.filter(domain -> SqlNames.of(domain.value()).isPresent())
                .flatMap(domain -> of(document)
                        .filter(folder -> !folder.sqlName().equals(SqlNames.of(domain.value())))
                        .map(folder -> folder.problem(domain, key)));
    }

    private Optional<String> sqlName()
    {
        return SqlNames.of(written);
    }

    private Problem problem(Located<String> said, String key)
    {
        String move = "move it below domains/" + said;
        return Problem.error(
                said.position(),
                "this file is in the folder of domain '%s' and names domain '%s'".formatted(written, said),
                sqlName().isPresent() ? "%s, or write '%s: %s'".formatted(move, key, written) : move);
    }
}
