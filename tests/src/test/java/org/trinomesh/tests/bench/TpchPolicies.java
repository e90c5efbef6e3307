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
package org.trinomesh.tests.bench;

import com.google.common.collect.ImmutableMap;

import java.util.Map;

/**
 * Fifty rules about the tables of TPC-H: for everybody else five about each table and seven about all; of three more, which
 * are about personal columns of customer, only one reader is exempt. Two further rules are about the tables that TPC-H does
 * not have.
 */
final class TpchPolicies
{
    static final String EXEMPT = "ana";
    static final String MASKED = "mia";
    static final String SHIP_MODE = "AIR";

    private static final Map<String, String> KEYS = ImmutableMap.<String, String>builder()
            .put("customer", "c_custkey")
            .put("lineitem", "l_orderkey")
            .put("nation", "n_nationkey")
            .put("orders", "o_orderkey")
            .put("part", "p_partkey")
            .put("partsupp", "ps_partkey")
            .put("region", "r_regionkey")
            .put("supplier", "s_suppkey")
            .buildOrThrow();

    private TpchPolicies() {}

    static String policy()
    {
        StringBuilder masks = new StringBuilder();
        StringBuilder hidden = new StringBuilder();
        StringBuilder filters = new StringBuilder();
        StringBuilder denials = new StringBuilder();
        KEYS.forEach((table, key) -> {
            masks.append(rule(table + "-comments", "match: {products: [tpch.%s], columns: [\"*comment\"]}, mask: replace-with-null".formatted(table)));
            masks.append(rule(table + "-keys", "match: {products: [tpch.%s], columns: [%s]}, mask: {action: bucket, width: 10}".formatted(table, key)));
            hidden.append(rule(table + "-names", "match: {products: [tpch.%s], columns: [\"*_name\", \"*_address\", \"*_phone\"]}".formatted(table)));
            filters.append(rule(table + "-rows", "match: {products: [tpch.%s]}, filter: \"%s >= 100\"".formatted(table, key)));
            denials.append(rule(table + "-nobody", "match: {products: [tpch.%s]}, principals: [{group: outsiders}]".formatted(table)));
        });
        for (String column : new String[] {"*price", "*cost", "*acctbal", "*discount", "*tax", "*quantity", "*qty"}) {
            masks.append(rule("column-" + column.substring(1), "match: {domains: [tpch], columns: [\"%s\"]}, mask: replace-with-null".formatted(column)));
        }
        for (String column : new String[] {"c_name", "c_address", "c_phone"}) {
            masks.append("    - {id: personal-%1$s, match: {products: [tpch.customer], tags: [personal], columns: [%1$s]}, mask: mask-to-fixed-value, except: [{user: %2$s}]}\n".formatted(column, EXEMPT));
        }
        masks.append("    - {id: visitors, match: {products: [tpch.visitors], columns: [visitor]}, mask: {action: tokenize, identifier: visitor_id}, except: [{user: %s}]}\n".formatted(EXEMPT));
        filters.append("    - {id: one-ship-mode, match: {products: [tpch.shipments]}, filter: \"l_shipmode = '%s'\", except: [{user: %s}]}\n".formatted(SHIP_MODE, EXEMPT));
        return grants() +
                "  classifications:\n    - {id: personal, match: {columns: [c_name, c_address, c_phone]}, tags: [personal]}\n" +
                "  masks:\n" + masks +
                "  hiddenColumns:\n" + hidden +
                "  rowFilters:\n" + filters +
                "  denials:\n" + denials;
    }

    /**
     * What the document of the mesh has to list for the pseudonyms.
     */
    static String identifiers()
    {
        return "  identifiers:\n    - {type: visitor_id, domains: [tpch]}\n";
    }

    /**
     * That both readers may read.
     */
    static String grants()
    {
        return """
               apiVersion: datamesh/v1
               kind: GovernancePolicy
               metadata: {name: benchmark, owner: governance}
               spec:
                 grants:
                   - {id: readers, match: {domains: [tpch]}, principals: [{user: %s}], permissions: [read]}
               """.formatted(MASKED);
    }

    private static String rule(String id, String rule)
    {
        return "    - {id: %s, %s, except: [{user: %s}, {user: %s}]}\n".formatted(id, rule, EXEMPT, MASKED);
    }
}
