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

final class TestStoredText
{
    @Test
    void testTextComesBackAsItIs()
    {
        for (String text : List.of("", "a", "Zürich \uD83D\uDE00\n\ttabs and lines\r\n", "apiVersion: datacontract/v1\n".repeat(10_000))) {
            assertThat(StoredText.of(text).text()).isEqualTo(text);
            assertThat(StoredText.of(text)).isEqualTo(StoredText.of(text)).hasSameHashCodeAs(StoredText.of(text));
            assertThat(StoredText.of(text)).isNotEqualTo(StoredText.of(text + "."));
        }
    }

    @Test
    void testRepeatedTextsAreOneObject()
    {
        String type = RepeatedText.of(new String("varchar".toCharArray()));
        assertThat(RepeatedText.of(new String("varchar".toCharArray()))).isSameAs(type);
        // Many others later it may be another object, and is the same text
        for (int number = 0; number < 100_000; number++) {
            String text = "text" + number;
            assertThat(RepeatedText.of(text)).isEqualTo(text);
        }
        assertThat(RepeatedText.of("varchar")).isEqualTo("varchar");
    }
}
