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

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The command {@code lineage}: draws the lineage of a product as a running mesh showed it to a user. It reads the rows from
 * the standard input, so it needs neither a server nor a password.
 */
@Command(
        name = "lineage",
        description = "Draws the lineage of a data product from rows of mesh.system.lineage and mesh.system.data_products on the standard input.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:the lineage is drawn", "2:the rows cannot be read, or the file cannot be written"})
final class LineageCommand
        implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Option(names = "--svg", paramLabel = "FILE", description = "Also write a picture to this file.")
    private Optional<Path> picture = Optional.empty();

    @Parameters(index = "0", paramLabel = "PRODUCT", description = "The data product, such as sales.customer_360.")
    private String product;

    @Override
    public Integer call()
    {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            LineageDrawing drawing = LineageDrawing.read(product.replace('-', '_'), new BufferedReader(new InputStreamReader(System.in, UTF_8)));
            new LineageText(drawing).lines().forEach(out::println);
            out.flush();
            if (picture.isPresent()) {
                Files.writeString(picture.get(), new LineageSvg(drawing).document());
                err.println("The picture is " + picture.get());
                err.flush();
            }
            return 0;
        }
        catch (IOException e) {
            err.println("The lineage cannot be drawn: " + e.getMessage());
            err.flush();
            return 2;
        }
    }
}
