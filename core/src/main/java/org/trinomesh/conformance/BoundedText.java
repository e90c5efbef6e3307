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

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;

import java.util.List;
import java.util.Set;

/**
 * The CEL functions that return more text than they are given, with a limit. CEL's own functions have none, so that a short
 * expression could fill the memory of the server.
 */
final class BoundedText
{
    static final int MAXIMUM_LENGTH = 10_000;

    private static final String REPLACE = "string_replace_string_string";
    private static final String JOIN = "list_join_string";

    static final List<CelFunctionDecl> DECLARATIONS = ImmutableList.of(
            CelFunctionDecl.newFunctionDeclaration("replace", CelOverloadDecl.newMemberOverload(
                    REPLACE,
                    SimpleType.STRING,
                    ImmutableList.of(SimpleType.STRING, SimpleType.STRING, SimpleType.STRING))),
            CelFunctionDecl.newFunctionDeclaration("join", CelOverloadDecl.newMemberOverload(
                    JOIN,
                    SimpleType.STRING,
                    ImmutableList.of(ListType.create(SimpleType.STRING), SimpleType.STRING))));

    static final Set<CelFunctionBinding> BINDINGS = ImmutableSet.<CelFunctionBinding>builder()
            .addAll(CelFunctionBinding.fromOverloads("replace", CelFunctionBinding.from(
                    REPLACE,
                    ImmutableList.of(String.class, String.class, String.class),
                    arguments -> replace((String) arguments[0], (String) arguments[1], (String) arguments[2]))))
            .addAll(CelFunctionBinding.fromOverloads("join", CelFunctionBinding.from(JOIN, List.class, String.class, BoundedText::join)))
            .build();

    private BoundedText() {}

    private static String replace(String text, String searched, String replacement)
            throws CelEvaluationException
    {
        if (searched.isEmpty()) {
            throw new CelEvaluationException("replace() was asked to replace the empty text");
        }
        long length = text.length();
        for (int found = text.indexOf(searched); found >= 0; found = text.indexOf(searched, found + searched.length())) {
            length += replacement.length() - searched.length();
        }
        checkLength(length, "replace()");
        return text.replace(searched, replacement);
    }

    private static String join(List<?> texts, String separator)
            throws CelEvaluationException
    {
        StringBuilder joined = new StringBuilder();
        for (int i = 0; i < texts.size(); i++) {
            if (!(texts.get(i) instanceof String text)) {
                throw new CelEvaluationException("join() was given something that is not text");
            }
            String start = i == 0 ? "" : separator;
            checkLength((long) joined.length() + start.length() + text.length(), "join()");
            joined.append(start).append(text);
        }
        return joined.toString();
    }

    private static void checkLength(long length, String function)
            throws CelEvaluationException
    {
        if (length > MAXIMUM_LENGTH) {
            throw new CelEvaluationException("the result of %s is longer than %s characters".formatted(function, MAXIMUM_LENGTH));
        }
    }
}
