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
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

import static com.google.common.collect.ImmutableList.toImmutableList;

/**
 * The command {@code check}: runs the quality views of a running mesh, and writes the results as OpenLineage events.
 */
@Command(
        name = "check",
        description = "Checks the quality rules of data products in a running mesh, prints what every rule finds, and writes the results as OpenLineage events.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:every rule that was checked passed", "1:rules failed, or a product could not be checked", "2:the mesh cannot be queried, or the command is used incorrectly"})
final class CheckCommand
        implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Option(names = "--server", paramLabel = "URL", required = true, description = "Where the mesh runs: http://host:port, or a URL of Trino's JDBC driver.")
    private String server;

    @Option(names = "--catalog", paramLabel = "NAME", defaultValue = "mesh", description = "The catalog of the mesh (default: ${DEFAULT-VALUE}).")
    private String catalog;

    @Option(names = "--user", paramLabel = "USER", required = true, description = "The user who runs the checks: a steward of the products.")
    private String user;

    @Option(names = "--domain", paramLabel = "DOMAIN", description = "Only the products of this domain.")
    private Optional<String> domain;

    @Option(names = "--product", paramLabel = "PRODUCT", description = "Only this product: customer_360, or sales.customer_360, or one of its major versions, sales.customer_360_v1.")
    private Optional<String> product;

    @Option(names = "--results", paramLabel = "DIR", description = "The mesh's results directory, where the events are written; without it they are not kept.")
    private Optional<Path> results;

    @Option(names = "--format", paramLabel = "text|json", defaultValue = "text", description = "How to print results: text (default), or json, one object per line.")
    private Format format;

    enum Format
    {
        TEXT,
        JSON,
    }

    @Override
    public Integer call()
    {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try (QualityViewRunner runner = QualityViewRunner.connect(new ServerAddress(server), catalog, user)) {
            List<CheckedProduct> products = runner.products().stream().filter(this::isAsked).collect(toImmutableList());
            if (products.isEmpty()) {
                return fail(err, "%s is not a steward of such a data product with quality rules; %s.system.quality_rules lists the rules".formatted(user, catalog));
            }
            List<List<RuleResult>> checked = new ArrayList<>();
            boolean broken = false;
            for (CheckedProduct next : products) {
                broken |= !check(runner, next, checked, "[%s/%s] %s %s".formatted(checked.size() + 1, products.size(), next.qualifiedName(), next.version()), err);
            }
            List<RuleResult> all = checked.stream().flatMap(List::stream).collect(toImmutableList());
            switch (format) {
                case TEXT -> CheckText.table(all).forEach(out::println);
                case JSON -> all.forEach(result -> out.println(CheckText.json(result)));
            }
            out.flush();
            keep(checked, err);
            err.println(summary(all));
            err.flush();
            return broken || all.stream().anyMatch(RuleResult::isFailure) ? 1 : 0;
        }
        catch (SQLException e) {
            return fail(err, "The mesh at %s cannot be queried: %s".formatted(new ServerAddress(server), message(e)));
        }
        catch (IOException e) {
            return fail(err, "The results cannot be written to %s: %s".formatted(results.map(Path::toString).orElse(""), e.getMessage()));
        }
    }

    /**
     * An error without the usage text, because the command was used correctly.
     */
    private static int fail(PrintWriter err, String message)
    {
        err.println(message);
        err.flush();
        return 2;
    }

    private boolean isAsked(CheckedProduct candidate)
    {
        return domain.filter(name -> !sqlName(name).equals(candidate.domain())).isEmpty() &&
                product.filter(name -> !candidate.isCalled(sqlName(name))).isEmpty();
    }

    /**
     * Descriptors write names with dashes.
     */
    private static String sqlName(String name)
    {
        return name.toLowerCase(Locale.ENGLISH).replace('-', '_');
    }

    private static boolean check(QualityViewRunner runner, CheckedProduct product, List<List<RuleResult>> checked, String label, PrintWriter err)
    {
        err.print(label);
        err.flush();
        long start = System.nanoTime();
        try {
            List<RuleResult> found = runner.check(product);
            checked.add(found);
            err.println(String.format(Locale.ENGLISH, "  %s  %.1f s", Count.of(found.size(), "rule"), (System.nanoTime() - start) / 1e9));
            return true;
        }
        catch (SQLException e) {
            // The next product may work
            checked.add(ImmutableList.of());
            err.println("  could not be checked: " + message(e));
            return false;
        }
        finally {
            err.flush();
        }
    }

    private void keep(List<List<RuleResult>> checked, PrintWriter err)
            throws IOException
    {
        if (results.isEmpty()) {
            err.println("The results are not kept; name the mesh's results directory with --results");
            return;
        }
        if (checked.stream().flatMap(List::stream).anyMatch(result -> result.passed().isPresent())) {
            err.println("The results are in " + new QualityEvents(catalog).write(results.orElseThrow(), checked, Instant.now()));
        }
    }

    private static String summary(List<RuleResult> results)
    {
        long failed = results.stream().filter(RuleResult::isFailure).count();
        long unknown = results.stream().filter(result -> result.passed().isEmpty()).count();
        return "%s passed, %s failed, %s not checked".formatted(Count.of(results.size() - failed - unknown, "rule"), failed, unknown);
    }

    private static String message(SQLException e)
    {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
