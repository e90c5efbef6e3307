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

import com.google.common.collect.ImmutableMap;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelVariableResolver;
import org.trinomesh.conformance.CheckMeter.AbandonedEvaluation;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * A compiled expression over the document of a data product. May be evaluated by many threads at once, and every evaluation
 * ends with an answer.
 */
public final class CheckExpression
{
    static final String PRODUCT = "product";
    /**
     * Each field of the product is a variable of its own, {@code product.metadata}: CEL walks through the whole value of a
     * variable with each use.
     */
    static final String FIELD_PREFIX = PRODUCT + ".";

    private static final int MAXIMUM_REASON = 500;

    private final String text;
    private final CelRuntime.Program program;
    private final Map<Long, Integer> searched;

    /**
     * @param searched what {@link CheckMeter#searched} says of the expression
     */
    CheckExpression(String text, CelRuntime.Program program, Map<Long, Integer> searched)
    {
        this.text = requireNonNull(text, "text is null");
        this.program = requireNonNull(program, "program is null");
        this.searched = ImmutableMap.copyOf(requireNonNull(searched, "searched is null"));
    }

    /**
     * Whether a product is in order.
     *
     * @param error why that could not be found out; then it is not in order
     */
    public record Outcome(boolean holds, Optional<String> error)
    {
        private static final Outcome HOLDS = new Outcome(true, Optional.empty());
        private static final Outcome VIOLATED = new Outcome(false, Optional.empty());

        public Outcome
        {
            requireNonNull(error, "error is null");
        }

        private static Outcome failed(String error)
        {
            return new Outcome(false, Optional.of(error));
        }
    }

    /**
     * Evaluates a condition without a time limit.
     *
     * @param document what {@link ProductDocument} makes of the product
     */
    public Outcome test(Map<String, Object> document)
    {
        return test(document, CheckTime.unlimited()).orElseThrow();
    }

    /**
     * @return empty when the time ended first
     */
    Optional<Outcome> test(Map<String, Object> document, CheckTime time)
    {
        try {
            return Optional.of(outcome(document, time));
        }
        catch (AbandonedEvaluation e) {
            return e.reason().map(Outcome::failed);
        }
    }

    private Outcome outcome(Map<String, Object> document, CheckTime time)
    {
        try {
            Object value = evaluate(document, time);
            if (value instanceof Boolean holds) {
                return holds ? Outcome.HOLDS : Outcome.VIOLATED;
            }
            return Outcome.failed("the result is not true or false");
        }
        catch (CelEvaluationException | RuntimeException e) {
            return Outcome.failed(reason(e));
        }
    }

    /**
     * Evaluates a list of texts to one text, {@code orders.email, orders.phone}; empty when there are none or it cannot be.
     */
    String names(Map<String, Object> document)
    {
        return names(document, CheckTime.unlimited()).orElse("");
    }

    /**
     * @return empty when the time was over before
     */
    Optional<String> names(Map<String, Object> document, CheckTime time)
    {
        try {
            return Optional.of(evaluate(document, time) instanceof List<?> names ? names.stream().map(String::valueOf).collect(joining(", ")) : "");
        }
        catch (CelEvaluationException | RuntimeException _) {
            return Optional.of("");
        }
        catch (AbandonedEvaluation e) {
            return e.reason().map(_ -> "");
        }
    }

    private Object evaluate(Map<String, Object> document, CheckTime time)
            throws CelEvaluationException
    {
        CheckMeter meter = new CheckMeter(time, searched);
        return program.trace((CelVariableResolver) name -> variable(document, name), meter::evaluated);
    }

    private static Optional<Object> variable(Map<String, Object> document, String name)
    {
        if (name.equals(PRODUCT)) {
            return Optional.of(document);
        }
        return name.startsWith(FIELD_PREFIX) ? Optional.ofNullable(document.get(name.substring(FIELD_PREFIX.length()))) : Optional.empty();
    }

    private static String reason(Exception failure)
    {
        String message = failure.getMessage();
        if (message == null || message.isBlank()) {
            return "the expression failed";
        }
        // Without the library's own wrapping, and without the list of all types an operator takes
        String reason = message.replaceFirst("^evaluation error(?: at [^ ]+)?: ", "").replaceFirst("(?s)\\. Overload candidates: .*$", "");
        // It may repeat the values of the document
        return reason.length() > MAXIMUM_REASON ? reason.substring(0, MAXIMUM_REASON) + "..." : reason;
    }

    @Override
    public boolean equals(Object other)
    {
        return other instanceof CheckExpression that && text.equals(that.text);
    }

    @Override
    public int hashCode()
    {
        return text.hashCode();
    }

    @Override
    public String toString()
    {
        return text;
    }
}
