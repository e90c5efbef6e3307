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
package org.trinomesh.platform;

import com.google.common.collect.ImmutableList;
import org.trinomesh.product.PhysicalTable;

import java.util.List;
import java.util.regex.Pattern;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * Which tables of a storage a domain may bind its products to.
 *
 * @param namespaces exact names, or beginnings of names with a star at the end
 * @param locations folders; everything in them is granted
 */
public record Grant(String domain, String storage, List<String> namespaces, List<String> locations)
{
    // Without empty, "." and ".." segments, encoded or not, a folder's text cannot name another folder
    private static final Pattern PLAIN_LOCATION = Pattern.compile("[a-z][a-z0-9+.-]*:/{1,3}[^/?#%\\\\*\\s]+(/[^/?#%\\\\*\\s]+)*/?|[a-z][a-z0-9+.-]*:/{1,3}");

    public Grant
    {
        requireNonNull(domain, "domain is null");
        requireNonNull(storage, "storage is null");
        // Lower case as the names of tables are
        namespaces = requireNonNull(namespaces, "namespaces is null").stream()
                .map(namespace -> namespace.toLowerCase(ENGLISH))
                .collect(toImmutableList());
        locations = ImmutableList.copyOf(requireNonNull(locations, "locations is null"));
    }

    boolean covers(PhysicalTable table)
    {
        return table.storage().equals(storage) && switch (table) {
            case PhysicalTable.CatalogTable(String _, String namespace, String _) -> coversNamespace(namespace);
            case PhysicalTable.LocatedTable(String _, String location) -> coversLocation(location);
        };
    }

    /**
     * @param pattern an exact name, or the beginning of names with a star
     */
    public boolean coversNamespaces(String pattern)
    {
        return pattern.endsWith("*")
                ? namespaces.stream().anyMatch(own -> own.endsWith("*") && pattern.startsWith(own.substring(0, own.length() - 1)))
                : coversNamespace(pattern);
    }

    private boolean coversNamespace(String namespace)
    {
        return namespaces.stream().anyMatch(pattern -> pattern.endsWith("*")
                ? namespace.startsWith(pattern.substring(0, pattern.length() - 1))
                : namespace.equals(pattern));
    }

    public boolean coversLocation(String location)
    {
        return isPlainLocation(location) && locations.stream()
                .map(folder -> folder.endsWith("/") ? folder : folder + "/")
                .anyMatch(folder -> (location + "/").startsWith(folder));
    }

    static boolean isPlainLocation(String location)
    {
        return PLAIN_LOCATION.matcher(location).matches() && !(location + "/").contains("/../") && !(location + "/").contains("/./");
    }
}
