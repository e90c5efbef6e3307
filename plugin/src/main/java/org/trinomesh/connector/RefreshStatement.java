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

/**
 * Recognizes the statement that refreshes stored rows. The engine asks for a materialized view in the same way to read it and to refresh it,
 * and as one that is read it would ignore FOR VERSION AS OF without an error (StatementAnalyzer.visitTable). So only a refresh sees one, and to
 * all others the product is a table or a view. No call of the SPI says which statement it belongs to, and the call stack does. Where it
 * says nothing, as in an engine that calls its method otherwise, there is nothing to refresh.
 */
final class RefreshStatement
{
    private static final String REFRESH = "visitRefreshMaterializedView";
    private static final String READ = "visitTable";

    private RefreshStatement() {}

    /**
     * Whether the engine is analysing a refresh in this thread, and not a table that the refresh reads.
     */
    static boolean isAnalyzed()
    {
        return StackWalker.getInstance().walk(frames -> frames
                .map(StackFrame::getMethodName)
                .filter(method -> method.equals(REFRESH) || method.equals(READ))
                .findFirst()
                .filter(REFRESH::equals)
                .isPresent());
    }
}
