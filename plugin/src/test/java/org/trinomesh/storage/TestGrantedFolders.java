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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class TestGrantedFolders
{
    private static final GrantedFolders BUCKET = new GrantedFolders(List.of("s3://lake/hr/", "s3://archive/hr"), Optional.empty());

    @Test
    void testFilesBelowAGrantedFolderAreOpened()
    {
        for (String location : List.of(
                "s3://lake/hr/pay/metadata/v1.metadata.json",
                "s3a://lake/hr/pay/data/00000.parquet",
                "S3N://lake/hr/pay/data/00000.parquet",
                "s3://archive/hr/pay/data/city=New%20York/at=2020-01-01T00%3A00/share=100%/1.parquet",
                "s3://lake/hr/pay/data/a..b/...parquet")) {
            assertThatCode(() -> BUCKET.check(location)).as(location).doesNotThrowAnyException();
        }
    }

    @Test
    void testNothingElseIsOpened()
    {
        for (String location : List.of(
                "s3://lake/hr2/pay.parquet",
                "s3://lake/sales/orders.parquet",
                "s3://lake/HR/pay.parquet",
                "s3://other/hr/pay.parquet",
                "s3://lake@other/hr/pay.parquet",
                "s3://lake:9000/hr/pay.parquet",
                "gs://lake/hr/pay.parquet",
                "local:///lake/hr/pay.parquet",
                "/lake/hr/pay.parquet",
                "lake/hr/pay.parquet",
                "",
                "s3://lake/hr/../sales/orders.parquet",
                "s3://lake/hr/./pay.parquet",
                "s3://lake/hr//pay.parquet",
                "s3://lake//hr/pay.parquet",
                "s3://lake/hr/%2e%2E/sales/orders.parquet",
                "s3://lake/hr/%252e%252e/sales/orders.parquet",
                "s3://lake/hr/..%2fsales/orders.parquet",
                "s3://lake/hr/..%5csales/orders.parquet",
                "s3://lake/hr/..\\sales/orders.parquet",
                "s3://lake/hr/pay\0.parquet")) {
            assertThatThrownBy(() -> BUCKET.check(location)).as(location)
                    .hasMessage("The data product is out of service: its metadata names a file that is not below a folder which the platform granted to its domain");
        }
    }

    @Test
    void testTheCatalogServiceMayBeTrusted()
    {
        GrantedFolders everywhere = new GrantedFolders(List.of(), Optional.empty());
        assertThatCode(() -> everywhere.check("s3://anywhere/../at/all")).doesNotThrowAnyException();
    }

    @Test
    void testALinkThatLeadsOutsideIsNotFollowed(@TempDir Path root)
            throws IOException
    {
        Files.createDirectories(root.resolve("granted/orders"));
        Files.createDirectories(root.resolve("private"));
        Files.writeString(root.resolve("granted/orders/1.parquet"), "own");
        Files.writeString(root.resolve("private/1.parquet"), "other");
        Files.createSymbolicLink(root.resolve("granted/orders/link.parquet"), root.resolve("private/1.parquet"));
        Files.createSymbolicLink(root.resolve("granted/folder"), root.resolve("private"));
        Files.createSymbolicLink(root.resolve("granted/inside"), root.resolve("granted/orders"));
        Files.createSymbolicLink(root.resolve("deployed"), root.resolve("private"));
        GrantedFolders folders = new GrantedFolders(List.of("local:///granted/"), Optional.of(root));
        for (String location : List.of("local:///granted/orders/1.parquet", "file:/granted/orders/1.parquet", "local:/granted/inside/1.parquet", "local:///granted/orders/missing.parquet")) {
            assertThatCode(() -> folders.check(location)).as(location).doesNotThrowAnyException();
        }
        for (String location : List.of("local:///granted/orders/link.parquet", "local:///granted/folder/1.parquet", "local:////granted/orders/1.parquet", "local:///private/1.parquet")) {
            assertThatThrownBy(() -> folders.check(location)).as(location).hasMessageContaining("is not below a folder");
        }
        assertThatCode(() -> new GrantedFolders(List.of("local:///deployed"), Optional.of(root)).check("local:///deployed/1.parquet"))
                .as("a granted folder that is a link itself")
                .doesNotThrowAnyException();
    }
}
