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
package org.trinomesh.function;

import com.google.common.collect.ImmutableMap;
import io.trino.spi.TrinoException;
import org.junit.jupiter.api.Test;

import java.util.OptionalInt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.trinomesh.error.MeshErrorCode.MESH_MASK_KEY;

final class TestMaskKeys
{
    private static final String FIRST = "first 0123456789abcdef0123456789abcdef";
    private static final String SECOND = "second 0123456789abcdef0123456789abcdef";
    private static final MaskKeys KEYS = new MaskKeys(2, ImmutableMap.of(1, FIRST, 2, SECOND));

    @Test
    void testAReferenceIsTheVersionAndAFingerprint()
    {
        assertThat(KEYS.reference(OptionalInt.of(1))).matches("1-[0-9a-f]{8}");
        assertThat(KEYS.reference(OptionalInt.empty())).matches("2-[0-9a-f]{8}").isEqualTo(KEYS.reference(OptionalInt.of(2)));
        assertThat(new MaskKeys(7, ImmutableMap.of(7, FIRST)).reference(OptionalInt.empty()).substring(1))
                .as("the same key under another version")
                .isEqualTo(KEYS.reference(OptionalInt.of(1)).substring(1));
        assertThat(KEYS.versions()).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void testAKeyThatThisNodeDoesNotHave()
    {
        assertFails(() -> KEYS.reference(OptionalInt.of(3)), "This node has no mask key 3: write it as mesh.mask-key or among mesh.previous-mask-keys in the catalog file of every node");
        assertFails(() -> KEYS.forScope("3-00000000", "x"), "This node has no mask key 3: write it as mesh.mask-key or among mesh.previous-mask-keys in the catalog file of every node");
        assertFails(() -> new MaskKeys(1, ImmutableMap.of()).reference(OptionalInt.empty()), "This node has no mask key 1: write it as mesh.mask-key or among mesh.previous-mask-keys in the catalog file of every node");
    }

    @Test
    void testAnotherKeyOfTheSameVersion()
    {
        String elsewhere = new MaskKeys(2, ImmutableMap.of(2, FIRST)).reference(OptionalInt.empty());
        assertFails(() -> KEYS.forQuery(elsewhere, "query", "domain:sales"), "This node has another mask key 2 than the node that planned the query: make mesh.mask-key and mesh.previous-mask-keys in the catalog file the same on every node");
        assertFails(() -> KEYS.forScope("nonsense", "x"), "A mask names its key in a way this node does not understand: the nodes run different versions of the mesh plugin");
    }

    @Test
    void testNothingPrintsAKey()
    {
        assertThat(KEYS.toString() + KEYS.reference(OptionalInt.of(1)) + KEYS.forQuery(KEYS.reference(OptionalInt.of(1)), "query", "domain:sales"))
                .startsWith("MaskKeys[1, 2]1-")
                .doesNotContain("0123456789abcdef");
    }

    private static void assertFails(Runnable call, String message)
    {
        assertThatThrownBy(call::run)
                .hasMessage(message)
                .asInstanceOf(type(TrinoException.class))
                .returns(MESH_MASK_KEY.toErrorCode(), TrinoException::getErrorCode);
    }
}
