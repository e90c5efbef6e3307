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
package org.trinomesh.text;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

final class TestPrintableText
{
    @Test
    void testWhatPeopleReadStays()
    {
        for (String text : List.of("", "orders\n\tof \"today\"", "ZÜRICH 東京 \uD83D\uDE80", "\uD83D\uDC68\u200D\uD83D\uDC69", "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645")) {
            assertThat(PrintableText.of(text)).isEqualTo(text);
            assertThat(PrintableText.isPrintable(text)).isTrue();
        }
    }

    @Test
    void testWhatSteersOrHidesIsReplaced()
    {
        for (String character : List.of("\0", "\u001B", "\u0007", "\b", "\u007F", "\u0085", "\u009B", "\u061C", "\u200B", "\u200C", "\u200D", "\u200E", "\u2028", "\u2029", "\u202A", "\u202E", "\u2060", "\u2066", "\u2069", "\uFEFF", "\uFFF9", "\uD800", "\uDC00", new String(Character.toChars(0xE0041)))) {
            assertThat(PrintableText.of("restri" + character + "cted")).as(character.codePoints().boxed().toList().toString()).isEqualTo("restri\uFFFDcted");
        }
        assertThat(PrintableText.line("one\ntwo\r\n\tthree")).isEqualTo("one two   three");
    }

    @Test
    void testFilesKeepNamesOfTheirOwn()
    {
        assertThat(PrintableText.fileName("sales/orders 2.yaml")).isEqualTo("sales/orders 2.yaml");
        String escaped = PrintableText.fileName("sales/\u001B[31m.yaml");
        assertThat(escaped).startsWith("sales/\uFFFD[31m.yaml~");
        assertThat(PrintableText.fileName("sales/\u0007[31m.yaml")).isNotEqualTo(escaped);
        assertThat(PrintableText.fileName(escaped)).isEqualTo(escaped);
    }
}
