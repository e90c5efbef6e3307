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
package org.trinomesh.product;

import com.google.common.collect.Sets;

import java.util.Set;

/**
 * What an access rule of a data product allows. A permission does not include the others: {@code admin} alone does not allow
 * reading.
 */
public enum Permission
{
    /**
     * See in {@code mesh.system} that the product exists, who owns it and how to ask for it.
     */
    DISCOVER,
    /**
     * Read the product's tables. Includes {@link #DISCOVER}.
     */
    READ,
    /**
     * Pass on what one may read to others, by a view that runs as its owner.
     */
    SHARE,
    /**
     * Produce the product, by the domain's own pipeline, or by a refresh of the rows that its query computes. The mesh catalog writes nothing
     * else.
     */
    WRITE,
    /**
     * Be a steward of the product: together with {@link #READ}, its drafts and its metadata tables.
     */
    ADMIN;

    /**
     * What a domain may have, whose queries only read, to publish what they compute.
     */
    public static final Set<Permission> OF_DOMAINS = Sets.immutableEnumSet(DISCOVER, READ, SHARE);
}
