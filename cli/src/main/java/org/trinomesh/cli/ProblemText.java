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
package org.trinomesh.cli;

import com.google.common.collect.ImmutableList;
import org.trinomesh.problem.Problem;
import org.trinomesh.problem.Problem.Severity;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

/**
 * Prints problems for people: without notes, and with a limited number of problems per file.
 */
final class ProblemText
{
    static final int MOST_PER_FILE = 50;
    private static final int LONGEST_LINE = 1_000;

    private ProblemText() {}

    /**
     * @param problems in their order
     */
    static List<String> lines(List<Problem> problems)
    {
        ImmutableList.Builder<String> lines = ImmutableList.builder();
        byFile(problems).forEach((file, ofFile) -> {
            List<Problem> shown = ofFile.stream()
                    // Errors first, and then again in their order
                    .sorted(comparing(Problem::severity))
                    .limit(MOST_PER_FILE)
                    .sorted(comparing(Problem::position).thenComparing(Problem::severity))
                    .toList();
            shown.stream().map(ProblemText::line).forEach(lines::add);
            if (shown.size() < ofFile.size()) {
                lines.add("%s: %s more in this file; correct those above first; ./mesh validate --all prints them all".formatted(file, rest(ofFile, shown)));
            }
        });
        return lines.build();
    }

    private static Map<String, List<Problem>> byFile(List<Problem> problems)
    {
        return problems.stream()
                .filter(problem -> problem.severity() != Severity.INFO)
                .collect(groupingBy(problem -> problem.position().file(), LinkedHashMap::new, toList()));
    }

    private static String rest(List<Problem> all, List<Problem> shown)
    {
        return ImmutableList.of(Severity.ERROR, Severity.WARNING).stream()
                .map(severity -> Map.entry(severity, count(all, severity) - count(shown, severity)))
                .filter(left -> left.getValue() > 0)
                .map(left -> Count.of(left.getValue(), left.getKey() == Severity.ERROR ? "error" : "warning"))
                .collect(joining(" and "));
    }

    private static long count(List<Problem> problems, Severity severity)
    {
        return problems.stream().filter(problem -> problem.severity() == severity).count();
    }

    private static String line(Problem problem)
    {
        String line = problem.toString();
        return line.length() <= LONGEST_LINE ? line : line.substring(0, line.offsetByCodePoints(0, line.codePointCount(0, LONGEST_LINE) - 1)) + "…";
    }
}
