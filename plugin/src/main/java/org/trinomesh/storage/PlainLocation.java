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
package org.trinomesh.storage;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.trino.filesystem.Location;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

import static java.lang.Integer.parseInt;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;
import static java.util.regex.Matcher.quoteReplacement;

/**
 * A location whose text is unambiguous, so that it can be decided whether it is below another one. No segment of it is empty,
 * {@code .} or {@code ..}, not even when somebody decodes it.
 *
 * @param store scheme, user, host and port; schemes that name the same store are one
 * @param segments the names of the folders and of the file
 */
record PlainLocation(String store, List<String> segments)
{
    private static final Splitter SLASHES = Splitter.on('/');
    private static final String LOCAL = "local";
    // Each pair is read by one file system: SwitchingFileSystem and LocalFileSystem of Trino
    private static final Map<String, String> ALIASES = ImmutableMap.of(
            "s3a", "s3",
            "s3n", "s3",
            "abfss", "abfs",
            "wasbs", "wasb",
            "file", LOCAL);
    private static final Pattern ENCODED = Pattern.compile("%([0-9a-fA-F]{2})");
    private static final int DECODINGS = 4;

    PlainLocation
    {
        requireNonNull(store, "store is null");
        segments = ImmutableList.copyOf(requireNonNull(segments, "segments is null"));
    }

    /**
     * @return empty for a location that is not plain, which nothing may be read from
     */
    static Optional<PlainLocation> of(String text)
    {
        Location location;
        try {
            location = Location.of(text);
        }
        catch (RuntimeException _) {
            return Optional.empty();
        }
        if (location.scheme().isEmpty()) {
            return Optional.empty();
        }
        String path = location.path().endsWith("/") ? location.path().substring(0, location.path().length() - 1) : location.path();
        List<String> segments = path.isEmpty() ? ImmutableList.of() : SLASHES.splitToList(path);
        if (!segments.stream().allMatch(PlainLocation::isPlain)) {
            return Optional.empty();
        }
        String scheme = location.scheme().orElseThrow().toLowerCase(ENGLISH);
        OptionalInt port = location.port();
        return Optional.of(new PlainLocation(
                "%s://%s@%s:%s".formatted(
                        ALIASES.getOrDefault(scheme, scheme),
                        location.userInfo().orElse(""),
                        location.host().orElse(""),
                        port.isPresent() ? port.getAsInt() : ""),
                segments));
    }

    boolean isLocal()
    {
        return store.startsWith(LOCAL + ":");
    }

    boolean isBelow(PlainLocation folder)
    {
        return store.equals(folder.store) &&
                segments.size() >= folder.segments.size() &&
                segments.subList(0, folder.segments.size()).equals(folder.segments);
    }

    private static boolean isPlain(String segment)
    {
        if (segment.isEmpty() || segment.indexOf('\\') >= 0 || segment.chars().anyMatch(Character::isISOControl)) {
            return false;
        }
        // Names of partitions are encoded, and no file system of Trino decodes them; one that did must not climb
        String decoded = segment;
        for (int i = 0; i < DECODINGS; i++) {
            if (SLASHES.splitToStream(decoded.replace('\\', '/')).anyMatch(part -> part.equals(".") || part.equals(".."))) {
                return false;
            }
            decoded = ENCODED.matcher(decoded).replaceAll(code -> quoteReplacement(Character.toString((char) parseInt(code.group(1), 16))));
        }
        return true;
    }
}
