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

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.runtime.CelEvaluationException;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;

/**
 * Refuses what CEL allows and a check must not have: fields that no product has, regular expressions that RE2 does not
 * support, and more nested loops than a check needs.
 */
final class ExpressionRules
{
    // Bounds what an expression can make of its values, which CEL's count of iterations does not
    static final int MAXIMUM_LOOP_DEPTH = 3;
    // x + x in a loop doubles what it has with each loop
    static final int MAXIMUM_ADDITIONS = 6;
    private static final String ADD = "_+_";

    private ExpressionRules() {}

    interface RegexCheck
    {
        void check(String regex)
                throws CelEvaluationException;
    }

    static void check(CelAbstractSyntaxTree tree, RegexCheck regexCheck)
    {
        List<CelNavigableExpr> nodes = CelNavigableAst.fromAst(tree).getRoot().allNodes().collect(toImmutableList());
        int additions = 0;
        for (CelNavigableExpr node : nodes) {
            if (isAddition(node) && loopsAround(node) > 0 && ++additions > MAXIMUM_ADDITIONS) {
                throw at(tree, node.expr(), "more than %s times '+' inside of all, exists, filter and map".formatted(MAXIMUM_ADDITIONS), "split it into several checks");
            }
            switch (node.getKind()) {
                case SELECT -> checkField(tree, node.expr());
                case CALL -> checkRegex(tree, node.expr(), regexCheck);
                case COMPREHENSION -> checkDepth(tree, node);
                default -> {}
            }
        }
    }

    private static void checkField(CelAbstractSyntaxTree tree, CelExpr expression)
    {
        String field = expression.select().field();
        Optional<String> parent = path(expression.select().operand());
        Optional<Set<String>> known = parent.flatMap(ProductDocument::fields);
        if (known.isPresent() && !known.get().contains(field)) {
            throw at(tree, expression, "%s has no field '%s'".formatted(parent.get(), field), "write one of " + String.join(", ", known.get()));
        }
    }

    /**
     * {@code product.metadata} of the expression that means it.
     */
    private static Optional<String> path(CelExpr expression)
    {
        return switch (expression.getKind()) {
            case IDENT -> Optional.of(expression.ident().name());
            case SELECT -> path(expression.select().operand()).map(parent -> parent + "." + expression.select().field());
            default -> Optional.empty();
        };
    }

    private static void checkRegex(CelAbstractSyntaxTree tree, CelExpr expression, RegexCheck regexCheck)
    {
        if (!expression.call().function().equals("matches")) {
            return;
        }
        CelExpr regex = expression.call().args().getLast();
        if (regex.getKind() != Kind.CONSTANT || regex.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
            return;
        }
        try {
            regexCheck.check(regex.constant().stringValue());
        }
        catch (CelEvaluationException | RuntimeException e) {
            throw at(tree, regex, "'%s' is not a regular expression of RE2, or too large".formatted(regex.constant().stringValue()), "write it without back references and look-around, and with small repetitions");
        }
    }

    private static void checkDepth(CelAbstractSyntaxTree tree, CelNavigableExpr node)
    {
        if (loopsAround(node) >= MAXIMUM_LOOP_DEPTH) {
            throw at(tree, node.expr(), "more than %s of all, exists, filter and map inside or behind each other".formatted(MAXIMUM_LOOP_DEPTH), "split it into several checks");
        }
    }

    /**
     * An addition that somebody wrote: {@code map} and {@code filter} add to their result themselves.
     */
    private static boolean isAddition(CelNavigableExpr node)
    {
        if (node.getKind() != Kind.CALL || !node.expr().call().function().equals(ADD)) {
            return false;
        }
        CelExpr left = node.expr().call().args().getFirst();
        return left.getKind() != Kind.IDENT || !left.ident().name().startsWith("@");
    }

    private static int loopsAround(CelNavigableExpr node)
    {
        int loops = 0;
        for (Optional<CelNavigableExpr> parent = node.parent(); parent.isPresent(); parent = parent.get().parent()) {
            if (parent.get().getKind() == Kind.COMPREHENSION) {
                loops++;
            }
        }
        return loops;
    }

    private static InvalidCheckException at(CelAbstractSyntaxTree tree, CelExpr expression, String message, String remedy)
    {
        Optional<CelSourceLocation> location = Optional.ofNullable(tree.getSource().getPositionsMap().get(expression.id()))
                .flatMap(tree.getSource()::getOffsetLocation);
        return CompilerMessages.at(location.map(CelSourceLocation::getLine).orElse(1), location.map(CelSourceLocation::getColumn).orElse(0), message, remedy);
    }
}
