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
package org.trinomesh.problem;

import com.google.common.collect.ImmutableList;

import java.util.ArrayList;
import java.util.List;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * Collects every problem of something, so that its author sees all of them at once. Not safe for use by several threads.
 */
public final class Problems
{
    private final List<Problem> problems = new ArrayList<>();

    public void error(Position position, String message, String remedy)
    {
        add(Problem.error(position, message, remedy));
    }

    public void warning(Position position, String message, String remedy)
    {
        add(Problem.warning(position, message, remedy));
    }

    public void info(Position position, String message, String remedy)
    {
        add(Problem.info(position, message, remedy));
    }

    public void add(Problem problem)
    {
        checkArgument(!problem.message().isBlank(), "message is blank");
        problems.add(problem);
    }

    public void addAll(Iterable<Problem> others)
    {
        others.forEach(this::add);
    }

    public boolean hasErrors()
    {
        return problems.stream().anyMatch(Problem::isError);
    }

    public List<Problem> toList()
    {
        return ImmutableList.copyOf(problems);
    }
}
