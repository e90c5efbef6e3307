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

import com.google.common.hash.Hashing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * Makes texts that other people wrote safe to show: without characters that control a terminal, change the direction of a line or
 * are invisible. Every text passes here on its way in.
 */
public final class PrintableText
{
    private static final char REPLACEMENT = '\uFFFD';
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private PrintableText() {}

    public static boolean isPrintable(String text)
    {
        return indexOfUnprintable(text, false) < 0;
    }

    /**
     * The text with U+FFFD for each character that is not printable. Line breaks and tabs stay.
     */
    public static String of(String text)
    {
        return replaced(text, false);
    }

    /**
     * The same on one line, for messages.
     */
    public static String line(String text)
    {
        return replaced(text, true);
    }

    /**
     * The name of a file. Two files keep two names.
     */
    public static String fileName(String name)
    {
        if (indexOfUnprintable(name, true) < 0) {
            return name;
        }
        return replaced(name, true).replace(' ', REPLACEMENT) + "~" + Hashing.sha256().hashString(name, UTF_8).toString().substring(0, 16);
    }

    private static String replaced(String text, boolean oneLine)
    {
        int index = indexOfUnprintable(text, oneLine);
        if (index < 0) {
            return text;
        }
        StringBuilder printable = new StringBuilder(text.length()).append(text, 0, index);
        int before = index == 0 ? 0 : text.codePointBefore(index);
        while (index < text.length()) {
            int character = text.codePointAt(index);
            if (isPrintable(character, before, oneLine)) {
                printable.appendCodePoint(character);
            }
            else {
                printable.append(isBlank(character) ? ' ' : REPLACEMENT);
            }
            before = character;
            index += Character.charCount(character);
        }
        return printable.toString();
    }

    private static int indexOfUnprintable(String text, boolean oneLine)
    {
        requireNonNull(text, "text is null");
        int before = 0;
        for (int index = 0; index < text.length(); ) {
            int character = text.codePointAt(index);
            if (!isPrintable(character, before, oneLine)) {
                return index;
            }
            before = character;
            index += Character.charCount(character);
        }
        return -1;
    }

    private static boolean isPrintable(int character, int before, boolean oneLine)
    {
        if (character >= ' ' && character < 0x7F) {
            return true;
        }
        if (isBlank(character)) {
            return !oneLine;
        }
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE -> false;
            // Emoji and the scripts of Persia and India are written with joiners
            case Character.FORMAT -> (character == ZERO_WIDTH_JOINER || character == ZERO_WIDTH_NON_JOINER) && before > 0x7F;
            default -> true;
        };
    }

    private static boolean isBlank(int character)
    {
        return character == '\n' || character == '\r' || character == '\t';
    }
}
