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

import com.google.common.collect.ImmutableSet;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.util.Objects.requireNonNull;

/**
 * The status of one file name, without following links. It takes a single call, because a refresh asks for every file.
 */
record FileStatus(Kind kind, FileStamp stamp)
{
    private static final Set<String> VIEWS = ImmutableSet.copyOf(FileSystems.getDefault().supportedFileAttributeViews());

    enum Kind
    {
        FILE,
        FOLDER,
        LINK,
        OTHER,
    }

    FileStatus
    {
        requireNonNull(kind, "kind is null");
        requireNonNull(stamp, "stamp is null");
    }

    static FileStatus of(Path path)
            throws IOException
    {
        if (!VIEWS.contains("unix")) {
            return basic(path, Optional.empty());
        }
        Map<String, Object> attributes = Files.readAttributes(path, "unix:isRegularFile,isDirectory,isSymbolicLink,lastModifiedTime,ctime,size,fileKey", NOFOLLOW_LINKS);
        return new FileStatus(
                kind((boolean) attributes.get("isRegularFile"), (boolean) attributes.get("isDirectory"), (boolean) attributes.get("isSymbolicLink")),
                new FileStamp((FileTime) attributes.get("lastModifiedTime"), Optional.of((FileTime) attributes.get("ctime")), (long) attributes.get("size"), Optional.ofNullable(attributes.get("fileKey"))));
    }

    /**
     * Whether the status is still the same a moment later. This takes half the time, and misses a change whose time somebody set
     * to the previous one; a later refresh sees it.
     */
    boolean isStillOf(Path path)
            throws IOException
    {
        return basic(path, stamp.changed()).equals(this);
    }

    private static FileStatus basic(Path path, Optional<FileTime> changed)
            throws IOException
    {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS);
        return new FileStatus(
                kind(attributes.isRegularFile(), attributes.isDirectory(), attributes.isSymbolicLink()),
                new FileStamp(attributes.lastModifiedTime(), changed, attributes.size(), Optional.ofNullable(attributes.fileKey())));
    }

    private static Kind kind(boolean file, boolean folder, boolean link)
    {
        if (file) {
            return Kind.FILE;
        }
        if (folder) {
            return Kind.FOLDER;
        }
        return link ? Kind.LINK : Kind.OTHER;
    }
}
