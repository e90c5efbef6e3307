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

import org.trinomesh.conformance.Enforcement;
import org.trinomesh.conformance.Violation;
import org.trinomesh.governance.PolicyTestOutcome;
import org.trinomesh.problem.Problem;
import org.trinomesh.problem.Problem.Severity;
import org.trinomesh.registry.Mesh;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import static com.google.common.collect.ImmutableList.toImmutableList;

/**
 * The command {@code validate}: checks a mesh directory as the server does when it starts, and runs the tests of its
 * policies.
 */
@Command(
        name = "validate",
        description = "Checks a mesh directory, runs the tests of its policies, and prints every problem as file:line:column: severity: what is wrong; what to write instead.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:no errors", "1:errors were found, or tests failed", "2:the server cannot be asked, or the command is used incorrectly"})
final class ValidateCommand
        implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The mesh directory, with mesh.yaml in it.")
    private Path directory;

    @Option(names = "--format", paramLabel = "text|json", defaultValue = "text", description = "How to print problems: text (default) or json, one object per line.")
    private Format format;

    @Option(names = "--all", description = "Print everything in text, too: also notes, such as keys that are not interpreted, and all problems of a file that has very many. JSON always has everything.")
    private boolean all;

    @Option(names = "--server", paramLabel = "URL", description = "Also lets this running Trino validate the queries of products: http://host:port, or a URL of Trino's JDBC driver. It need not serve the directory.")
    private Optional<String> server;

    @Option(names = "--user", paramLabel = "USER", description = "Who asks the server, which needs no right on products. Tables of other catalogs are looked up as the user of their grant, if USER may impersonate that one, and as USER otherwise.")
    private Optional<String> user;

    @Option(names = "--catalog", paramLabel = "NAME", defaultValue = "mesh", description = "The catalog of the mesh on the server (default: ${DEFAULT-VALUE}). It is asked for the types of columns whose contract gives no exact one.")
    private String catalog;

    enum Format
    {
        TEXT,
        JSON,
    }

    @Override
    public Integer call()
    {
        LoadedMesh loaded = LoadedMesh.load(directory, spec.commandLine());
        PrintWriter err = spec.commandLine().getErr();
        Optional<ServerValidation.Result> validated = Optional.empty();
        Optional<String> failure = Optional.empty();
        if (server.isPresent()) {
            String asking = user.orElseThrow(() -> new ParameterException(spec.commandLine(), "Option --server needs --user: say who asks the server"));
            ServerAddress address = new ServerAddress(server.get());
            try {
                validated = Optional.of(ServerValidation.run(loaded.governance(), address, asking, catalog, err));
            }
            catch (SQLException e) {
                // What is known without the server is worth knowing anyway
                failure = Optional.of("The server at %s cannot be asked: %s".formatted(address, String.valueOf(e.getMessage()).lines().findFirst().orElse("")));
            }
            err.flush();
        }
        List<Problem> problems = loaded.problems(validated.map(ServerValidation.Result::problems).orElse(List.of()));
        print(loaded, problems);
        err.println(summary(loaded, problems) + validated.map(ValidateCommand::queries).orElse("") + notShown(problems));
        failure.ifPresent(err::println);
        err.flush();
        if (failure.isPresent()) {
            return 2;
        }
        return problems.stream().anyMatch(Problem::isError) ? 1 : 0;
    }

    private void print(LoadedMesh loaded, List<Problem> problems)
    {
        PrintWriter out = spec.commandLine().getOut();
        (switch (format) {
            case TEXT -> all ? problems.stream().map(Problem::toString).toList() : ProblemText.lines(problems);
            case JSON -> problems.stream().map(JsonLine::of).toList();
        }).forEach(out::println);
        // The other violations are already reported as problems
        for (Violation violation : onlyListed(loaded)) {
            out.println(switch (format) {
                case TEXT -> "%s: audit: check %s is violated%s: %s; %s".formatted(violation.position(), violation.check(), waiver(violation), violation.message(), violation.remedy());
                case JSON -> JsonLine.of(violation, loaded.today());
            });
        }
        out.flush();
    }

    private static String queries(ServerValidation.Result result)
    {
        return ", %s checked by the server%s".formatted(Count.of(result.checked(), "query", "queries"), result.refused() == 0 ? "" : " and %s not".formatted(result.refused()));
    }

    private static List<Violation> onlyListed(LoadedMesh loaded)
    {
        return loaded.violations().stream()
                .filter(violation -> violation.enforcement(loaded.today()) == Enforcement.AUDIT)
                .collect(toImmutableList());
    }

    private static String waiver(Violation violation)
    {
        return violation.enforcement() == Enforcement.AUDIT ? "" : violation.waivedUntil().map(until -> " (waived until " + until + ")").orElse("");
    }

    private static String summary(LoadedMesh loaded, List<Problem> problems)
    {
        Mesh mesh = loaded.governance().mesh();
        int products = mesh.domains().stream().mapToInt(domain -> domain.products().size()).sum();
        return "%s in %s, %s, %s, %s, %s, %s, %s".formatted(
                Count.of(products, "product"),
                Count.of(mesh.domains().size(), "domain"),
                Count.of(mesh.governance().policies().size(), "policy", "policies"),
                Count.of(loaded.governance().rules().size(), "rule"),
                tests(loaded.tests()),
                Count.of(loaded.violations().size(), "violation"),
                Count.of(count(problems, Severity.ERROR), "error"),
                Count.of(count(problems, Severity.WARNING), "warning"));
    }

    private String notShown(List<Problem> problems)
    {
        long notes = count(problems, Severity.INFO);
        return format == Format.JSON || all || notes == 0 ? "" : "; %s with --all".formatted(Count.of(notes, "note"));
    }

    private static String tests(List<PolicyTestOutcome> tests)
    {
        long passed = tests.stream().filter(PolicyTestOutcome::passed).count();
        return passed == tests.size() ? Count.of(passed, "test") + " passed" : "%s of %s passed".formatted(passed, Count.of(tests.size(), "test"));
    }

    private static long count(List<Problem> problems, Severity severity)
    {
        return problems.stream().filter(problem -> problem.severity() == severity).count();
    }
}
