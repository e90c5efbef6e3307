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
package org.trinomesh.descriptor;

import com.google.common.collect.ImmutableList;
import org.trinomesh.problem.Located;
import org.trinomesh.product.Discovery.SampleQuery;
import org.trinomesh.yaml.DescriptorNode;
import org.trinomesh.yaml.ObjectReader;
import org.trinomesh.yaml.ObjectShape;

import java.util.List;
import java.util.Optional;

import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * Reads the context of a document of the standards, which is one text or a block of instructions, constraints and statements. Of
 * the statements only those count whose answer is a query; the others are noted as not interpreted.
 */
public final class ContextReader
{
    static final ObjectShape CONTEXT = ObjectShape.of("context").optional("instructions", "verifiedStatements", "constraints");
    static final ObjectShape STATEMENT = ObjectShape.of("a verified statement").required("question").optional("id", "answer", "tags", "customProperties", "authoritativeDefinitions");
    static final ObjectShape CONSTRAINT = ObjectShape.of("a constraint").required("constraint").optional("id", "tags", "customProperties", "authoritativeDefinitions");

    private final StandardBlocks blocks;

    /**
     * What is written for those who ask questions of the data, people and tools alike.
     *
     * @param queries the questions whose answer is SQL
     */
    public record Context(List<String> instructions, List<SampleQuery> queries)
    {
        static final Context NONE = new Context(ImmutableList.of(), ImmutableList.of());

        public Context
        {
            instructions = ImmutableList.copyOf(requireNonNull(instructions, "instructions is null"));
            queries = ImmutableList.copyOf(requireNonNull(queries, "queries is null"));
        }
    }

    public ContextReader(StandardBlocks blocks)
    {
        this.blocks = requireNonNull(blocks, "blocks is null");
    }

    public Context read(ObjectReader reader)
    {
        Optional<DescriptorNode> written = reader.given("context");
        if (written.isEmpty()) {
            return Context.NONE;
        }
        if (written.get() instanceof DescriptorNode.Text text) {
            return new Context(text.value().isBlank() ? ImmutableList.of() : ImmutableList.of(text.value().strip()), ImmutableList.of());
        }
        return ObjectReader.of(written.get(), blocks.shape(CONTEXT), blocks.problems()).map(this::readBlock).orElse(Context.NONE);
    }

    private Context readBlock(ObjectReader context)
    {
        ImmutableList.Builder<String> instructions = ImmutableList.builder();
        context.text("instructions").map(Located::value).ifPresent(instructions::add);
        blocks.objects(context, "constraints", CONSTRAINT).forEach(entry -> entry.text("constraint").ifPresent(constraint -> instructions.add(constraint.value())));
        ImmutableList.Builder<SampleQuery> queries = ImmutableList.builder();
        for (ObjectReader statement : blocks.objects(context, "verifiedStatements", STATEMENT)) {
            Optional<Located<String>> question = statement.text("question");
            Optional<Located<String>> answer = statement.text("answer");
            if (question.isPresent() && answer.filter(text -> isQuery(text.value())).isPresent()) {
                queries.add(new SampleQuery(question.get().value(), answer.get().value(), Optional.empty()));
            }
            else {
                blocks.ignore("context.verifiedStatements[] without a query");
            }
        }
        return new Context(instructions.build(), queries.build());
    }

    private static boolean isQuery(String answer)
    {
        String lower = answer.toLowerCase(ENGLISH);
        return lower.startsWith("select ") || lower.startsWith("select\n") || lower.startsWith("with ");
    }
}
