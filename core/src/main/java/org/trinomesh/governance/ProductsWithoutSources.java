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
package org.trinomesh.governance;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.trinomesh.policy.FieldKnowledge;
import org.trinomesh.policy.ProductPolicy;
import org.trinomesh.policy.Reason;
import org.trinomesh.problem.Fault;
import org.trinomesh.problem.Problem;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.ProductId;
import org.trinomesh.registry.Mesh;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import static java.util.Objects.requireNonNull;

/**
 * What may be told of products whose domain may not know of what their queries read: what their documents and the rules about them say.
 * Their authors may have guessed a name, so nothing is told of what the source says.
 */
final class ProductsWithoutSources
{
    private final Mesh mesh;
    private final PolicyBook book;
    private final FieldKnowledge knowledge;
    private final Map<ProductId, WithoutSources> known = new ConcurrentHashMap<>();

    /**
     * The rules applied to a product as if its queries read nothing.
     */
    record WithoutSources(ProductPolicy policy, List<Problem> problems)
    {
        WithoutSources
        {
            requireNonNull(policy, "policy is null");
            problems = ImmutableList.copyOf(requireNonNull(problems, "problems is null"));
        }
    }

    ProductsWithoutSources(Mesh mesh, PolicyBook book, FieldKnowledge knowledge)
    {
        this.mesh = requireNonNull(mesh, "mesh is null");
        this.book = requireNonNull(book, "book is null");
        this.knowledge = requireNonNull(knowledge, "knowledge is null");
    }

    WithoutSources of(DataProduct product)
    {
        return known.computeIfAbsent(product.id(), _ -> Fault.contain(
                "the rules about this data product cannot be applied, so it is out of service,",
                product.position(),
                () -> compile(product),
                fault -> new WithoutSources(ProductPolicy.closed(product, Reason.of("its rules cannot be applied", product.position())), ImmutableList.of(fault.about(product.domain(), product.sqlName(), product.owner())))));
    }

    private WithoutSources compile(DataProduct product)
    {
        ProductCompiler compiler = new ProductCompiler(
                product,
                mesh.domain(product.domain()).orElseThrow().rules(),
                book.rules().of(product, CompiledProduct.products(knowledge, product)),
                book.governance(),
                book.keys(),
                knowledge,
                ImmutableMap.of(),
                Optional.empty());
        return new WithoutSources(compiler.compile(), compiler.problems());
    }
}
