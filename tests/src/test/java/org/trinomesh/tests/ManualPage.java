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
package org.trinomesh.tests;

import com.google.common.collect.ImmutableList;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * A page of the manual: README.md, the other pages beside it, and those below {@code docs}.
 *
 * @param file the page, from the project's folder
 */
record ManualPage(Path file, String text)
{
    private static final Pattern FENCE = Pattern.compile("(?ms)^```([^\\n`]*)\\n(.*?)^```$");
    // Of a block with its output, what stands between them
    private static final Pattern NOTHING = Pattern.compile("\\s*");

    ManualPage
    {
        requireNonNull(file, "file is null");
        requireNonNull(text, "text is null");
    }

    static List<ManualPage> all()
    {
        Path root = ProjectFiles.root();
        try (Stream<Path> beside = Files.list(root); Stream<Path> below = Files.walk(root.resolve("docs"))) {
            return Stream.concat(beside.sorted(), below.sorted())
                    .filter(file -> file.toString().endsWith(".md"))
                    .map(file -> read(root, file))
                    .collect(toImmutableList());
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ManualPage read(Path root, Path file)
    {
        try {
            return new ManualPage(root.relativize(file), Files.readString(file));
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The page without its blocks of code.
     */
    String prose()
    {
        return FENCE.matcher(text).replaceAll("");
    }

    /**
     * The blocks of code in their order. A text block right behind one of SQL is its output.
     */
    List<Block> blocks()
    {
        ImmutableList.Builder<Block> blocks = ImmutableList.builder();
        Matcher matcher = FENCE.matcher(text);
        Optional<Block> last = Optional.empty();
        int end = 0;
        while (matcher.find()) {
            Block next = new Block(matcher.group(1).strip(), matcher.group(2), Optional.empty());
            if (last.isPresent() && last.orElseThrow().language().equals("sql") && next.info().equals("text") && NOTHING.matcher(text.substring(end, matcher.start())).matches()) {
                last = Optional.of(new Block(last.orElseThrow().info(), last.orElseThrow().content(), Optional.of(next.content())));
            }
            else {
                last.ifPresent(blocks::add);
                last = Optional.of(next);
            }
            end = matcher.end();
        }
        last.ifPresent(blocks::add);
        return blocks.build();
    }

    /**
     * A block of code.
     *
     * @param info what stands behind the fence: the language, and what a test is to do with the block
     * @param output what the page says that it prints
     */
    record Block(String info, String content, Optional<String> output)
    {
        Block
        {
            requireNonNull(info, "info is null");
            requireNonNull(content, "content is null");
            requireNonNull(output, "output is null");
        }

        String language()
        {
            return info.split(" ", 2)[0];
        }

        boolean says(String word)
        {
            return List.of(info.split(" ")).contains(word);
        }

        /**
         * The value of {@code key=value} behind the fence.
         */
        Optional<String> value(String key)
        {
            return Stream.of(info.split(" ")).filter(word -> word.startsWith(key + "=")).map(word -> word.substring(key.length() + 1)).findFirst();
        }
    }
}
