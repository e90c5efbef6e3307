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

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Maps;
import io.airlift.log.Logger;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import static java.nio.file.FileVisitResult.CONTINUE;
import static java.nio.file.FileVisitResult.SKIP_SUBTREE;
import static java.nio.file.FileVisitResult.TERMINATE;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * The OpenLineage events that tools write into the results directory of the mesh: every {@code .jsonl}, {@code .ndjson} and {@code
 * .json} file of it and of two levels of folders below. Only what was appended is read; a file that was replaced or cut is read
 * anew, and what a removed file said is forgotten. Symbolic links are not followed, so that the directory shows nothing but itself.
 * Reading happens in the background: a caller waits for it for a limited time and otherwise gets what was read until then. Safe for
 * use by several threads.
 */
public final class EventLog
{
    private static final Logger log = Logger.get(EventLog.class);

    private static final int MAX_FACTS = 200_000;
    private static final int MAX_FILES = 10_000;
    private static final int MAX_PROBLEMS = 200;
    private static final int DEPTH = 3;
    // Enough for what tools write between two queries: some ten megabytes
    private static final Duration PATIENCE = Duration.ofMillis(1_500);
    private static final Duration BETWEEN_PARTS = Duration.ofSeconds(2);

    private final Optional<BackgroundRounds> rounds;
    private final Clock clock;
    private final int maxFacts;
    private final Map<Path, EventFile> files = new TreeMap<>();
    private OpenRuns runs = new OpenRuns();
    private EventFacts facts;
    private Optional<EventProblem> unreadable = Optional.empty();
    // Files that failed, which are read from their start the next time
    private final Map<Path, EventProblem> failed = new TreeMap<>();
    private long lastPublished;
    private volatile int unread;
    private volatile State state = new State(Observations.NONE, ImmutableList.of());

    private record State(Observations observations, List<EventProblem> problems)
    {
        private State
        {
            requireNonNull(observations, "observations is null");
            problems = ImmutableList.copyOf(requireNonNull(problems, "problems is null"));
        }
    }

    private record Found(Map<Path, BasicFileAttributes> files, Optional<EventProblem> problem) {}

    /**
     * @param directory empty when the mesh has none
     */
    public EventLog(Optional<Path> directory, Clock clock)
    {
        this(directory, clock, PATIENCE);
    }

    /**
     * @param patience how long a caller waits at most for events that are being read
     */
    public EventLog(Optional<Path> directory, Clock clock, Duration patience)
    {
        this(directory, clock, patience, MAX_FACTS);
    }

    EventLog(Optional<Path> directory, Clock clock, Duration patience, int maxFacts)
    {
        this.rounds = directory.map(root -> new BackgroundRounds("mesh-events", () -> refresh(root), patience));
        this.clock = requireNonNull(clock, "clock is null");
        this.maxFacts = maxFacts;
        this.facts = new EventFacts(maxFacts);
    }

    /**
     * What the events say that are there now, as far as they could be read by now. The same object as before while there are no others.
     */
    public Observations current()
    {
        return snapshot().observations();
    }

    /**
     * The same as {@link #current()}, with what is wrong with the files.
     */
    public EventSnapshot snapshot()
    {
        boolean complete = rounds.map(BackgroundRounds::await).orElse(true);
        State known = state;
        return new EventSnapshot(known.observations(), known.problems(), complete, complete ? 0 : unread);
    }

    private void refresh(Path root)
    {
        lastPublished = System.nanoTime();
        Found found = find(root);
        boolean changed = !found.problem().equals(unreadable);
        unreadable = found.problem();
        if (files.keySet().retainAll(found.files().keySet())) {
            changed = true;
            forget();
        }
        changed |= failed.keySet().retainAll(found.files().keySet());
        Instant now = clock.instant();
        for (EventFile file : files.values()) {
            if (file.isUnchanged(found.files().get(file.path()))) {
                changed |= file.abandon(now);
            }
        }
        changed |= read(root, Maps.filterEntries(found.files(), file -> !isUnchanged(file.getKey(), file.getValue())));
        if (changed) {
            publish();
        }
    }

    private boolean read(Path root, Map<Path, BasicFileAttributes> changed)
    {
        List<Map.Entry<Path, BasicFileAttributes>> all = ImmutableList.copyOf(changed.entrySet());
        boolean different = false;
        try {
            for (int read = 0; read < all.size(); read++) {
                unread = all.size() - read;
                different |= refresh(root, all.get(read).getKey(), all.get(read).getValue());
            }
        }
        finally {
            unread = 0;
        }
        return different;
    }

    private void publish()
    {
        state = new State(facts.toObservations(files.values().stream().mapToLong(EventFile::events).sum()), findProblems());
        lastPublished = System.nanoTime();
    }

    private void publishPart()
    {
        if (System.nanoTime() - lastPublished > BETWEEN_PARTS.toNanos()) {
            publish();
        }
    }

