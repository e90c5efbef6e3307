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
package org.trinomesh.openlineage;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class TestEventLog
{
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-06-01T12:00:00Z"), UTC);

    @TempDir
    private Path directory;

    private Path results;
    private EventLog log;

    @BeforeEach
    void create()
            throws IOException
    {
        results = Files.createDirectory(directory.resolve("results"));
        log = new EventLog(Optional.of(results), CLOCK);
    }

    @Test
    void testNoDirectory()
            throws IOException
    {
        assertThat(new EventLog(Optional.empty(), CLOCK).current()).isSameAs(Observations.NONE);
        EventLog early = new EventLog(Optional.of(directory.resolve("later")), CLOCK);
        assertThat(early.current()).isEqualTo(Observations.NONE);
        assertThat(early.snapshot().problems()).containsExactly(new EventProblem(".", 1, "the results directory does not exist any more; create it again, or correct mesh.results and restart the server"));
        Files.createDirectory(directory.resolve("later"));
        Files.writeString(directory.resolve("later/a.jsonl"), run("a", "b"));
        assertThat(early.current().edges()).hasSize(1);
        assertThat(early.snapshot().problems()).isEmpty();
    }

    @Test
    void testOnlyWhatIsAppendedIsRead()
            throws IOException
    {
        append("runs.jsonl", run("a", "b"));
        Observations first = log.current();
        assertThat(edges(first)).containsExactly("a -> b");
        assertThat(log.current()).isSameAs(first);
        String event = run("b", "c");
        append("runs.jsonl", event.substring(0, 40));
        assertThat(edges(log.current())).containsExactly("a -> b");
        append("runs.jsonl", event.substring(40));
        assertThat(edges(log.current())).containsExactly("a -> b", "b -> c");
        assertThat(log.current().events()).isEqualTo(2);
        assertThat(log.snapshot().problems()).isEmpty();
    }

    @Test
    void testLastLineCountsWithoutALineEnd()
            throws IOException
    {
        append("runs.jsonl", "\uFEFF" + run("a", "b").stripTrailing());
        append("more.ndjson", run("a", "b") + run("c", "d").stripTrailing() + "  ");
        assertThat(edges(log.current())).containsExactlyInAnyOrder("a -> b", "c -> d");
        // The line end that comes later makes no second event
        append("runs.jsonl", "\n");
        assertThat(log.current().events()).isEqualTo(3);
        append("runs.jsonl", run("e", "f") + "wrong\n");
        assertThat(edges(log.current())).containsExactlyInAnyOrder("a -> b", "c -> d", "e -> f");
        assertThat(log.current().events()).isEqualTo(4);
        assertThat(log.snapshot().problems()).containsExactly(new EventProblem("runs.jsonl", 3, "it is not JSON: something is wrong at column 1"));
    }

    @Test
    void testHalfLineIsAProblemWhenNothingComesForAWhile()
            throws IOException
    {
        WallClock clock = new WallClock();
        EventLog watched = new EventLog(Optional.of(results), clock);
        EventProblem problem = new EventProblem("runs.jsonl", 2, "the last line is incomplete and has no line end; complete it, or remove it if the tool ended while it wrote");
        String event = run("c", "d");
        append("runs.jsonl", run("a", "b") + event.substring(0, 40));
        assertThat(watched.snapshot().problems()).isEmpty();
        clock.advance(Duration.ofSeconds(59));
        assertThat(watched.snapshot().problems()).isEmpty();
        // The tool goes on, slowly
        append("runs.jsonl", event.substring(40, 60));
        clock.advance(Duration.ofSeconds(59));
        assertThat(watched.snapshot().problems()).isEmpty();
        clock.advance(Duration.ofSeconds(59));
        assertThat(watched.snapshot().problems()).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        Observations before = watched.current();
        assertThat(watched.snapshot().problems()).containsExactly(problem);
        assertThat(watched.current()).isSameAs(before);
        // Late, and yet an event
        append("runs.jsonl", event.substring(60));
        assertThat(edges(watched.current())).containsExactly("a -> b", "c -> d");
        assertThat(watched.snapshot().problems()).isEmpty();
    }

    @Test
    void testHalfDocumentIsAProblemWhenNothingComesForAWhile()
            throws IOException
    {
        WallClock clock = new WallClock();
        EventLog watched = new EventLog(Optional.of(results), clock);
        String document = run("a", "b").replace(", ", ",\n");
        append("event.json", document.substring(0, 60));
        assertThat(watched.snapshot().problems()).isEmpty();
        clock.advance(Duration.ofSeconds(60));
        assertThat(watched.snapshot().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.file()).isEqualTo("event.json");
            assertThat(problem.message()).startsWith("it is not JSON");
        });
        append("event.json", document.substring(60));
        assertThat(edges(watched.current())).containsExactly("a -> b");
        assertThat(watched.snapshot().problems()).isEmpty();
    }

    @Test
    void testEveryBeginningOfAnEventMayBecomeOne()
    {
        byte[] event = "{\"a\": [true, false, null, -12.5e+3, \"\\u00e4\\n\", \"\u00e4 \u20ac \ud83d\ude00\"], \"b\": {}}".getBytes(UTF_8);
        for (int length = 1; length < event.length; length++) {
            int cut = length;
            assertThatThrownBy(() -> EventReader.parse(event, 0, cut))
                    .as(new String(event, 0, cut, UTF_8))
                    .isInstanceOfSatisfying(InvalidEventException.class, e -> assertThat(e.isCut()).as(e.getMessage() + " " + cut + " " + new String(event, 0, cut, UTF_8)).isTrue());
        }
        for (String wrong : List.of("\u0000\u0001\u001b[2J", "{not json}", "{\"a\": 1} trailing")) {
            assertThatThrownBy(() -> EventReader.parse(wrong.getBytes(UTF_8), 0, wrong.length()))
                    .as(wrong)
                    .isInstanceOfSatisfying(InvalidEventException.class, e -> assertThat(e.isCut()).isFalse());
        }
    }

    @Test
    void testHalfLineOfYesterdayIsAProblemAtTheSecondLook()
            throws IOException
    {
        append("runs.jsonl", "{\"eventType\"");
        Files.setLastModifiedTime(results.resolve("runs.jsonl"), FileTime.from(CLOCK.instant().minusSeconds(86_400)));
        // The clock of the store may be late, and the tool be writing just now
        assertThat(log.snapshot().problems()).isEmpty();
        assertThat(log.snapshot().problems()).hasSize(1);
    }

    @Test
    void testNobodyWaitsLongForALargeFile()
            throws IOException
    {
        append("small.jsonl", run("a", "b"));
        String padding = "x".repeat(2_000);
        try (Writer writer = Files.newBufferedWriter(results.resolve("large.jsonl"))) {
            for (int event = 0; event < 30_000; event++) {
                writer.write(run("c" + event % 50, "d").replace("https://example.com", padding));
            }
        }
        EventLog impatient = new EventLog(Optional.of(results), CLOCK, Duration.ofMillis(1));
        impatient.current();
        waitUntil(() -> impatient.snapshot().unread() > 0);
        assertThat(impatient.current().events()).isLessThan(30_001);
        waitUntil(() -> impatient.current().events() == 30_001);
        waitUntil(() -> impatient.snapshot().complete());
        assertThat(impatient.current().edges()).hasSize(51);
        assertThat(impatient.snapshot().problems()).isEmpty();
        // One more is read alone
        append("large.jsonl", run("e", "f"));
        EventLog patient = new EventLog(Optional.of(results), CLOCK, Duration.ofMinutes(1));
        assertThat(patient.current().events()).isEqualTo(30_002);
        waitUntil(() -> impatient.current().events() == 30_002);
    }

    @Test
    @Timeout(60)
    void testFileThatIsTruncatedWhileItIsReadEndsAndIsReadAnew()
            throws IOException
    {
        for (String name : List.of("runs.jsonl", "runs.json")) {
            Path path = Files.writeString(results.resolve(name), (run("a", "b") + " ".repeat(1_000) + "\n").repeat(20_000));
            BasicFileAttributes walked = Files.readAttributes(path, BasicFileAttributes.class);
            assertThat(walked.size()).isGreaterThan(20_000_000);
            // A rotation copies the file and truncates it, after the directory was walked
            Files.writeString(path, run("a", "b"));
            EventFile file = new EventFile(name, path, walked, 1_000);
            file.read(walked, new EventReader(new OpenRuns(), CLOCK.instant()), new EventFacts(1_000), CLOCK.instant(), () -> {});
            assertThat(file.events()).isEqualTo(1);
            // Also when as much was written meanwhile, with the same beginning
            assertThat(file.isUnchanged(walked)).isFalse();
            assertThat(file.isContinuedBy(new Longer(walked))).isFalse();
        }
        // A small one that is gone until it is read
        Path path = Files.writeString(results.resolve("event.json"), run("a", "b"));
        BasicFileAttributes walked = Files.readAttributes(path, BasicFileAttributes.class);
        Files.writeString(path, "");
        EventFile file = new EventFile("event.json", path, walked, 1_000);
        file.read(walked, new EventReader(new OpenRuns(), CLOCK.instant()), new EventFacts(1_000), CLOCK.instant(), () -> {});
        assertThat(file.isUnchanged(walked)).isFalse();
    }

    @Test
    void testFileThatFailsIsAProblemAndIsReadFromItsStartTheNextTime()
            throws IOException
    {
        append("a.jsonl", run("a", "b"));
        append("b.jsonl", run("c", "d"));
        WallClock clock = new WallClock();
        EventLog watched = new EventLog(Optional.of(results), clock);
        // The first time is asked of the clock before files are read, the second one for the first file
        clock.failAt(2);
        EventSnapshot broken = watched.snapshot();
        assertThat(edges(broken.observations())).containsExactly("c -> d");
        assertThat(broken.problems()).containsExactly(new EventProblem("a.jsonl", 1, "reading the file failed, so its events are ignored; the log of the server says why"));
        EventSnapshot next = watched.snapshot();
        assertThat(edges(next.observations())).containsExactlyInAnyOrder("a -> b", "c -> d");
        assertThat(next.problems()).isEmpty();
        // What was known of a file is not known any more when the rest of it fails
        append("a.jsonl", run("e", "f"));
        clock.failAt(2);
        assertThat(edges(watched.current())).containsExactly("c -> d");
        assertThat(edges(watched.current())).containsExactlyInAnyOrder("a -> b", "e -> f", "c -> d");
    }

    @Test
    void testFileThatFailsInEachRoundIsNoNews()
            throws IOException
    {
        append("a.jsonl", run("a", "b"));
        WallClock clock = new WallClock();
        EventLog watched = new EventLog(Optional.of(results), clock);
        clock.failAt(2);
        Observations first = watched.current();
        clock.failAt(2);
        assertThat(watched.current()).isSameAs(first);
        Files.delete(results.resolve("a.jsonl"));
        assertThat(watched.snapshot().problems()).isEmpty();
    }

    @Test
    void testReplacedAndCutFilesAreReadAnew()
            throws IOException
    {
        append("runs.jsonl", run("a", "b") + run("b", "c"));
        append("others.ndjson", run("x", "y"));
        assertThat(edges(log.current())).containsExactlyInAnyOrder("a -> b", "b -> c", "x -> y");
        Files.writeString(results.resolve("runs.jsonl"), run("a", "b"));
        assertThat(edges(log.current())).containsExactlyInAnyOrder("a -> b", "x -> y");
        // Longer than before, and another one
        Files.writeString(results.resolve("runs.jsonl"), run("q", "r") + run("r", "s"));
        assertThat(edges(log.current())).containsExactlyInAnyOrder("q -> r", "r -> s", "x -> y");
        Path next = Files.writeString(directory.resolve("next"), run("q", "r") + run("r", "s") + run("s", "t"));
        Files.move(next, results.resolve("runs.jsonl"), REPLACE_EXISTING);
        assertThat(edges(log.current())).containsExactlyInAnyOrder("q -> r", "r -> s", "s -> t", "x -> y");
        assertThat(log.current().events()).isEqualTo(4);
    }

    @Test
    void testRemovedFilesAreForgotten()
            throws IOException
    {
        append("a.jsonl", run("a", "b"));
        append("b.jsonl", run("b", "c"));
        assertThat(log.current().edges()).hasSize(2);
        Files.delete(results.resolve("a.jsonl"));
        assertThat(edges(log.current())).containsExactly("b -> c");
    }

    @Test
    void testFoldersBelowAreReadAndLinksAndHiddenFilesAreNot()
            throws IOException
    {
        Files.createDirectories(results.resolve("dbt/2026"));
        append("dbt/2026/a.jsonl", run("a", "b"));
        append(".half.jsonl", run("b", "c"));
        append("readme.txt", "not for us");
        Path outside = Files.writeString(directory.resolve("secret.jsonl"), run("secret", "plan"));
        Files.createSymbolicLink(results.resolve("link.jsonl"), outside);
        assertThat(edges(log.current())).containsExactly("a -> b");
        assertThat(log.snapshot().problems()).isEmpty();
    }

    @Test
    void testLinesThatTellNothingAreProblemsAndTheRestCounts()
            throws IOException
    {
        append("mixed.jsonl", "\uFEFF" + run("a", "b") +
                "{not json}\n" +
                "\n" +
                "[1, 2]\n" +
                "{\"eventTime\": \"2026-05-01T06:00:00Z\"}\n" +
                "{\"eventTime\": \"yesterday\", \"run\": {\"runId\": \"r\"}}\n" +
                run("c", "d").replace("\"namespace\"", "\"space\"") +
                "{\"eventTime\": \"2026-05-01T06:00:00Z\", \"dataset\": {\"namespace\": \"lake\", \"name\": \"t\", \"facets\": {\"dataQualityAssertions\": {\"assertions\": [{\"assertion\": \"unique\", \"success\": \"maybe\"}]}}}}\n" +
                "x".repeat(EventFile.MAX_EVENT_BYTES * 2) + "\n" +
                run("e", "f"));
        assertThat(edges(log.current())).containsExactly("a -> b", "e -> f");
        assertThat(log.snapshot().problems()).containsExactly(
                new EventProblem("mixed.jsonl", 2, "it is not JSON: something is wrong at column 2"),
                new EventProblem("mixed.jsonl", 4, "it is not a JSON object"),
                new EventProblem("mixed.jsonl", 5, "it is not an OpenLineage event: it has neither run, nor dataset, nor job"),
                new EventProblem("mixed.jsonl", 6, "eventTime is not a time of ISO 8601, such as 2026-05-01T06:00:00Z"),
                new EventProblem("mixed.jsonl", 7, "job.namespace is missing"),
                new EventProblem("mixed.jsonl", 8, "success of assertion 'unique' is neither true nor false"),
                new EventProblem("mixed.jsonl", 9, "it is longer than 1048576 bytes"));
        append("mixed.jsonl", "nonsense\n");
        assertThat(log.snapshot().problems()).last().isEqualTo(new EventProblem("mixed.jsonl", 11, "it is not JSON: something is wrong at column 1"));
    }

    @Test
    void testWordOfTomorrowIsNotTheLast()
            throws IOException
    {
        append("runs.jsonl", run("a", "b").replace("2026-05-01T06:00:00Z", "2026-06-02T12:00:01Z") + run("c", "d").replace("2026-05-01T06:00:00Z", "2026-06-02T12:00:00Z"));
        assertThat(edges(log.current())).containsExactly("c -> d");
        assertThat(log.snapshot().problems()).containsExactly(new EventProblem("runs.jsonl", 1, "eventTime is more than a day in the future; correct the clock of the tool, and write the event again"));
    }

    @Test
    void testTimesThatSqlDoesNotHave()
            throws IOException
    {
        for (String time : List.of("+99999-05-01T06:00:00Z", "+999999999-05-01T06:00:00", "-99999-05-01T06:00:00Z", "0000-05-01T06:00:00Z")) {
            append("times.jsonl", run("a", "b").replace("2026-05-01T06:00:00Z", time));
        }
        append("times.jsonl", run("e", "f").replace("2026-05-01T06:00:00Z", "0001-01-01T00:00:00"));
        assertThat(edges(log.current())).containsExactly("e -> f");
        String ahead = "eventTime is more than a day in the future; correct the clock of the tool, and write the event again";
        String early = "eventTime is before the year 1";
        assertThat(log.snapshot().problems()).extracting(EventProblem::message).containsExactly(ahead, ahead, early, early);
    }

    @Test
    void testManyProblemsAreCounted()
            throws IOException
    {
        append("bad.jsonl", "x\n".repeat(1_000));
        assertThat(log.snapshot().problems()).hasSize(21).last().isEqualTo(new EventProblem(".", 1, "980 more lines of event files are not OpenLineage events"));
    }

    @Test
    void testLastWordCounts()
            throws IOException
    {
        append("b.jsonl", check("2026-05-02T06:00:00Z", false));
        append("a.jsonl", check("2026-05-03T06:00:00Z", true) + check("2026-05-01T06:00:00Z", false));
        assertThat(log.current().assertions()).singleElement().satisfies(assertion -> {
            assertThat(assertion.success()).isTrue();
            assertThat(assertion.at()).isEqualTo("2026-05-03T06:00:00Z");
        });
        assertThat(log.current().events()).isEqualTo(3);
    }

    @Test
    void testOnlySoMuchIsKept()
            throws IOException
    {
        EventLog small = new EventLog(Optional.of(results), CLOCK, Duration.ofMinutes(1), 3);
        for (int table = 0; table < 5; table++) {
            append("runs.jsonl", run("a" + table, "b"));
        }
        // Again: what is known stays up to date
        append("runs.jsonl", run("a0", "b"));
        assertThat(edges(small.current())).containsExactly("a0 -> b", "a1 -> b", "a2 -> b");
        assertThat(small.snapshot().problems()).containsExactly(new EventProblem(".", 1, "the events contain more than 3 edges or checks; the latest ones are left out: remove old files"));
    }

    @Test
    void testRunsThatFailWroteNothing()
            throws IOException
    {
        append("runs.jsonl", run("a", "b").replace("COMPLETE", "FAIL") + run("c", "d").replace("COMPLETE", "ABORT") + run("e", "f").replace("COMPLETE", "START") + run("g", "h").replace("COMPLETE", "RUNNING"));
        assertThat(edges(log.current())).containsExactly("g -> h");
    }

    @Test
    void testRunTellsInPartsWhatItReadsAndWrites()
            throws IOException
    {
        append("runs.jsonl",
                """
                {"eventType": "START", "eventTime": "2026-05-01T06:00:00Z", "producer": "p", "run": {"runId": "r1"}, "job": {"namespace": "n", "name": "j"}, "inputs": [{"namespace": "lake", "name": "a"}]}
                {"eventType": "COMPLETE", "eventTime": "2026-05-01T06:01:00Z", "producer": "p", "run": {"runId": "r1"}, "job": {"namespace": "n", "name": "j"}, "outputs": [{"namespace": "lake", "name": "b"}]}
                {"eventType": "COMPLETE", "eventTime": "2026-05-01T06:01:00Z", "producer": "p", "run": {"runId": "r2"}, "job": {"namespace": "n", "name": "j"}, "outputs": [{"namespace": "lake", "name": "c"}]}
                """);
        assertThat(edges(log.current())).containsExactly("a -> b");
    }

    @Test
    void testEachJobThatMakesAColumnIsKept()
            throws IOException
    {
        append("runs.jsonl", column("nightly", 1) + column("backfill", 2) + column("nightly", 3) +
                // One job, called otherwise in each run
                column("20260501_060000_00001_abcde", 1) + column("20260501_060001_00002_abcde", 2) + column("20260502_060001_00002_wxyzz", 3) +
                column("load 2026-05-01 3f2a", 1) + column("load 2026-05-02 9bc1", 2));
        assertThat(log.current().columnEdges()).extracting(ObservedColumnEdge::job).containsExactlyInAnyOrder("jobs/nightly", "jobs/backfill", "jobs/20260502_060001_00002_wxyzz", "jobs/load 2026-05-02 9bc1");
    }

    private static String column(String job, int second)
    {
        return ("{\"eventType\": \"COMPLETE\", \"eventTime\": \"2026-05-01T06:00:0%2$sZ\", \"producer\": \"p\", \"run\": {\"runId\": \"%1$s-%2$s\"}, \"job\": {\"namespace\": \"jobs\", \"name\": \"%1$s\"}, " +
                "\"inputs\": [{\"namespace\": \"lake\", \"name\": \"a\"}], \"outputs\": [{\"namespace\": \"lake\", \"name\": \"b\", \"facets\": {\"columnLineage\": {\"fields\": " +
                "{\"x\": {\"inputFields\": [{\"namespace\": \"lake\", \"name\": \"a\", \"field\": \"y\"}]}}}}}]}\n").formatted(job, second);
    }

    private static void waitUntil(BooleanSupplier condition)
    {
        Instant deadline = Instant.now().plusSeconds(60);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(deadline);
            Thread.onSpinWait();
        }
    }

    private void append(String file, String text)
            throws IOException
    {
        Files.writeString(results.resolve(file), text, CREATE, APPEND);
    }

    static List<String> edges(Observations observations)
    {
        return observations.edges().stream().map(edge -> edge.from().name() + " -> " + edge.to().name()).toList();
    }

    private static String run(String input, String output)
    {
        return ("{\"eventType\": \"COMPLETE\", \"eventTime\": \"2026-05-01T06:00:00Z\", \"producer\": \"https://example.com\", \"run\": {\"runId\": \"%1$s-%2$s\"}, " +
                "\"job\": {\"namespace\": \"jobs\", \"name\": \"%1$s to %2$s\"}, \"inputs\": [{\"namespace\": \"lake\", \"name\": \"%1$s\"}], \"outputs\": [{\"namespace\": \"lake\", \"name\": \"%2$s\"}]}\n").formatted(input, output);
    }

    private static String check(String time, boolean success)
    {
        return ("{\"eventTime\": \"%s\", \"producer\": \"soda\", \"dataset\": {\"namespace\": \"lake\", \"name\": \"t\", \"facets\": {\"dataQualityAssertions\": {\"assertions\": " +
                "[{\"assertion\": \"unique\", \"column\": \"id\", \"success\": %s}]}}}}\n").formatted(time, success);
    }

    /**
     * What a walk of the directory finds when more was written.
     */
    private record Longer(BasicFileAttributes before)
            implements BasicFileAttributes
    {
        @Override
        public long size()
        {
            return before.size() + 1;
        }

        @Override
        public FileTime lastModifiedTime()
        {
            return before.lastModifiedTime();
        }

        @Override
        public FileTime lastAccessTime()
        {
            return before.lastAccessTime();
        }

        @Override
        public FileTime creationTime()
        {
            return before.creationTime();
        }

        @Override
        public boolean isRegularFile()
        {
            return true;
        }

        @Override
        public boolean isDirectory()
        {
            return false;
        }

        @Override
        public boolean isSymbolicLink()
        {
            return false;
        }

        @Override
        public boolean isOther()
        {
            return false;
        }

        @Override
        public Object fileKey()
        {
            return before.fileKey();
        }
    }

    private static final class WallClock
            extends Clock
    {
        private volatile Instant now = CLOCK.instant();
        private final AtomicInteger untilFailure = new AtomicInteger();

        private void failAt(int time)
        {
            untilFailure.set(time);
        }

        private void advance(Duration duration)
        {
            now = now.plus(duration);
        }

        @Override
        public Instant instant()
        {
            if (untilFailure.getAndDecrement() == 1) {
                throw new IllegalStateException("broken");
            }
            return now;
        }

        @Override
        public ZoneId getZone()
        {
            return UTC;
        }

        @Override
        public Clock withZone(ZoneId zone)
        {
            throw new UnsupportedOperationException();
        }
    }
}
