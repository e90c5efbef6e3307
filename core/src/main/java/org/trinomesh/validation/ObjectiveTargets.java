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
package org.trinomesh.validation;

import org.trinomesh.product.ObjectiveKind;
import org.trinomesh.product.ObjectiveTarget;
import org.trinomesh.product.ObjectiveTarget.Count;
import org.trinomesh.product.ObjectiveTarget.DueTime;
import org.trinomesh.product.ObjectiveTarget.Rate;
import org.trinomesh.product.ObjectiveTarget.Share;
import org.trinomesh.product.ObjectiveTarget.Span;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.util.Locale.ENGLISH;

/**
 * Reads targets as people write them: {@code 4h}, {@code 1 day}, {@code PT4H}, {@code 99.5%}, {@code 1000 rows},
 * {@code 06:00 Europe/Berlin}, and a plain number beside its unit, as ODCS has them.
 */
final class ObjectiveTargets
{
    // Lengths are bounded, so that no text of a descriptor takes long to read or is more than a number can hold
    private static final String NUMBER = "[0-9]{1,15}(?:\\.[0-9]{1,9})?";
    private static final Pattern SPAN = Pattern.compile("(" + NUMBER + ")\\s*([A-Za-z]{1,12})");
    private static final Pattern SHARE = Pattern.compile("(?:>=?\\s*)?(" + NUMBER + ")\\s*(%|percent)?");
    private static final Pattern COUNT = Pattern.compile("(?:>=?\\s*)?([0-9][0-9_,]{0,18})\\s*(?:rows?|records?|count)?");
    private static final Pattern RATE = Pattern.compile("(.{1,32}?)\\s*(?:/|\\bper\\b)\\s*(.{1,16})");
    private static final Pattern DUE_TIME = Pattern.compile("(?:by\\s+)?([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?\\s*(\\S{1,64})?");
    private static final Duration LONGEST = Duration.ofDays(365_000);

    private ObjectiveTargets() {}

    /**
     * @param unit what a plain number counts: {@code d}, {@code %}, {@code rows}; or the time zone of a schedule
     * @param schedule when the data is due, where that is written beside the target
     * @return empty when it cannot be read, and for kinds that nobody measures
     */
    static Optional<ObjectiveTarget> parse(ObjectiveKind kind, String target, Optional<String> unit, Optional<String> schedule)
    {
        String text = target.strip();
        return switch (kind) {
            case FRESHNESS, RETENTION, FREQUENCY -> span(withUnit(text, unit)).map(Span::new);
            case COMPLETENESS, ACCURACY, AVAILABILITY -> share(withUnit(text, unit)).map(Share::new);
            case VOLUME -> count(withUnit(text, unit)).map(Count::new);
            case THROUGHPUT -> rate(withUnit(text, unit)).map(rate -> rate);
            case SCHEDULE -> dueTime(text, unit).or(() -> schedule.flatMap(written -> dueTime(written.strip(), unit))).map(due -> due);
            case UNKNOWN -> Optional.empty();
        };
    }

    private static String withUnit(String text, Optional<String> unit)
    {
        return unit.filter(_ -> text.matches(NUMBER)).map(known -> text + " " + known.strip()).orElse(text);
    }

    static Optional<Duration> span(String text)
    {
        return (text.startsWith("P") ? isoSpan(text) : writtenSpan(text))
                .filter(duration -> duration.isPositive() && duration.compareTo(LONGEST) <= 0);
    }

    private static Optional<Duration> isoSpan(String text)
    {
        try {
            if (text.length() > 32) {
                return Optional.empty();
            }
            if (!text.contains("T") && text.matches(".*[YMW].*")) {
                Period period = Period.parse(text);
                return Optional.of(Duration.ofDays(period.toTotalMonths() * 365 / 12 + period.getDays()));
            }
            return Optional.of(Duration.parse(text));
        }
        catch (DateTimeParseException | ArithmeticException _) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> writtenSpan(String text)
    {
        Matcher matcher = SPAN.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            BigDecimal number = new BigDecimal(matcher.group(1));
            return unit(matcher.group(2)).map(unit -> Duration.ofMillis(number.multiply(BigDecimal.valueOf(unit.toMillis())).longValueExact()));
        }
        catch (ArithmeticException _) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> unit(String text)
    {
        return Optional.ofNullable(switch (text.toLowerCase(ENGLISH)) {
            case "ms", "millis", "millisecond", "milliseconds" -> Duration.ofMillis(1);
            case "s", "sec", "secs", "second", "seconds" -> Duration.ofSeconds(1);
            // As ODCS has it: m are minutes, and months are written out
            case "m", "min", "mins", "minute", "minutes" -> Duration.ofMinutes(1);
            case "h", "hr", "hrs", "hour", "hours" -> Duration.ofHours(1);
            case "d", "day", "days" -> Duration.ofDays(1);
            case "w", "week", "weeks" -> Duration.ofDays(7);
            case "mo", "month", "months" -> Duration.ofDays(365).dividedBy(12);
            case "y", "yr", "year", "years" -> Duration.ofDays(365);
            default -> null;
        });
    }

    /**
     * A number above one is only read as a share where it says that it counts hundredths: 99.5 alone may mean anything.
     */
    private static Optional<BigDecimal> share(String text)
    {
        Matcher matcher = SHARE.matcher(text.toLowerCase(ENGLISH));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        BigDecimal number = new BigDecimal(matcher.group(1));
        return Optional.of(matcher.group(2) == null ? number : number.movePointLeft(2))
                .filter(ratio -> ratio.compareTo(BigDecimal.ONE) <= 0);
    }

    private static Optional<Long> count(String text)
    {
        Matcher matcher = COUNT.matcher(text.toLowerCase(ENGLISH));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.parseLong(matcher.group(1).replaceAll("[_,]", "")));
        }
        catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static Optional<Rate> rate(String text)
    {
        Matcher matcher = RATE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Optional<Long> rows = count(matcher.group(1).strip()).filter(least -> least > 0);
        String per = matcher.group(2).strip();
        Optional<Duration> time = unit(per).or(() -> span(per));
        return rows.flatMap(least -> time.map(duration -> new Rate(least, duration)));
    }

    /**
     * A schedule needs a time zone, which is written after the time, or as the unit.
     */
    private static Optional<DueTime> dueTime(String text, Optional<String> unit)
    {
        Matcher matcher = DUE_TIME.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Optional<String> zone = Optional.ofNullable(matcher.group(4)).or(() -> unit.map(String::strip));
        try {
            LocalTime time = LocalTime.of(
                    Integer.parseInt(matcher.group(1)),
                    Integer.parseInt(matcher.group(2)),
                    matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3)));
            return zone.map(name -> new DueTime(time, ZoneId.of(name)));
        }
        catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
