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

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.logging.Level;
import java.util.logging.Logger;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The command line of the mesh, which uses the same code as the plugin.
 */
@Command(
        name = "mesh",
        description = "Works with the descriptors of a data mesh.",
        subcommands = {ValidateCommand.class, DiffCommand.class, ExplainCommand.class, LineageCommand.class, CheckCommand.class})
public final class MeshCommand
        implements Runnable
{
    @Spec
    private CommandSpec spec;

    @Option(names = {"-h", "--help"}, usageHelp = true, scope = ScopeType.INHERIT, description = "Shows this help.")
    private boolean unusedHelp;

    @Override
    public void run()
    {
        throw new ParameterException(spec.commandLine(), "No command is given; write for example: mesh validate DIR");
    }

    /**
     * @return 0 when all is well, 1 when something checked is wrong, 2 when the command itself is
     */
    public static int run(PrintWriter out, PrintWriter err, String... arguments)
    {
        return new CommandLine(new MeshCommand())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments);
    }

    public static void main(String[] arguments)
    {
        // Avro logs a warning for what descriptors may write; only problems belong in the output
        Logger.getLogger("").setLevel(Level.SEVERE);
        PrintWriter out = new PrintWriter(System.out, true, UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, UTF_8);
        System.exit(run(out, err, arguments));
    }
}
