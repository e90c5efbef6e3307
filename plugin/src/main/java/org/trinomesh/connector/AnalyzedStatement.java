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
package org.trinomesh.connector;

import java.lang.StackWalker.StackFrame;
import java.util.Optional;

/**
 * What the statement does with the relation that the engine asks for. No call of the SPI says that, and the call stack does.
 *
 * <p>The engine asks for a materialized view in the same way to read it and to refresh it, and as one that is read it would ignore FOR VERSION AS OF
 * without an error (StatementAnalyzer.visitTable). So only a refresh sees one, and to all others the product is a table or a view. Which of these it is
 * takes opening tables, so that it is found out for a statement that reads it only, and listings call it a table.
 *
 * <p>If an engine renames these methods, every refresh fails because there is no such materialized view, and no query runs instead of stored rows.
 */
final class AnalyzedStatement
{
    private static final String REFRESH = "visitRefreshMaterializedView";
    private static final String READ = "visitTable";

    private AnalyzedStatement() {}

    /**
     * Whether the engine is analysing a refresh of the relation in this thread, and not a table that the refresh reads.
     */
    static boolean refreshes()
    {
        return innermost().filter(REFRESH::equals).isPresent();
    }

    /**
     * Whether the engine is analysing a statement that reads the relation in this thread.
     */
    static boolean reads()
    {
        return innermost().filter(READ::equals).isPresent();
    }

    private static Optional<String> innermost()
    {
        return StackWalker.getInstance().walk(frames -> frames
                .map(StackFrame::getMethodName)
                .filter(method -> method.equals(REFRESH) || method.equals(READ))
                .findFirst());
    }
}
