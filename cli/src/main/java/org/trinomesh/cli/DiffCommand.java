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

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import org.trinomesh.diff.AccessDiff;
import org.trinomesh.problem.Problem;
import org.trinomesh.product.Requester;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.time.ZoneOffset.UTC;

/**
 * The command {@code diff}: compares who sees what in two mesh directories, to show the effect of a change of files before
 * it is made.
 */
@Command(
        name = "diff",
        description = {
                "Prints who gains (+) or loses (-) what between two mesh directories: products, columns, rows, and violations of checks.",
                "Then it prints which promises of contracts change, and the version that each product needs: a running mesh refuses a change that breaks consumers without a new major version.",
                "New products and columns are additions (*) and not gains, because they show nobody more of the existing data. What will change on a later day, when a rule begins or ends, is compared too.",
                "It compares for every user, group and role that either directory names, each alone, and for everybody else. A user in several groups may gain by their combination: name such users with --as.",
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:nothing that --fail-on names was found", "1:something that --fail-on names was found: by default, that somebody sees more of the existing data, or that a contract is broken without a new major version", "2:the directories cannot be compared"})
final class DiffCommand
        implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "OLD_DIR", description = "The mesh directory as it is.")
    private Path before;

    @Parameters(index = "1", paramLabel = "NEW_DIR", description = "The mesh directory as it would be.")
    private Path after;

    @Option(names = "--as", paramLabel = "USER[:GROUP,...]", description = "Compare also for this user with these groups. Quotes keep a name with commas together, as in CSV: 'ana:\"CN=Analysts,DC=example\",staff'; also that of a user with a colon. May be given several times.")
    private List<String> people = ImmutableList.of();

    @Option(names = "--on", paramLabel = "DAY", description = "Compare as of this day in UTC only, such as 2026-12-31 (default: now, and every later day on which a rule or a contract begins or ends).")
    private Optional<LocalDate> day = Optional.empty();

    @Option(names = "--fail-on", paramLabel = "WHAT[,...]", split = ",", description = "What makes the exit code 1: widening, breaking, addition, narrowing, or none (default: widening,breaking).")
    private List<FailOn> failOn = ImmutableList.of(FailOn.widening, FailOn.breaking);

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    @Override
    public Integer call()
    {
        List<Requester> requesters = people.stream().map(this::requester).collect(toImmutableList());
        LoadedMesh old = LoadedMesh.load(before, spec.commandLine());
        LoadedMesh changed = LoadedMesh.load(after, spec.commandLine());
        List<Problem> obstacles = changed.obstacles();
        if (!obstacles.isEmpty()) {
            return refuse(obstacles);
        }
        int errors = old.obstacles().size();
        if (errors > 0) {
            tell("%s in %s: what they take out of service is compared as if it did not exist".formatted(Count.of(errors, "error"), before));
        }
        Instant now = day.map(date -> date.atStartOfDay(UTC).toInstant()).orElse(changed.governance().mesh().loadedAt());
        Differences differences = Differences.of(old, changed, requesters, now, day.isEmpty());
        print(json ? ImmutableList.of(DiffJson.of(differences)) : new DiffText(differences).lines());
        return failOn.stream().anyMatch(what -> what.is(differences)) ? 1 : 0;
    }

    private int refuse(List<Problem> obstacles)
    {
        print(json
                ? ImmutableList.of(Json.of(ImmutableMap.of("problems", obstacles.stream().map(JsonLine::values).collect(toImmutableList()))))
                : ProblemText.lines(obstacles));
        tell("%s in %s: correct them first, because it is not clear what the directory means".formatted(Count.of(obstacles.size(), "error"), after));
        return 2;
    }

    private Requester requester(String written)
    {
        int colon = written.indexOf(':', written.startsWith("\"") ? Math.max(0, written.indexOf('"', 1)) : 0);
        String user = colon < 0 ? written : written.substring(0, colon);
        if (user.isBlank()) {
            throw new ParameterException(spec.commandLine(), "'%s' names no user; write --as ana:analysts,governance".formatted(written));
        }
        try {
            List<String> users = user.startsWith("\"") ? QuotedList.split(user) : ImmutableList.of(user);
            List<String> groups = colon < 0 ? ImmutableList.of() : QuotedList.split(written.substring(colon + 1));
            if (groups.stream().anyMatch(String::isBlank)) {
                throw new ParameterException(spec.commandLine(), "'%s' has an empty group; write --as ana:analysts,governance".formatted(written));
            }
            return new Requester(users.getFirst(), ImmutableSet.copyOf(groups), ImmutableSet.of());
        }
        catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--as '%s' cannot be read: %s; write --as ana:analysts,governance".formatted(written, e.getMessage()), e);
        }
    }

    private void print(List<String> lines)
    {
        PrintWriter out = spec.commandLine().getOut();
        lines.forEach(out::println);
        out.flush();
    }

    private void tell(String message)
    {
        PrintWriter err = spec.commandLine().getErr();
        err.println(message);
        err.flush();
    }

    /**
     * As the option is written.
     */
    private enum FailOn
    {
        widening(Differences::widens),
        breaking(Differences::breaks),
        addition(differences -> differences.count(AccessDiff::additions) > 0),
        narrowing(differences -> differences.count(AccessDiff::losses) > 0),
        none(_ -> false);

        private final Predicate<Differences> test;

        FailOn(Predicate<Differences> test)
        {
            this.test = test;
        }

        boolean is(Differences differences)
        {
            return test.test(differences);
        }
    }
}
