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
package org.trinomesh.conformance;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Translates the errors of the CEL compiler into messages for authors.
 */
final class CompilerMessages
{
    static final String GENERAL_REMEDY = "write a CEL expression that is true for products in order, such as product.metadata.owner != ''";

    private static final Pattern UNKNOWN = Pattern.compile("undeclared reference to '([^']*)'.*", Pattern.DOTALL);
    private static final Pattern OVERLOAD = Pattern.compile("found no matching overload for '([^']*)' applied to '([^']*)'.*", Pattern.DOTALL);

    private static final Pattern UNEXPECTED = Pattern.compile("(?:mismatched|extraneous) input '(.*)' expecting .*|no viable alternative at input '(.*)'", Pattern.DOTALL);
    private static final Pattern UNREADABLE = Pattern.compile("token recognition error at: '(.*)'", Pattern.DOTALL);
    private static final Pattern TOO_LARGE = Pattern.compile("(?i)expression (?:recursion|node) limit .*", Pattern.DOTALL);

    private CompilerMessages() {}

    /**
     * @param line from one
     * @param column from zero, as CEL counts
     */
    static InvalidCheckException invalid(int line, int column, String message)
    {
        Matcher unknown = UNKNOWN.matcher(message);
        if (unknown.matches()) {
            return at(
                    line,
                    column,
                    "'%s' is unknown".formatted(unknown.group(1)),
                    "use the variable 'product', the macros has, all, exists, exists_one, filter and map, and the functions of CEL and of CEL's strings");
        }
        Matcher overload = OVERLOAD.matcher(message);
        if (overload.matches()) {
            return at(
                    line,
                    column,
                    "'%s' does not take %s".formatted(operator(overload.group(1)), overload.group(2)),
                    "give it values of types that belong together: texts with texts, numbers with numbers");
        }
        if (message.equals("expression does not select a field")) {
            return at(line, column, "every product has that field", "compare a value inside it: product.contract.name != '' or size(product.support) > 0");
        }
        Matcher unexpected = UNEXPECTED.matcher(message);
        if (unexpected.matches()) {
            String found = unexpected.group(1) == null ? unexpected.group(2) : unexpected.group(1);
            return at(line, column, found.endsWith("<EOF>") ? "it ends too early" : "'%s' is not expected here".formatted(found), GENERAL_REMEDY);
        }
        Matcher unreadable = UNREADABLE.matcher(message);
        if (unreadable.matches()) {
            return at(line, column, "'%s' cannot be read".formatted(unreadable.group(1)), "close every text with the quote it starts with, and write only CEL");
        }
        if (TOO_LARGE.matcher(message).matches()) {
            return at(line, column, "it is too large from here", "split it into several checks");
        }
        return at(line, column, message.lines().findFirst().orElse("the expression cannot be read"), GENERAL_REMEDY);
    }

    static InvalidCheckException at(int line, int column, String message, String remedy)
    {
        String place = line > 1 ? "line %s, column %s".formatted(line, column + 1) : "column %s".formatted(column + 1);
        return new InvalidCheckException("%s of the expression: %s".formatted(place, message), remedy);
    }

    /**
     * CEL calls the operator {@code a == b} by the name {@code _==_}.
     */
    private static String operator(String function)
    {
        String plain = function.replace("_", "");
        return plain.isEmpty() || Character.isLetter(plain.charAt(0)) ? function : plain;
    }
}
