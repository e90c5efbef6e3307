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
package org.trinomesh.query;

import com.google.common.collect.ImmutableList;
import org.trinomesh.problem.LocatedText;
import org.trinomesh.problem.Position;
import org.trinomesh.query.TableEdits.Edit;

import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * A text in which parts are replaced, and where its author wrote what is at a place of it now.
 */
final class EditedText
{
    private final LocatedText written;
    private final List<Edit> edits;
    private final String text;

    /**
     * @param edits in the order of the text
     */
    EditedText(LocatedText written, List<Edit> edits)
    {
        this.written = requireNonNull(written, "written is null");
        this.edits = ImmutableList.copyOf(requireNonNull(edits, "edits is null"));
        StringBuilder edited = new StringBuilder();
        int at = 0;
        for (Edit edit : edits) {
            edited.append(written.text(), at, edit.start()).append(edit.replacement());
            at = edit.end();
        }
        this.text = edited.append(written.text(), at, written.text().length()).toString();
    }

    String text()
    {
        return text;
    }

    Position start()
    {
        return written.start();
    }

    int lines()
    {
        return (int) text.chars().filter(character -> character == '\n').count() + 1;
    }

    /**
     * Where its author wrote what is at a place.
     *
     * @param line of the edited text, from 1
     * @param column in characters, from 1
     */
    Position at(int line, int column)
    {
        int place = written(offset(text, line, column));
        String before = written.text().substring(0, place);
        int lineStart = before.lastIndexOf('\n') + 1;
        return written.at((int) before.chars().filter(character -> character == '\n').count() + 1, before.codePointCount(lineStart, place) + 1);
    }

    /**
     * What is inside of a replacement was written where the replaced part begins.
     */
    private int written(int offset)
    {
        int moved = 0;
        for (Edit edit : edits) {
            int start = edit.start() + moved;
            if (offset < start) {
                break;
            }
            if (offset < start + edit.replacement().length()) {
                return edit.start();
            }
            moved += edit.replacement().length() - (edit.end() - edit.start());
        }
        return offset - moved;
    }

    /**
     * The nearest place of the text, for one that an engine should not name.
     */
    private static int offset(String text, int line, int column)
    {
        int start = 0;
        for (int next = 1; next < line && text.indexOf('\n', start) >= 0; next++) {
            start = text.indexOf('\n', start) + 1;
        }
        int characters = Math.min(Math.max(column - 1, 0), text.codePointCount(start, text.length()));
        return text.offsetByCodePoints(start, characters);
    }
}
