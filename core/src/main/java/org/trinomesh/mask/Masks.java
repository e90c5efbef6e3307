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

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Sets;

import java.util.Comparator;
import java.util.TreeMap;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;

/**
 * Compares and combines masks.
 */
public final class Masks
{
    /**
     * The stricter first. Masks of the same kind are told apart by what they show, and in the end by their text, so that the order
     * of rules never matters.
     */
    public static final Comparator<Mask> STRICTEST_FIRST = comparingInt(Mask::strictness).reversed()
            .thenComparing(Masks::compareWithinKind)
            .thenComparing(comparing(Mask::toString));

    private Masks() {}

    /**
     * The mask that shows no more than either. Masks of fields are combined field by field.
     */
    public static Mask combine(Mask left, Mask right)
    {
        if (left instanceof Mask.RowFields(var leftFields) && right instanceof Mask.RowFields(var rightFields)) {
            ImmutableMap.Builder<String, Mask> fields = ImmutableMap.builder();
            // What one of them does not list becomes NULL there, and so in both
            Sets.intersection(leftFields.keySet(), rightFields.keySet())
                    .forEach(name -> fields.put(name, combine(leftFields.get(name), rightFields.get(name))));
            return new Mask.RowFields(fields.buildOrThrow());
        }
        if (left instanceof Mask.MapValues(Mask leftValues) && right instanceof Mask.MapValues(Mask rightValues)) {
            return new Mask.MapValues(combine(leftValues, rightValues));
        }
        return STRICTEST_FIRST.compare(left, right) <= 0 ? left : right;
    }

    /**
     * Whether what a mask shows depends on the value: a part of it, its shape, the group that it is in, or a pseudonym.
     */
    public static boolean dependsOnValue(Mask mask)
    {
        return switch (mask) {
            case Mask.Null _, Mask.Fixed _ -> false;
            case Mask.RowFields(var fields) -> fields.values().stream().anyMatch(Masks::dependsOnValue);
            // Its keys are clear
            case Mask.MapValues _, Mask.Clear _, Mask.GlobalHash _, Mask.QueryLocalHash _, Mask.Tokenize _, ScalarMask _ -> true;
        };
    }

    private static int compareWithinKind(Mask left, Mask right)
    {
        if (left instanceof ScalarMask.Bucket(var width) && right instanceof ScalarMask.Bucket(var other)) {
            return other.compareTo(width);
        }
        if (left instanceof ScalarMask.GeneralisePrefix(int length) && right instanceof ScalarMask.GeneralisePrefix(int other)) {
            return Integer.compare(length, other);
        }
        if (left instanceof ScalarMask.GeneraliseRanges(var bounds) && right instanceof ScalarMask.GeneraliseRanges(var other)) {
            return Integer.compare(bounds.size(), other.size());
        }
        if (left instanceof ScalarMask.GeneraliseValues values && right instanceof ScalarMask.GeneraliseValues other) {
            return comparingInt((ScalarMask.GeneraliseValues mask) -> mask.values().size())
                    .thenComparing(mask -> new TreeMap<>(mask.values()).toString())
                    .thenComparing(ScalarMask.GeneraliseValues::otherwise)
                    .compare(values, other);
        }
        return 0;
    }
}
