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
package org.trinomesh.rule;

import org.trinomesh.problem.Located;
import org.trinomesh.problem.Position;
import org.trinomesh.yaml.ObjectReader;
import org.trinomesh.yaml.ObjectShape;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * A waiver as written: a product that need not keep a check until a day.
 */
public record WaiverDescriptor(
        Optional<Located<String>> check,
        Optional<Located<String>> product,
        Optional<Located<LocalDate>> until,
        Optional<String> reason,
        Optional<String> approvedBy,
        Position position)
{
    public static final ObjectShape SHAPE = ObjectShape.of("a waiver").required("check", "product", "reason", "until").optional("approvedBy");

    public WaiverDescriptor
    {
        requireNonNull(check, "check is null");
        requireNonNull(product, "product is null");
        requireNonNull(until, "until is null");
        requireNonNull(reason, "reason is null");
        requireNonNull(approvedBy, "approvedBy is null");
        requireNonNull(position, "position is null");
    }

    public static List<WaiverDescriptor> readAll(ObjectReader reader)
    {
        return reader.objects("waivers", SHAPE).stream()
                .map(waiver -> new WaiverDescriptor(
                        waiver.text("check"),
                        waiver.text("product"),
                        waiver.date("until"),
                        waiver.text("reason").map(Located::value),
                        waiver.text("approvedBy").map(Located::value),
                        waiver.position()))
                .collect(toImmutableList());
    }
}
