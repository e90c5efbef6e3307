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
package org.trinomesh.disclosure;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import org.trinomesh.governance.Decision;

import java.util.Set;

/**
 * How close a requester stands to a data product. Every fact that is told of a product has one of these as its audience.
 *
 * <p>A requester has a set of them, because they have no order: a steward of the mesh knows of every product, but may not read one for that reason,
 * an owner need not read its own, and rules may keep something from a steward.
 */
public enum Closeness
{
    /**
     * May know that the product exists, what it promises, whose it is and how to ask for it.
     */
    DISCOVERER,
    /**
     * Reads the product, of which masks, hidden columns and row filters may keep something.
     */
    READER,
    /**
     * Reads every column and every row as they are.
     */
    READER_OF_EVERYTHING,
    /**
     * Answers for the product: its owner, its stewards, and the stewards of the mesh.
     */
    RESPONSIBLE,
    /**
     * Rules make the requester a steward of the product, also while nobody reads it.
     */
    STEWARD,
    /**
     * A steward who reads everything, and so also sees what the contract does not promise: metadata tables, hidden columns, branches.
     */
    UNRESTRICTED_STEWARD,
    /**
     * A steward of the whole mesh.
     */
    MESH_STEWARD;

    /**
     * The closeness of a requester who may only discover the product.
     */
    public static final Set<Closeness> DISCOVERERS = Sets.immutableEnumSet(DISCOVERER);

    /**
     * @param steward whether rules make the requester a steward of the product
     * @param owner whether the product belongs to the requester
     * @param meshSteward whether the requester is a steward of the whole mesh
     */
    public static Set<Closeness> of(Decision decision, boolean steward, boolean owner, boolean meshSteward)
    {
        boolean everything = decision instanceof Decision.Readable readable && !readable.isRestricted();
        ImmutableSet.Builder<Closeness> closeness = ImmutableSet.builder();
        add(closeness, DISCOVERER, decision.isDiscoverable() || owner || meshSteward);
        add(closeness, READER, decision.isReadable());
        add(closeness, READER_OF_EVERYTHING, everything);
        add(closeness, RESPONSIBLE, steward || owner || meshSteward);
        add(closeness, STEWARD, steward);
        add(closeness, UNRESTRICTED_STEWARD, steward && everything);
        add(closeness, MESH_STEWARD, meshSteward);
        return Sets.immutableEnumSet(closeness.build());
    }

    private static void add(ImmutableSet.Builder<Closeness> all, Closeness closeness, boolean holds)
    {
        if (holds) {
            all.add(closeness);
        }
    }
}