    private boolean isUnchanged(Path path, BasicFileAttributes attributes)
    {
        EventFile file = files.get(path);
        return file != null && file.isUnchanged(attributes);
    }

    /**
     * @return whether there is something else to tell than before
     */
    private boolean refresh(Path root, Path path, BasicFileAttributes attributes)
    {
        EventFile file = files.get(path);
        boolean known = file != null;
        try {
            if (file == null || !file.isContinuedBy(attributes)) {
                file = new EventFile(root.relativize(path).toString(), path, attributes, maxFacts);
                files.put(path, file);
                if (known) {
                    forget();
                }
            }
            Instant now = clock.instant();
            file.read(attributes, new EventReader(runs, now), facts, now, this::publishPart);
            failed.remove(path);
            return true;
        }
        catch (NoSuchFileException e) {
            // Gone meanwhile
            files.remove(path);
            failed.remove(path);
            forget();
            return true;
        }
        catch (IOException e) {
            return fail(path, new EventProblem(root.relativize(path).toString(), 1, "the file cannot be read; correct its permissions"), e) || known;
        }
        catch (RuntimeException e) {
            return fail(path, new EventProblem(root.relativize(path).toString(), 1, "reading the file failed, so its events are ignored; the log of the server says why"), e) || known;
        }
    }

    /**
     * Nothing that the file said counts, since nobody knows how far it was read.
     *
     * @return whether there is something else to tell than before; a file that fails in each round is no news
     */
    private boolean fail(Path path, EventProblem problem, Exception e)
    {
        log.warn(e, "Cannot read the event file %s", path);
        EventFile file = files.remove(path);
        forget();
        boolean told = file != null && file.events() > 0;
        return !problem.equals(failed.put(path, problem)) || told;
    }

    /**
     * Starts from what the files said that are left.
     */
    private void forget()
    {
        runs = new OpenRuns();
        facts = new EventFacts(maxFacts);
        files.values().forEach(file -> facts.addAll(file.facts()));
    }

    private List<EventProblem> findProblems()
    {
        ImmutableList.Builder<EventProblem> problems = ImmutableList.builder();
        unreadable.ifPresent(problems::add);
        failed.values().stream().limit(MAX_PROBLEMS).forEach(problems::add);
        if (facts.isFull()) {
            problems.add(new EventProblem(".", 1, "the events contain more than %s edges or checks; the latest ones are left out: remove old files".formatted(maxFacts)));
        }
        files.values().stream()
                .flatMap(file -> file.problems().stream())
                .limit(MAX_PROBLEMS)
                .forEach(problems::add);
        long rejected = files.values().stream().mapToLong(EventFile::rejected).sum();
        long shown = Math.min(MAX_PROBLEMS, files.values().stream().mapToLong(file -> file.problems().size()).sum());
        if (rejected > shown) {
            problems.add(new EventProblem(".", 1, "%s more lines of event files are not OpenLineage events".formatted(rejected - shown)));
        }
        return problems.build();
    }

    private static Found find(Path root)
    {
        Map<Path, BasicFileAttributes> found = new TreeMap<>();
        Map<String, EventProblem> problems = new HashMap<>();
        if (!Files.exists(root)) {
            // The catalog does not start without it: it was removed since
            return new Found(found, Optional.of(new EventProblem(".", 1, "the results directory does not exist any more; create it again, or correct mesh.results and restart the server")));
        }
        try {
            Path real = root.toRealPath();
            Files.walkFileTree(real, EnumSet.noneOf(FileVisitOption.class), DEPTH, new SimpleFileVisitor<>()
            {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
                {
                    return !folder.equals(real) && isHidden(folder) ? SKIP_SUBTREE : CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                {
                    if (!attributes.isRegularFile() || isHidden(file) || !isEvents(file)) {
                        return CONTINUE;
                    }
                    if (found.size() == MAX_FILES) {
                        problems.put("files", new EventProblem(".", 1, "there are more than %s event files; the rest is not read: combine events into fewer files".formatted(MAX_FILES)));
                        return TERMINATE;
                    }
                    found.put(root.resolve(real.relativize(file)), attributes);
                    return CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e)
                {
                    if (!(e instanceof NoSuchFileException)) {
                        problems.put("file", new EventProblem(real.equals(file) ? "." : real.relativize(file).toString(), 1, "it cannot be read; correct its permissions"));
                    }
                    return CONTINUE;
                }
            });
        }
        catch (IOException e) {
            log.warn(e, "Cannot read the results directory %s", root);
            problems.put("directory", new EventProblem(".", 1, "the results directory cannot be read; correct its path or its permissions"));
        }
        return new Found(found, problems.values().stream().findFirst());
    }

    /**
     * Writers give half a file such a name.
     */
    private static boolean isHidden(Path path)
    {
        return path.getFileName().toString().startsWith(".");
    }

    private static boolean isEvents(Path path)
    {
        String name = path.getFileName().toString().toLowerCase(ENGLISH);
        return name.endsWith(".jsonl") || name.endsWith(".ndjson") || name.endsWith(".json");
    }
}
