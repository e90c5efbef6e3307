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
package org.trinomesh.connector;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.trino.spi.connector.ConnectorTableHandle;
import io.trino.spi.connector.SchemaTableName;

import static java.util.Objects.requireNonNull;

/**
 * The handle of the table into which a refresh stores rows. It may not exist before the refresh begins.
 *
 * @param name that of its {@link MeshRelation.StorageRelation}
 */
public record RefreshTargetHandle(SchemaTableName name)
        implements ConnectorTableHandle
{
    @JsonCreator
    public RefreshTargetHandle(@JsonProperty("name") SchemaTableName name)
    {
        this.name = requireNonNull(name, "name is null");
    }

    @JsonProperty
    @Override
    public SchemaTableName name()
    {
        return name;
    }
}
