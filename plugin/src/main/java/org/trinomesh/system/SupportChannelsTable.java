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
package org.trinomesh.system;

import org.trinomesh.disclosure.ProductPart;
import org.trinomesh.product.SupportChannel;

import java.util.stream.Stream;

import static org.trinomesh.disclosure.Closeness.DISCOVERER;

/**
 * The table {@code support_channels}: how to reach the people behind data products.
 */
final class SupportChannelsTable
        implements SystemRows<ProductPart<SupportChannel>>
{
    private static final SystemTableSchema<ProductPart<SupportChannel>> SCHEMA = SystemTableSchema.<ProductPart<SupportChannel>>ofProducts("support_channels", "How to reach the people behind the data products you may discover")
            .text("channel", DISCOVERER, "Name of the channel", row -> row.part().channel())
            .text("url", DISCOVERER, "Where it is", row -> row.part().url())
            .text("tool", DISCOVERER, "email, slack, teams, ticket, ...", row -> row.part().tool())
            .text("scope", DISCOVERER, "What it is for: interactive, announcements, issues, notifications", row -> row.part().scope())
            .text("invitation_url", DISCOVERER, "Link to join the channel", row -> row.part().invitationUrl())
            .text("description", DISCOVERER, "What to expect", row -> row.part().description())
            .build();

    @Override
    public SystemTableSchema<ProductPart<SupportChannel>> schema()
    {
        return SCHEMA;
    }

    @Override
    public Stream<ProductPart<SupportChannel>> rows(SystemRequest request)
    {
        return request.products().flatMap(visible -> visible.parts(visible.product().support()));
    }
}
