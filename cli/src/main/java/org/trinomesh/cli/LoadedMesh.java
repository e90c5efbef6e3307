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
package org.trinomesh.cli;

import org.trinomesh.conformance.Violation;
import org.trinomesh.governance.Governance;
import org.trinomesh.governance.PolicyTestOutcome;
import org.trinomesh.governance.PolicyTests;
import org.trinomesh.governance.VocabularyChecks;
import org.trinomesh.problem.Position;
import org.trinomesh.problem.Problem;
import org.trinomesh.registry.MeshBuilder;
import org.trinomesh.registry.MeshDirectory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.time.ZoneOffset.UTC;
import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

/**
 * A mesh directory as the server loads it when it starts, with its files named as seen from where the command was run, so that
 * terminals and editors find them.
 */
record LoadedMesh(Path directory, Governance governance, List<PolicyTestOutcome> tests)
{
    LoadedMesh
    {
        requireNonNull(directory, "directory is null");
        requireNonNull(governance, "governance is null");
        tests = List.copyOf(requireNonNull(tests, "tests is null"));
    }

    /**
     * @throws ParameterException when there is no such directory, or it cannot be read
     */
    static LoadedMesh load(Path directory, CommandLine command)
    {
        if (!Files.isDirectory(directory)) {
            throw new ParameterException(command, "'%s' is not a directory; give the directory that mesh.yaml is in".formatted(directory));
        }
        try {
            Governance governance = Governance.of(MeshBuilder.build(new MeshDirectory(directory).read().files(), new VocabularyChecks()));
            return new LoadedMesh(directory, governance, PolicyTests.run(governance, governance.mesh().loadedAt()));
        }
        catch (IOException e) {
            throw new ParameterException(command, "'%s' cannot be read: %s".formatted(directory, e), e);
        }
        catch (RuntimeException | StackOverflowError e) {
            throw new ParameterException(command, "'%s' cannot be checked because of a fault in the mesh: %s".formatted(directory, e), e);
        }
    }

    /**
     * Everything wrong with the directory, failing tests and violated checks among it.
     */
    List<Problem> problems()
    {
        return problems(List.of());
    }

    /**
     * The same with others, that were found by asking a server.
     */
    List<Problem> problems(List<Problem> more)
    {
        return Stream.of(governance.problems(), PolicyTests.problems(governance), more)
                .flatMap(List::stream)
                .distinct()
                .sorted(comparing(Problem::position).thenComparing(Problem::severity))
                .map(problem -> problem.at(place(problem.position())))
                .collect(toImmutableList());
    }

    /**
     * The violated checks, also those that cause no problem.
     */
    List<Violation> violations()
    {
        return governance.violations().stream()
                .map(this::placed)
                .collect(toImmutableList());
    }

    /**
     * The errors because of which the meaning of the directory is unclear. A violated check is not among them: such a
     * product is out of service on purpose.
     */
    List<Problem> obstacles()
    {
        // A product that nobody may read any longer is a difference like others
        Set<Problem> missingRights = governance().missingRights();
        return problems().stream()
                .filter(Problem::isError)
                .filter(problem -> !missingRights.contains(problem))
                .filter(problem -> violations().stream().noneMatch(violation -> violation.position().equals(problem.position()) && problem.message().contains("check " + violation.check() + " is violated")))
                .collect(toImmutableList());
    }

    /**
     * The day in UTC.
     */
    LocalDate today()
    {
        return LocalDate.ofInstant(governance.mesh().loadedAt(), UTC);
    }

    Position place(Position position)
    {
        return new Position(directory.resolve(position.file()).normalize().toString(), position.line(), position.column());
    }

    Violation placed(Violation violation)
    {
        return new Violation(
                violation.check(),
                violation.policy(),
                violation.enforcement(),
                violation.product(),
                violation.version(),
                violation.owner(),
                violation.message(),
                violation.remedy(),
                place(violation.position()),
                violation.waivedUntil());
    }
}
