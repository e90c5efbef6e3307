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
import com.google.common.collect.ImmutableSet;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.governance.ProductReference;
import org.trinomesh.product.Requester;
import org.trinomesh.registry.Mesh;
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

import static java.time.ZoneOffset.UTC;

/**
 * The command {@code explain}: prints what a user sees of one product and which rules decide it. It also explains hidden
 * products, because its users can read the files anyway.
 */
@Command(
        name = "explain",
        description = "Prints what a user sees of a data product, column by column, and which rule decides it, with file and line.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:the decision is printed", "2:there is no such directory or product, or the command is used incorrectly"})
final class ExplainCommand
        implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Option(names = "--user", paramLabel = "USER", required = true, description = "The user whose access is explained.")
    private String user;

    @Option(names = "--groups", paramLabel = "GROUP,...", description = "The groups of the user, with commas between them. Quotes keep a name with commas together, as in CSV: '\"CN=Analysts,DC=example\",staff'.")
    private List<String> groups = ImmutableList.of();

    @Option(names = "--group", paramLabel = "GROUP", description = "One group of the user, taken literally. May be given several times.")
    private List<String> singleGroups = ImmutableList.of();

    @Option(names = "--roles", paramLabel = "ROLE,...", description = "The enabled roles of the user, written as --groups.")
    private List<String> roles = ImmutableList.of();

    @Option(names = "--role", paramLabel = "ROLE", description = "One enabled role of the user, taken literally. May be given several times.")
    private List<String> singleRoles = ImmutableList.of();

    @Option(names = "--on", paramLabel = "DAY", description = "Decide as of this day in UTC, such as 2026-12-31 (default: now).")
    private Optional<LocalDate> day = Optional.empty();

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    @Parameters(index = "0", paramLabel = "DIR", description = "The mesh directory, with mesh.yaml in it.")
    private Path directory;

    @Parameters(index = "1", paramLabel = "PRODUCT", description = "The data product or one of its tables, such as sales.customer_360.")
    private String product;

    @Override
    public Integer call()
    {
        if (user.isBlank()) {
            throw new ParameterException(spec.commandLine(), "The name of the user is blank; write --user ana");
        }
        Requester requester = new Requester(user, names("--group", groups, singleGroups), names("--role", roles, singleRoles));
        LoadedMesh loaded = LoadedMesh.load(directory, spec.commandLine());
        Mesh mesh = loaded.governance().mesh();
        PrintWriter err = spec.commandLine().getErr();
        int errors = loaded.obstacles().size();
        if (errors > 0) {
            err.println("%s in %s, which ./mesh validate shows; what they take out of service is shown as out of service".formatted(Count.of(errors, "error"), directory));
            err.flush();
        }
        Optional<ProductReference> reference = ProductReference.find(mesh, product);
        if (reference.isEmpty()) {
            err.println("There is no data product '%s'; %s".formatted(
                    product,
                    ProductReference.nearest(mesh, product).map("did you mean %s?"::formatted).orElse("write domain and product as in SQL, such as sales.customer_360")));
            err.flush();
            return 2;
        }
        Instant now = day.map(date -> date.atStartOfDay(UTC).toInstant()).orElse(mesh.loadedAt());
        Explanation explanation = Explanation.of(loaded, new GovernedMesh(loaded.governance(), requester, now), reference.get(), LocalDate.ofInstant(now, UTC));
        PrintWriter out = spec.commandLine().getOut();
        (json ? ImmutableList.of(explanation.json()) : new ExplanationText(explanation).lines()).forEach(out::println);
        out.flush();
        return 0;
    }

    /**
     * @param option for one name; the option for lists has an s at its end
     */
    private ImmutableSet<String> names(String option, List<String> lists, List<String> names)
    {
        ImmutableSet.Builder<String> all = ImmutableSet.builder();
        for (String list : lists) {
            try {
                all.addAll(checked(option + "s", "a,b", QuotedList.split(list)));
            }
            catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), "%1$ss '%2$s' cannot be read: %3$s; write %1$ss a,b, or %1$s for each name".formatted(option, list, e.getMessage()), e);
            }
        }
        return all.addAll(checked(option, "a", names)).build();
    }

    private List<String> checked(String option, String example, List<String> names)
    {
        if (names.stream().anyMatch(String::isBlank)) {
            throw new ParameterException(spec.commandLine(), "%1$s has an empty name; write %1$s %2$s".formatted(option, example));
        }
        return names;
    }
}
