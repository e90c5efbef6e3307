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
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelStringExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;

import java.util.Set;

/**
 * Compiles expressions in the Common Expression Language into checks. Expressions may use its standard macros and functions,
 * its functions on strings, and the variable {@code product}. Regular expressions are of RE2, which takes linear time. An
 * expression has an upper limit of its length, of its loops inside loops, of what the loops do together, and of the text it
 * can make.
 */
public final class CheckCompiler
{
    static final int MAXIMUM_LENGTH = 2_000;
    static final int MAXIMUM_ITERATIONS = 10_000;
    private static final int MAXIMUM_NODES = 500;
    private static final int MAXIMUM_REGEX_SIZE = 1_000;

    private static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(MAXIMUM_LENGTH)
            .maxParseRecursionDepth(50)
            .maxParseExpressionNodeCount(MAXIMUM_NODES)
            .comprehensionMaxIterations(MAXIMUM_ITERATIONS)
            .maxRegexProgramSize(MAXIMUM_REGEX_SIZE)
            .enableHeterogeneousNumericComparisons(true)
            .build();

    // Without quote, which nobody needs, and without the functions that BoundedText replaces
    private static final Set<CelStringExtensions.Function> TEXT_FUNCTIONS = Sets.immutableEnumSet(
            CelStringExtensions.Function.CHAR_AT,
            CelStringExtensions.Function.INDEX_OF,
            CelStringExtensions.Function.LAST_INDEX_OF,
            CelStringExtensions.Function.LOWER_ASCII,
            CelStringExtensions.Function.REVERSE,
            CelStringExtensions.Function.SPLIT,
            CelStringExtensions.Function.SUBSTRING,
            CelStringExtensions.Function.TRIM,
            CelStringExtensions.Function.UPPER_ASCII);

    private static final CelType OBJECT = MapType.create(SimpleType.STRING, SimpleType.DYN);
    private static final CelCompiler COMPILER = compiler();

    private static final CelRuntime RUNTIME = CelRuntimeFactory.plannerRuntimeBuilder()
            .setOptions(OPTIONS)
            .addLibraries(CelExtensions.strings(TEXT_FUNCTIONS))
            .addFunctionBindings(BoundedText.BINDINGS)
            .build();

    private CheckCompiler() {}

    /**
     * A condition: true for products that are in order.
     */
    public static CheckExpression compile(String expression)
    {
        return compile(expression, ImmutableSet.of(SimpleType.BOOL, SimpleType.DYN), "true or false");
    }

    /**
     * A list of texts, which name what is wrong.
     */
    static CheckExpression compileNames(String expression)
    {
        return compile(expression, ImmutableSet.of(ListType.create(SimpleType.STRING), ListType.create(SimpleType.DYN), SimpleType.DYN), "a list of texts");
    }

    private static CheckExpression compile(String expression, Set<CelType> results, String wanted)
    {
        if (expression.isBlank()) {
            throw new InvalidCheckException("the expression is empty", "write what must hold for a product: product.metadata.owner != ''");
        }
        int length = expression.codePointCount(0, expression.length());
        if (length > MAXIMUM_LENGTH) {
            throw new InvalidCheckException(
                    "the expression has %s characters, and %s are allowed".formatted(length, MAXIMUM_LENGTH),
                    "split it into several checks");
        }
        CelAbstractSyntaxTree tree = parse(expression);
        if (!results.contains(tree.getResultType())) {
            throw new InvalidCheckException(
                    "the result of the expression is %s, not %s".formatted(tree.getResultType().name(), wanted),
                    "compare it with something: product.metadata.owner != ''");
        }
        ExpressionRules.check(tree, CheckCompiler::checkRegex);
        try {
            return new CheckExpression(expression, RUNTIME.createProgram(tree), CheckMeter.searched(tree));
        }
        catch (CelEvaluationException e) {
            throw new InvalidCheckException("the expression cannot be evaluated: " + e.getMessage(), CompilerMessages.GENERAL_REMEDY);
        }
    }

    private static CelCompiler compiler()
    {
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addLibraries(CelExtensions.strings(TEXT_FUNCTIONS))
                .addFunctionDeclarations(BoundedText.DECLARATIONS)
                .addVar(CheckExpression.PRODUCT, OBJECT);
        ProductDocument.fields(CheckExpression.PRODUCT).orElseThrow()
                .forEach(field -> builder.addVar(CheckExpression.FIELD_PREFIX + field, type(field)));
        return builder.build();
    }

    private static CelType type(String field)
    {
        return switch (field) {
            case "description" -> SimpleType.STRING;
            case "slos" -> MapType.create(SimpleType.STRING, SimpleType.STRING);
            case "inputPorts", "outputPorts", "columns", "accessControl", "support" -> ListType.create(OBJECT);
            default -> OBJECT;
        };
    }

    private static CelAbstractSyntaxTree parse(String expression)
    {
        CelValidationResult result = COMPILER.compile(expression);
        if (result.hasError()) {
            // Only the first error: the others often follow from it
            CelIssue issue = result.getErrors().getFirst();
            CelSourceLocation location = issue.getSourceLocation();
            throw CompilerMessages.invalid(location.getLine(), location.getColumn(), issue.getMessage());
        }
        try {
            return result.getAst();
        }
        catch (CelValidationException e) {
            throw new InvalidCheckException("the expression cannot be read: " + e.getMessage(), CompilerMessages.GENERAL_REMEDY);
        }
    }

    /**
     * Fails when RE2 does not know the regular expression.
     */
    private static void checkRegex(String regex)
            throws CelEvaluationException
    {
        RegexProbe.PROGRAM.eval(ImmutableMap.of(CheckExpression.FIELD_PREFIX + "description", regex));
    }

    private static final class RegexProbe
    {
        private static final CelRuntime.Program PROGRAM;

        static {
            try {
                PROGRAM = RUNTIME.createProgram(parse("''.matches(product.description)"));
            }
            catch (CelEvaluationException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
