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
package org.trinomesh.mask;

import com.google.common.collect.ImmutableList;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.trinomesh.mask.ScalarMask.Truncate.Unit;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Masks form a lattice: several of them come to the same, in whatever order rules are written and files are read.
 */
final class TestMasksProperties
{
    @Property
    void testOrderDoesNotMatter(@ForAll("masks") Mask left, @ForAll("masks") Mask right)
    {
        assertThat(Masks.combine(left, right)).isEqualTo(Masks.combine(right, left));
    }

    @Property
    void testGroupingDoesNotMatter(@ForAll("masks") Mask first, @ForAll("masks") Mask second, @ForAll("masks") Mask third)
    {
        assertThat(Masks.combine(Masks.combine(first, second), third)).isEqualTo(Masks.combine(first, Masks.combine(second, third)));
    }

    @Property
    void testTwiceIsOnce(@ForAll("masks") Mask mask)
    {
        assertThat(Masks.combine(mask, mask)).isEqualTo(mask);
    }

    @Property
    void testNeverLessStrictThanEither(@ForAll("masks") Mask left, @ForAll("masks") Mask right)
    {
        assertShowsNoMore(Masks.combine(left, right), left);
        assertShowsNoMore(Masks.combine(left, right), right);
    }

    @Property
    void testClearAddsNothingAndNullLeavesNothing(@ForAll("masks") Mask mask)
    {
        assertThat(Masks.combine(mask, new Mask.Clear())).isEqualTo(mask);
        assertThat(Masks.combine(mask, new Mask.Null())).isEqualTo(new Mask.Null());
    }

    @Property
    void testStrictestFirstIsAnOrder(@ForAll("masks") Mask first, @ForAll("masks") Mask second, @ForAll("masks") Mask third)
    {
        Comparator<Mask> order = Masks.STRICTEST_FIRST;
        assertThat(Integer.signum(order.compare(first, second))).isEqualTo(-Integer.signum(order.compare(second, first)));
        List<Mask> sorted = ImmutableList.sortedCopyOf(order, List.of(first, second, third));
        assertThat(order.compare(sorted.get(0), sorted.get(2))).isLessThanOrEqualTo(0);
    }

    private static void assertShowsNoMore(Mask combined, Mask than)
    {
        if (combined instanceof Mask.RowFields(Map<String, Mask> fields) && than instanceof Mask.RowFields(Map<String, Mask> others)) {
            assertThat(others.keySet()).containsAll(fields.keySet());
            fields.forEach((name, mask) -> assertShowsNoMore(mask, others.get(name)));
            return;
        }
        assertThat(combined.strictness()).isGreaterThanOrEqualTo(than.strictness());
    }

    @Provide
    static Arbitrary<Mask> masks()
    {
        return masks(2);
    }

    private static Arbitrary<Mask> masks(int depth)
    {
        return depth == 0 ? simple() : Arbitraries.oneOf(simple(), simple(), fields(depth));
    }

    private static Arbitrary<Mask> fields(int depth)
    {
        return Arbitraries.maps(Arbitraries.of("street", "city", "geo"), Arbitraries.lazy(() -> masks(depth - 1))).ofMaxSize(3).map(Mask.RowFields::new);
    }

    private static Arbitrary<Mask> simple()
    {
        Arbitrary<String> words = Arbitraries.of("a", "b", "c");
        return Arbitraries.oneOf(
                Arbitraries.of(
                        new Mask.Clear(),
                        new Mask.Null(),
                        new Mask.Fixed(),
                        new Mask.QueryLocalHash(Optional.of("domain:sales")),
                        new Mask.GlobalHash(Optional.of("domain:sales")),
                        new ScalarMask.Alphanum(),
                        new ScalarMask.EmailDomain(),
                        new ScalarMask.ShowFirst4(),
                        new ScalarMask.ShowLast4()),
                Combinators.combine(words, Arbitraries.integers().between(0, 2)).as((identifier, version) -> new Mask.Tokenize(identifier, version == 0 ? OptionalInt.empty() : OptionalInt.of(version))),
                Combinators.combine(Arbitraries.maps(words, words).ofMinSize(1).ofMaxSize(2), words).as(ScalarMask.GeneraliseValues::new),
                Arbitraries.integers().between(1, 3).map(ScalarMask.GeneralisePrefix::new),
                Arbitraries.integers().between(0, 3).set().ofMinSize(1).ofMaxSize(2).map(TestMasksProperties::ranges),
                // Widths that are the same number, written otherwise
                Arbitraries.of("1", "1.0", "10", "2").map(width -> new ScalarMask.Bucket(new BigDecimal(width))),
                Arbitraries.of(Unit.values()).map(ScalarMask.Truncate::new));
    }

    private static Mask ranges(Set<Integer> bounds)
    {
        return new ScalarMask.GeneraliseRanges(bounds.stream().sorted().map(BigDecimal::valueOf).toList());
    }
}
