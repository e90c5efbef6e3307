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

import com.google.common.collect.ImmutableMap;
import com.google.common.io.Resources;

import java.io.IOException;
import java.net.URL;
import java.util.Map;
import java.util.stream.IntStream;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The queries of the two TPC benchmarks by their number, one per file.
 */
public final class QueryFiles
{
    private QueryFiles() {}

    public static Map<String, String> tpch()
    {
        return read("tpch", 22);
    }

    public static Map<String, String> tpcds()
    {
        return read("tpcds", 99);
    }

    private static Map<String, String> read(String benchmark, int last)
    {
        ImmutableMap<String, String> queries = IntStream.rangeClosed(1, last)
                .mapToObj("q%02d"::formatted)
                .filter(name -> resource(benchmark, name) != null)
                .collect(toImmutableMap(name -> name, name -> text(benchmark, name)));
        if (queries.isEmpty()) {
            throw new IllegalStateException("There are no queries of " + benchmark + " on the class path");
        }
        return queries;
    }

    private static URL resource(String benchmark, String name)
    {
        return QueryFiles.class.getClassLoader().getResource("%s/%s.sql".formatted(benchmark, name));
    }

    private static String text(String benchmark, String name)
    {
        try {
            return Resources.toString(resource(benchmark, name), UTF_8);
        }
        catch (IOException e) {
            throw new IllegalStateException("Cannot read query %s of %s".formatted(name, benchmark), e);
        }
    }
}
