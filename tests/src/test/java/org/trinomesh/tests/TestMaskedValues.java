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
package org.trinomesh.tests;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.Sets;
import io.trino.testing.AbstractTestQueryFramework;
import io.trino.testing.MaterializedResult;
import io.trino.testing.MaterializedRow;
import io.trino.testing.QueryRunner;
import org.junit.jupiter.api.Test;
import org.trinomesh.query.generated.GeneratedColumn;
import org.trinomesh.query.generated.GeneratedProduct;
import org.trinomesh.query.generated.MaskedSources;
import org.trinomesh.query.generated.QueryGenerator;
import org.trinomesh.query.generated.Secret;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.tests.MeshQueryRunner.as;

/**
 * Products of random queries over masked columns, whose values are found nowhere else: ana, who sees these columns masked, gets none of
 * their values through a column that hands them on, and finn, for whom nothing is masked, gets them.
 */
final class TestMaskedValues
        extends AbstractTestQueryFramework
{
    private static final long SEED = 20260615;

    private final List<GeneratedProduct> products = new QueryGenerator(SEED, 1).products(60);
    private EmbeddedMesh mesh;

    /**
     * What somebody gets of a product.
     *
     * @param values the text of the values of each column; one that is hidden has none
     * @param failure of a statement that fails; empty otherwise
     */
    private record Answer(ListMultimap<String, String> values, String failure)
    {
        Answer
        {
            values = ImmutableListMultimap.copyOf(requireNonNull(values, "values is null"));
            requireNonNull(failure, "failure is null");
        }

        Set<Secret> shownIn(GeneratedColumn column)
        {
            return values.get(column.name()).stream().flatMap(value -> Secret.shownIn(value).stream()).collect(toImmutableSet());
        }
    }

    @Override
    protected QueryRunner createQueryRunner()
            throws Exception
    {
        EmbeddedMesh.Builder builder = EmbeddedMesh.of(MeshDocument.of());
        MaskedSources.documents().forEach(builder::write);
        products.forEach(product -> builder.write(product.file(), product.document()));
        mesh = closeAfterClass(builder.start());
        mesh.runPipeline("CREATE SCHEMA lake.sales");
        mesh.runPipeline("CREATE SCHEMA lake.hr");
        MaskedSources.PRODUCTS.forEach(product -> mesh.runPipeline("CREATE TABLE lake.%s.%s AS %s".formatted(product.domain(), product.name(), product.sql())));
        return mesh.runner();
    }

    @Test
    void testNoValueIsShownThroughAColumnThatHandsItOn()
            throws Exception
    {
        List<Answer> analyst = answers("ana");
        List<Answer> owner = answers("finn");
        List<String> leaks = new ArrayList<>();
        List<String> surprises = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        Set<Secret> clear = new HashSet<>();
        int handedOn = 0;
        int shown = 0;
        for (int index = 0; index < products.size(); index++) {
            GeneratedProduct product = products.get(index);
            String failures = analyst.get(index).failure() + owner.get(index).failure();
            if (!failures.isEmpty()) {
                refused.add("%s: %s".formatted(failures, product.sql()));
                continue;
            }
            for (GeneratedColumn column : product.columns()) {
                Set<Secret> unchanged = column.origin().unchanged();
                Set<Secret> seen = owner.get(index).shownIn(column);
                Set<Secret> surprising = Sets.difference(seen, Sets.union(unchanged, column.origin().computed()));
                if (!surprising.isEmpty()) {
                    surprises.add("%s shows %s to finn: %s".formatted(column.name(), surprising, product.sql()));
                }
                clear.addAll(seen);
                handedOn += unchanged.isEmpty() ? 0 : 1;
                shown += Sets.intersection(unchanged, seen).isEmpty() ? 0 : 1;
                Set<Secret> leaked = Sets.difference(analyst.get(index).shownIn(column), mayBeShown(column));
                if (!leaked.isEmpty()) {
                    leaks.add("%s shows %s: %s".formatted(column.name(), leaked, product.sql()));
                }
            }
        }
        assertThat(leaks).as("leaks with seed %s", SEED).isEmpty();
        // A domain publishes what it does not see itself, or the generator is wrong
        assertThat(surprises).as("values that come from nowhere, with seed %s", SEED).isEmpty();
        assertThat(refused).as("products that the engine refuses").hasSizeLessThanOrEqualTo(products.size() / 10);
        assertThat(clear).as("what finn sees").containsAll(MaskedSources.clearToSome());
        assertThat(shown).as("columns that show finn what they hand on").isGreaterThan(handedOn / 2);
    }

    /**
     * A value that is computed may have the masked value inside, unless a tag says that it may not.
     */
    private static Set<Secret> mayBeShown(GeneratedColumn column)
    {
        return column.origin().computed().stream()
                .filter(secret -> !secret.tagged() && !column.origin().unchanged().contains(secret))
                .collect(toImmutableSet());
    }

    private List<Answer> answers(String user)
            throws Exception
    {
        try (ExecutorService executor = Executors.newFixedThreadPool(4)) {
            List<Future<Answer>> answers = products.stream().map(product -> executor.submit(() -> answer(user, product))).collect(toImmutableList());
            ImmutableList.Builder<Answer> results = ImmutableList.builder();
            for (Future<Answer> answer : answers) {
                results.add(answer.get());
            }
            return results.build();
        }
    }

    private Answer answer(String user, GeneratedProduct product)
    {
        try {
            MaterializedResult result = mesh.runner().execute(as(user), "SELECT * FROM mesh.%s.%s".formatted(product.domain(), product.name()));
            ImmutableListMultimap.Builder<String, String> values = ImmutableListMultimap.builder();
            for (int index = 0; index < result.getColumnNames().size(); index++) {
                for (MaterializedRow row : result) {
                    values.put(result.getColumnNames().get(index), String.valueOf(row.getField(index)));
                }
            }
            return new Answer(values.build(), "");
        }
        catch (RuntimeException e) {
            boolean hidden = e.getMessage().contains("all columns of it are hidden from you");
            return new Answer(ImmutableListMultimap.of(), hidden ? "" : "%s: %s. ".formatted(user, e.getMessage()));
        }
    }
}
