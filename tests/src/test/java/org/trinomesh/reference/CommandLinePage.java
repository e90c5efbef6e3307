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
package org.trinomesh.reference;

import com.google.common.collect.ImmutableList;
import org.trinomesh.cli.MeshCommand;
import org.trinomesh.tests.ProjectFiles;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;

import static com.google.common.base.Preconditions.checkState;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The commands of the launcher {@code ./mesh}, in its own words, and those of the program behind it.
 */
final class CommandLinePage
        implements ReferencePage
{
    @Override
    public String file()
    {
        return "command-line.md";
    }

    @Override
    public String text()
    {
        Markdown page = Markdown.page("Command line")
                .paragraph("The launcher `./mesh` builds, starts and asks a mesh. [The program behind it](#the-program-behind-the-launcher) checks mesh directories without it.")
                .heading(2, "The launcher")
                .block("text", launcher("--help"));
        commands().forEach(command -> page.heading(3, "./mesh " + command).block("text", launcher(command, "--help")));
        page.heading(2, "The program behind the launcher")
                .paragraph("`./mesh validate`, `diff`, `explain`, `lineage` and `check` run a program that needs no sources of the project: `java -jar mesh-cli.jar COMMAND`. `validate`, `diff` and `explain` need files only, and `validate --server` also a Trino; `check` asks a running mesh, and `lineage` reads what the launcher asked it. The launcher adds the server's address, the results folder and the user of the example.");
        new CommandLine(new MeshCommand()).getSubcommands().values().forEach(command -> describe(page, command.getCommandSpec()));
        return page.toString();
    }

    private static void describe(Markdown page, CommandSpec command)
    {
        page.heading(3, "mesh-cli " + command.name())
                .paragraph(String.join("\n", command.usageMessage().description()))
                .table(
                        ImmutableList.of("Argument", "Meaning"),
                        Stream.concat(
                                command.positionalParameters().stream().map(parameter -> ImmutableList.of(Markdown.code(parameter.paramLabel()), text(parameter.description()))),
                                command.options().stream().filter(option -> !option.usageHelp()).map(CommandLinePage::row)));
        page.table(
                ImmutableList.of("Exit code", "Meaning"),
                command.usageMessage().exitCodeList().entrySet().stream().map(exit -> ImmutableList.of(Markdown.code(exit.getKey().strip()), exit.getValue())));
    }

    private static List<String> row(OptionSpec option)
    {
        String name = option.longestName() + (option.arity().max() > 0 ? " " + option.paramLabel() : "");
        return ImmutableList.of(Markdown.code(name) + (option.required() ? " (required)" : ""), text(option.description()).replace("${DEFAULT-VALUE}", String.valueOf(option.defaultValue())));
    }

    private static String text(String[] description)
    {
        return String.join(" ", description);
    }

    /**
     * The commands that the launcher's own help lists.
     */
    private static List<String> commands()
    {
        return launcher("--help").lines()
                .filter(line -> line.startsWith("  ") && !line.isBlank())
                .map(line -> line.strip().split(" ", 2)[0])
                .collect(toImmutableList());
    }

    private static String launcher(String... arguments)
    {
        try {
            Process process = new ProcessBuilder(ImmutableList.<String>builder().add(ProjectFiles.root().resolve("mesh").toString()).add(arguments).build())
                    .redirectErrorStream(true)
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), UTF_8);
            checkState(process.waitFor() == 0, "./mesh %s failed: %s", String.join(" ", arguments), text);
            return text;
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while ./mesh ran", e);
        }
    }
}
