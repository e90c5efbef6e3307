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
package org.trinomesh.conformance;

import com.google.common.collect.ImmutableSet;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * Adds up the cost of one evaluation, and ends the evaluation when the cost is too high or the time is over. The cost depends
 * on the expression and the document alone, so that the same check has the same result on every machine.
 */
final class CheckMeter
{
    /**
     * About as many steps as an evaluation makes in one second.
     */
    static final long MAXIMUM_COST = 5_000_000;
    /**
     * How long a text may be that is searched: the time for that grows with the product of two lengths.
     */
    static final int MAXIMUM_SEARCHED = 10_000;
    private static final int MAXIMUM_SIZE = 200_000;
    private static final int STEPS_BETWEEN_CLOCKS = 256;
    private static final Set<String> SEARCHES = ImmutableSet.of("matches", "contains", "indexOf", "lastIndexOf", "replace", "split");
    private static final int SEARCH_WEIGHT = 16;
    private static final int REGEX_WEIGHT = 1_000;

    private final CheckTime time;
    private final Map<Long, Integer> searched;
    private long cost;
    private int steps;

    CheckMeter(CheckTime time, Map<Long, Integer> searched)
    {
        this.time = requireNonNull(time, "time is null");
        this.searched = requireNonNull(searched, "searched is null");
    }

    /**
     * The parts of an expression that are texts to search in or for, with what each character of them costs.
     */
    static Map<Long, Integer> searched(CelAbstractSyntaxTree tree)
    {
        Map<Long, Integer> searched = new HashMap<>();
        CelNavigableAst.fromAst(tree).getRoot().allNodes()
                .filter(node -> node.getKind() == Kind.CALL && SEARCHES.contains(node.expr().call().function()))
                .map(node -> node.expr().call())
                .forEach(call -> {
                    int weight = call.function().equals("matches") ? regexWeight(call.args().getLast()) : SEARCH_WEIGHT;
                    call.args().forEach(text -> searched.put(text.id(), SEARCH_WEIGHT));
                    searched.put(call.target().orElse(call.args().getFirst()).id(), weight);
                });
        return searched;
    }

    private static int regexWeight(CelExpr regex)
    {
        if (regex.getKind() != Kind.CONSTANT || regex.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
            return REGEX_WEIGHT;
        }
        String pattern = regex.constant().stringValue();
        // A repetition is as long as what it repeats
        return pattern.indexOf('{') >= 0 ? REGEX_WEIGHT : Math.max(pattern.length(), SEARCH_WEIGHT);
    }

    /**
     * Called after each step; for a call, after its arguments and before the call itself.
     */
    void evaluated(CelExpr expression, Object value)
    {
        add(1);
        if (++steps % STEPS_BETWEEN_CLOCKS == 0 && time.isOver()) {
            throw new AbandonedEvaluation(Optional.empty());
        }
        if (value instanceof String text) {
            evaluated(expression, text);
        }
        else if (value instanceof Collection || value instanceof Map) {
            // CEL walks through all of it to know its types
            add(size(value, 0) / 8);
        }
    }

    private void evaluated(CelExpr expression, String text)
    {
        Integer weight = searched.get(expression.id());
        if (weight == null) {
            add(text.length() / 16);
            return;
        }
        if (text.length() > MAXIMUM_SEARCHED) {
            throw new AbandonedEvaluation(Optional.of("it searches in a text of %s characters, and %s are allowed".formatted(text.length(), MAXIMUM_SEARCHED)));
        }
        add((long) text.length() * weight / 16);
    }

    private void add(long more)
    {
        cost += more;
        if (cost > MAXIMUM_COST) {
            throw new AbandonedEvaluation(Optional.of("it takes more than %s steps for this product".formatted(MAXIMUM_COST)));
        }
    }

    private static int size(Object value, int before)
    {
        int size = before + 1;
        Iterable<?> parts = switch (value) {
            case Map<?, ?> map -> map.values();
            case Collection<?> list -> list;
            default -> ImmutableSet.of();
        };
        for (Object part : parts) {
            size = size(part, size);
            if (size > MAXIMUM_SIZE) {
                throw new AbandonedEvaluation(Optional.of("it uses a list of more than %s values".formatted(MAXIMUM_SIZE)));
            }
        }
        return size;
    }

    /**
     * An error, because {@code &&} and {@code ||} of CEL go on after exceptions.
     */
    static final class AbandonedEvaluation
            extends Error
    {
        // Not serialised: it ends where the evaluation was started
        private final transient Optional<String> reason;

        private AbandonedEvaluation(Optional<String> reason)
        {
            super(reason.orElse("no time is left"), null, false, false);
            this.reason = reason;
        }

        /**
         * @return empty when there is no time left
         */
        Optional<String> reason()
        {
            return reason;
        }
    }
}
