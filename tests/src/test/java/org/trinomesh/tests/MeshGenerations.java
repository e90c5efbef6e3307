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
package org.trinomesh.tests;

import io.airlift.units.Duration;
import io.trino.testing.QueryRunner;

import java.io.IOException;

import static io.trino.testing.assertions.Assert.assertEventually;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.tests.MeshQueryRunner.as;

/**
 * Changes a mesh directory under a running engine and waits until the change is served. The mesh needs the group
 * governance among its stewards, who see its generation.
 */
final class MeshGenerations
{
    interface Change
    {
        void make()
                throws IOException;
    }

    private MeshGenerations() {}

    static void afterChange(QueryRunner runner, Change change)
            throws IOException
    {
        long before = generation(runner);
        change.make();
        assertEventually(new Duration(30, SECONDS), () -> assertThat(generation(runner)).isGreaterThan(before));
    }

    private static long generation(QueryRunner runner)
    {
        return (long) runner.execute(as("gus"), "SELECT generation FROM mesh.system.registry").getOnlyValue();
    }
}
