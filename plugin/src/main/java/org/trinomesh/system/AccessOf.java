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
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ObjectArrays;
import io.trino.spi.block.Block;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.connector.ConnectorAccessControl;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.function.table.Argument;
import io.trino.spi.function.table.ConnectorTableFunctionHandle;
import io.trino.spi.function.table.TableFunctionAnalysis;
import io.trino.spi.security.AccessDeniedException;
import org.trinomesh.connector.QueryMeshes;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.disclosure.VisibleAccess;
import org.trinomesh.product.Requester;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.util.Objects.requireNonNull;

/**
 * {@code TABLE(mesh.system.access_of(user_name => 'ana', groups => ARRAY['analysts']))}: what {@code mesh.system.my_access}
 * would show somebody else, for the stewards of the mesh. It is evaluated for the identity that runs the query, so that a
 * view of a steward does not pass it on.
 */
public final class AccessOf
        extends RowsFunction<AccessOf.Handle>
{
    private static final String USER_NAME = "USER_NAME";
    private static final String GROUPS = "GROUPS";
    private static final String ROLES = "ROLES";

    private static final List<ColumnMetadata> COLUMNS = ImmutableList.<ColumnMetadata>builder()
            .add(ColumnMetadata.builder().setName("user_name").setType(VARCHAR).setComment(Optional.of("The user whose access you ask about")).build())
            .addAll(MyAccessTable.SCHEMA.metadata().getColumns())
            .build();

    private final QueryMeshes meshes;

    /**
     * The user whose access is asked for.
     */
    public record Handle(String user, Set<String> groups, Set<String> roles)
            implements ConnectorTableFunctionHandle
    {
        public Handle
        {
            requireNonNull(user, "user is null");
            groups = ImmutableSet.copyOf(requireNonNull(groups, "groups is null"));
            roles = ImmutableSet.copyOf(requireNonNull(roles, "roles is null"));
        }
    }

    public AccessOf(QueryMeshes meshes)
    {
        super("access_of", Handle.class, arguments(), COLUMNS, "What another user sees of the data products that this user may discover; only for stewards of the mesh");
        this.meshes = requireNonNull(meshes, "meshes is null");
    }

    private static List<FunctionArgument> arguments()
    {
        Block none = SystemTableSchema.array(ImmutableList.of());
        // A missing argument is not the same as no groups: a steward who forgets the groups would read that the user sees nothing
        return ImmutableList.of(
                FunctionArgument.required(USER_NAME, VARCHAR, "The user whose access you ask about"),
                FunctionArgument.optional(GROUPS, SystemTableSchema.VARCHAR_ARRAY, null, "The groups of that user. You have to give them, or roles, unless you ask about yourself: Trino does not tell a catalog the groups of other users"),
                FunctionArgument.optional(ROLES, SystemTableSchema.VARCHAR_ARRAY, none, "The enabled roles of that user"));
    }

    @Override
    public TableFunctionAnalysis analyze(ConnectorSession session, ConnectorTransactionHandle transaction, Map<String, Argument> arguments, ConnectorAccessControl accessControl)
    {
        String user = text(arguments, USER_NAME, "the name of a user");
        Set<String> roles = texts(arguments, ROLES);
        boolean known = isGiven(arguments, GROUPS) || !roles.isEmpty();
        Set<String> groups = isGiven(arguments, GROUPS) ? texts(arguments, GROUPS) : ownGroups(session, user);
        Handle handle = new Handle(user, groups, roles);
        checkSteward(session, handle);
        if (!known && !user.equals(session.getUser())) {
            throw invalid(GROUPS, "must be given: Trino does not tell a catalog the groups of other users; write groups => ARRAY['analysts'], or groups => ARRAY[] for a user who is in none");
        }
        return TableFunctionAnalysis.builder()
                .handle(handle)
                .build();
    }

    private static Set<String> ownGroups(ConnectorSession session, String user)
    {
        return user.equals(session.getUser()) ? session.getIdentity().getGroups() : ImmutableSet.of();
    }

    @Override
    protected Stream<Object[]> rows(ConnectorSession session, Handle handle)
    {
        return VisibleAccess.of(checkSteward(session, handle))
                .map(row -> ObjectArrays.concat(handle.user(), MyAccessTable.SCHEMA.row(row)));
    }

    private GovernedMesh checkSteward(ConnectorSession session, Handle handle)
    {
        return meshes.of(session).as(new Requester(handle.user(), handle.groups(), handle.roles()))
                .orElseThrow(() -> new AccessDeniedException("Cannot execute function access_of: it is for the stewards of the mesh; mesh.system.my_access has what you see yourself"));
    }
}
