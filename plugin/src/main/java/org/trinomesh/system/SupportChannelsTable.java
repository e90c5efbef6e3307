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

import io.trino.spi.connector.ConnectorTableMetadata;
import org.trinomesh.disclosure.GovernedMesh;

import java.util.stream.Stream;

final class SupportChannelsTable
        implements SystemRows
{
    private static final ConnectorTableMetadata METADATA = SystemTableSchema.table("support_channels", "How to reach the people behind the data products you may discover")
            .text("domain", "Schema of the domain")
            .text("product", "Data product in SQL")
            .text("version", "Version of the data product")
            .text("channel", "Name of the channel")
            .text("url", "Where it is")
            .text("tool", "email, slack, teams, ticket, ...")
            .text("scope", "What it is for: interactive, announcements, issues, notifications")
            .text("invitation_url", "Where to be let in")
            .text("description", "What to expect")
            .build();

    @Override
    public ConnectorTableMetadata metadata()
    {
        return METADATA;
    }

    @Override
    public Stream<Object[]> rows(GovernedMesh mesh)
    {
        return mesh.discoverable().stream()
                .flatMap(product -> product.support().stream()
                        .map(channel -> new Object[] {
                                product.domain(),
                                product.sqlName(),
                                product.version().toString(),
                                channel.channel(),
                                channel.url().orElse(null),
                                channel.tool().orElse(null),
                                channel.scope().orElse(null),
                                channel.invitationUrl().orElse(null),
                                channel.description().orElse(null),
                        }));
    }
}
