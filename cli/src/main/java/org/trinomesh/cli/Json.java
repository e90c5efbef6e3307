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

import java.util.Map;
import java.util.Optional;

import static java.util.stream.Collectors.joining;

/**
 * Writes values as JSON. Written by hand because the plugin carries no JSON library for itself.
 */
final class Json
{
    private Json() {}

    /**
     * @param value maps in their order, collections, optionals, numbers and booleans; anything else as its text
     */
    static String of(Object value)
    {
        return switch (value) {
            case Optional<?> optional -> optional.map(Json::of).orElse("null");
            case Map<?, ?> map -> map.entrySet().stream().map(entry -> quoted(entry.getKey().toString()) + ":" + of(entry.getValue())).collect(joining(",", "{", "}"));
            case Iterable<?> items -> array(items);
            case Number number -> number.toString();
            case Boolean flag -> flag.toString();
            default -> quoted(value.toString());
        };
    }

    private static String array(Iterable<?> items)
    {
        StringBuilder json = new StringBuilder("[");
        for (Object item : items) {
            json.append(json.length() == 1 ? "" : ",").append(of(item));
        }
        return json.append(']').toString();
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
