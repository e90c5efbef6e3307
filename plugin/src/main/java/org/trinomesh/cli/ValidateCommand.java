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

import org.trinomesh.descriptor.Position;
import org.trinomesh.descriptor.Problem;
import org.trinomesh.descriptor.Problem.Severity;
import org.trinomesh.registry.Mesh;
import org.trinomesh.registry.MeshBuilder;
import org.trinomesh.registry.MeshDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

import static com.google.common.collect.ImmutableList.toImmutableList;

/**
 * Checks a mesh directory as the server does when it starts.
 */
@Command(
        name = "validate",
        description = "Checks a mesh directory and prints every problem as file:line:column: severity: what is wrong; what to write instead.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:no errors", "1:errors were found", "2:the command is not used as it should be"})
final class ValidateCommand
        implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The mesh directory, with mesh.yaml in it.")
    private Path directory;

    @Option(names = "--format", paramLabel = "text|json", defaultValue = "text", description = "How to print problems: text (default) or json, one object a line.")
    private Format format;

    enum Format
    {
        TEXT,
        JSON,
    }

    @Override
    public Integer call()
    {
        Mesh mesh = load();
        PrintWriter out = spec.commandLine().getOut();
        List<Problem> problems = mesh.problems().stream()
                .map(this::inWorkingDirectory)
                .collect(toImmutableList());
        for (Problem problem : problems) {
            out.println(switch (format) {
                case TEXT -> problem.toString();
                case JSON -> JsonLine.of(problem);
            });
        }
        out.flush();
        PrintWriter err = spec.commandLine().getErr();
        err.println(summary(mesh, problems));
        err.flush();
        return problems.stream().anyMatch(Problem::isError) ? 1 : 0;
    }

    private Mesh load()
    {
        if (!Files.isDirectory(directory)) {
            throw new ParameterException(spec.commandLine(), "'%s' is not a directory; give the directory that mesh.yaml is in".formatted(directory));
        }
        try {
            return MeshBuilder.build(new MeshDirectory(directory).read().files());
        }
        catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "'%s' cannot be read: %s".formatted(directory, e), e);
        }
    }

    /**
     * So that terminals and editors find the file from where the command was run.
     */
    private Problem inWorkingDirectory(Problem problem)
    {
        Position position = problem.position();
        String file = directory.resolve(position.file()).normalize().toString();
        return problem.at(new Position(file, position.line(), position.column()));
    }

    private static String summary(Mesh mesh, List<Problem> problems)
    {
        int products = mesh.domains().stream().mapToInt(domain -> domain.products().size()).sum();
        return "%s in %s, %s, %s".formatted(
                counted(products, "product"),
                counted(mesh.domains().size(), "domain"),
                counted(count(problems, Severity.ERROR), "error"),
                counted(count(problems, Severity.WARNING), "warning"));
    }

    private static long count(List<Problem> problems, Severity severity)
    {
        return problems.stream().filter(problem -> problem.severity() == severity).count();
    }

    private static String counted(long count, String name)
    {
        return count + " " + name + (count == 1 ? "" : "s");
    }
}
