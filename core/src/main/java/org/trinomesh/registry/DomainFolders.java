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
package org.trinomesh.registry;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.TreeMultimap;
import org.trinomesh.descriptor.Descriptor;
import org.trinomesh.descriptor.DescriptorFile;
import org.trinomesh.descriptor.ProductDescriptor;
import org.trinomesh.platform.DomainFolder;
import org.trinomesh.platform.PlaceNames;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Position;
import org.trinomesh.problem.Problem;
import org.trinomesh.problem.Problems;
import org.trinomesh.product.SqlNames;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * The folders below {@code domains/}, of which each must be a domain of its own. Two folders with one name in SQL could each
 * speak for the other domain, so both are ignored.
 */
final class DomainFolders
{
    private final TreeMultimap<String, String> bySqlName = TreeMultimap.create();
    private final Set<String> colliding = new HashSet<>();
    private final Set<String> misnamed = new TreeSet<>();
    private final Set<String> misspelled = new TreeSet<>();

    DomainFolders(List<DescriptorFile> files)
    {
        Set<String> domains = new HashSet<>();
        for (DescriptorFile file : requireNonNull(files, "files is null")) {
            checkSpelling(file.path());
            DomainFolder.of(Position.startOf(file.path())).map(DomainFolder::written).filter(domains::add).ifPresent(this::add);
        }
        bySqlName.asMap().values().stream().filter(folders -> folders.size() > 1).forEach(colliding::addAll);
    }

    private void add(String folder)
    {
        Optional<String> sqlName = SqlNames.of(folder);
        sqlName.ifPresent(name -> bySqlName.put(name, folder));
        if (sqlName.isEmpty() && !folder.startsWith(".")) {
            misnamed.add(folder);
        }
    }

    private void checkSpelling(String file)
    {
        String first = file.substring(0, Math.max(0, file.indexOf('/')));
        if (isOtherCase(first, PlaceNames.GOVERNANCE) || isOtherCase(first, PlaceNames.DOMAINS)) {
            misspelled.add(first);
        }
        DomainFolder.of(Position.startOf(file)).map(DomainFolder::written).ifPresent(folder -> {
            String prefix = PlaceNames.DOMAINS + "/" + folder + "/";
            int end = file.indexOf('/', prefix.length());
            if (end > 0 && isOtherCase(file.substring(prefix.length(), end), PlaceNames.GOVERNANCE)) {
                misspelled.add(file.substring(0, end));
            }
        });
    }

    /**
     * Whether nothing in the folder of this file counts, because another folder has the same name in SQL.
     */
    boolean hasNameCollision(String file)
    {
        return !colliding.isEmpty() && DomainFolder.of(Position.startOf(file)).filter(folder -> colliding.contains(folder.written())).isPresent();
    }

    /**
     * The file without its documents, when its folder has the SQL name of another folder.
     */
    DescriptorFile withoutCollisions(DescriptorFile file)
    {
        if (!hasNameCollision(file.path())) {
            return file;
        }
        Problems problems = new Problems();
        problems.addAll(file.problems());
        if (file.descriptors().isEmpty()) {
            problems.add(collision(file.path(), Position.startOf(file.path())));
        }
        file.descriptors().forEach(descriptor -> problems.add(collision(file.path(), descriptor)));
        return new DescriptorFile(file.path(), ImmutableList.of(), problems.toList());
    }

    List<Problem> problems()
    {
        Problems problems = new Problems();
        for (String folder : misnamed) {
            String place = PlaceNames.DOMAINS + "/" + folder;
            String likely = folder.toLowerCase(ENGLISH).replaceAll("[^a-z0-9_-]+", "-");
            problems.error(
                    Position.startOf(place),
                    "'%s' cannot be the name of a domain, so documents in this folder are ignored".formatted(folder),
                    SqlNames.of(likely).map(_ -> "rename the folder to " + PlaceNames.DOMAINS + "/" + likely).orElse(SqlNames.NAME_REMEDY));
        }
        for (String folder : misspelled) {
            String name = folder.substring(folder.lastIndexOf('/') + 1);
            problems.error(
                    Position.startOf(folder),
                    "folder '%s' is not read as '%s', whose name is in lower case".formatted(name, name.toLowerCase(ENGLISH)),
                    "rename it to '%s'".formatted(name.toLowerCase(ENGLISH)));
        }
        return problems.toList();
    }

    private Problem collision(String file, Descriptor descriptor)
    {
        Problem problem = collision(file, descriptor.position());
        if (descriptor instanceof ProductDescriptor product) {
            return product.metadata().owner().map(Located::value).map(problem::ownedBy).orElse(problem);
        }
        return problem;
    }

    private Problem collision(String file, Position position)
    {
        Set<String> folders = sameName(file);
        String sqlName = SqlNames.of(folders.iterator().next()).orElseThrow();
        return Problem.error(
                position,
                "folders %s are both domain '%s' in SQL, so both are ignored".formatted(folders.stream().map(folder -> "'" + PlaceNames.DOMAINS + "/" + folder + "'").collect(joining(" and ")), sqlName),
                "keep one folder for the domain").about(sqlName);
    }

    private Set<String> sameName(String file)
    {
        return DomainFolder.of(Position.startOf(file))
                .flatMap(folder -> SqlNames.of(folder.written()))
                .map(name -> (Set<String>) bySqlName.get(name))
                .orElse(ImmutableSet.of());
    }

    private static boolean isOtherCase(String folder, String name)
    {
        return folder.equalsIgnoreCase(name) && !folder.equals(name);
    }
}
