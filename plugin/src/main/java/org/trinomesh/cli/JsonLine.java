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

import org.trinomesh.descriptor.Problem;

import java.util.Optional;

import static java.util.Locale.ENGLISH;

/**
 * A problem as one line of JSON. Written by hand because the plugin carries no JSON library for itself.
 */
final class JsonLine
{
    private JsonLine() {}

    static String of(Problem problem)
    {
        return "{\"file\":%s,\"line\":%s,\"column\":%s,\"severity\":%s,\"message\":%s,\"remedy\":%s,\"domain\":%s,\"product\":%s}".formatted(
                quoted(problem.position().file()),
                problem.position().line(),
                problem.position().column(),
                quoted(problem.severity().name().toLowerCase(ENGLISH)),
                quoted(problem.message()),
                quoted(problem.remedy()),
                quoted(problem.domain()),
                quoted(problem.product()));
    }

    private static String quoted(Optional<String> text)
    {
        return text.map(JsonLine::quoted).orElse("null");
    }

    private static String quoted(String text)
    {
        StringBuilder json = new StringBuilder("\"");
        text.chars().forEach(character -> {
            switch (character) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                default -> json.append(character < 0x20 ? "\\u%04x".formatted(character) : String.valueOf((char) character));
            }
        });
        return json.append('"').toString();
    }
}
