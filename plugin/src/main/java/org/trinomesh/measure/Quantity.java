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
package org.trinomesh.measure;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/**
 * Writes measured values for people.
 */
final class Quantity
{
    private Quantity() {}

    static BigDecimal millis(Duration duration)
    {
        return BigDecimal.valueOf(duration.toMillis());
    }

    /**
     * {@code 1d 2h 3m 4s}; less than a second is {@code 0s}.
     */
    static String time(BigDecimal millis)
    {
        Duration duration = Duration.ofMillis(millis.longValue());
        StringBuilder text = new StringBuilder();
        append(text, duration.toDays(), "d");
        append(text, duration.toHoursPart(), "h");
        append(text, duration.toMinutesPart(), "m");
        append(text, duration.toSecondsPart(), "s");
        return text.isEmpty() ? "0s" : text.toString();
    }

    /**
     * Rounded down, so that an incomplete share never looks complete.
     */
    static String share(BigDecimal ratio)
    {
        return ratio.movePointRight(2).setScale(4, RoundingMode.FLOOR).stripTrailingZeros().toPlainString() + "%";
    }

    static String rows(BigDecimal count)
    {
        return count.toPlainString() + (count.compareTo(BigDecimal.ONE) == 0 ? " row" : " rows");
    }

    private static void append(StringBuilder text, long number, String unit)
    {
        if (number > 0) {
            text.append(text.isEmpty() ? "" : " ").append(number).append(unit);
        }
    }
}
