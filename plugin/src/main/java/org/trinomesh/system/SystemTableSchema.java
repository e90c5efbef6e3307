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

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.trino.spi.block.Block;
import io.trino.spi.block.BlockBuilder;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.connector.ConnectorTableMetadata;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.Type;
import org.trinomesh.connector.MeshSchema;

import java.util.Collection;
import java.util.Optional;

import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.BooleanType.BOOLEAN;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.util.Objects.requireNonNull;

/**
 * Writes down the columns of a system table, each with what it means.
 */
final class SystemTableSchema
{
    static final ArrayType VARCHAR_ARRAY = new ArrayType(VARCHAR);

    private final String name;
    private final String comment;
    private final ImmutableList.Builder<ColumnMetadata> columns = ImmutableList.builder();

    private SystemTableSchema(String name, String comment)
    {
        this.name = requireNonNull(name, "name is null");
        this.comment = requireNonNull(comment, "comment is null");
    }

    static SystemTableSchema table(String name, String comment)
    {
        return new SystemTableSchema(name, comment);
    }

    SystemTableSchema text(String name, String comment)
    {
        return column(name, VARCHAR, comment);
    }

    SystemTableSchema texts(String name, String comment)
    {
        return column(name, VARCHAR_ARRAY, comment);
    }

    SystemTableSchema number(String name, String comment)
    {
        return column(name, BIGINT, comment);
    }

    SystemTableSchema flag(String name, String comment)
    {
        return column(name, BOOLEAN, comment);
    }

    SystemTableSchema column(String name, Type type, String comment)
    {
        columns.add(ColumnMetadata.builder().setName(name).setType(type).setComment(Optional.of(comment)).build());
        return this;
    }

    ConnectorTableMetadata build()
    {
        return new ConnectorTableMetadata(new SchemaTableName(MeshSchema.SYSTEM.schemaName(), name), columns.build(), ImmutableMap.of(), Optional.of(comment));
    }

    /**
     * An {@code array(varchar)} value, as the engine wants it in a row.
     */
    static Block array(Collection<String> values)
    {
        BlockBuilder block = VARCHAR.createBlockBuilder(null, values.size());
        values.forEach(value -> VARCHAR.writeString(block, value));
        return block.build();
    }
}
