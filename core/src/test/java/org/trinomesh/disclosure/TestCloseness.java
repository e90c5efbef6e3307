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

import com.google.common.collect.ImmutableMap;
import org.junit.jupiter.api.Test;
import org.trinomesh.governance.Decision;
import org.trinomesh.mask.Mask;
import org.trinomesh.policy.ColumnAccess;
import org.trinomesh.policy.Reason;
import org.trinomesh.policy.TableAccess;

import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.disclosure.Closeness.DISCOVERER;
import static org.trinomesh.disclosure.Closeness.MESH_STEWARD;
import static org.trinomesh.disclosure.Closeness.READER;
import static org.trinomesh.disclosure.Closeness.READER_OF_EVERYTHING;
import static org.trinomesh.disclosure.Closeness.RESPONSIBLE;
import static org.trinomesh.disclosure.Closeness.STEWARD;
import static org.trinomesh.disclosure.Closeness.UNRESTRICTED_STEWARD;

/**
 * What people are to the product orders, from what rules decide for them.
 */
final class TestCloseness
{
    private static final Reason REASON = Reason.of("so it is");
    private static final Decision HIDDEN = new Decision.Hidden(REASON);
    private static final Decision DISCOVERABLE = new Decision.Discoverable(REASON);
    private static final Decision WHOLE = readable(new TableAccess(ImmutableMap.of("id", new ColumnAccess.Clear()), Optional.empty()));
    private static final Decision MASKED = readable(new TableAccess(ImmutableMap.of("id", new ColumnAccess.Masked(new Mask.Null(), REASON)), Optional.empty()));

    @Test
    void testNobody()
    {
        assertThat(Closeness.of(HIDDEN, false, false, false)).isEmpty();
    }

    @Test
    void testReaders()
    {
        assertThat(Closeness.of(DISCOVERABLE, false, false, false)).containsExactly(DISCOVERER);
        assertThat(Closeness.of(WHOLE, false, false, false)).containsExactly(DISCOVERER, READER, READER_OF_EVERYTHING);
        assertThat(Closeness.of(MASKED, false, false, false)).containsExactly(DISCOVERER, READER);
    }

    @Test
    void testStewardsOfWhomSomethingIsKept()
    {
        assertThat(Closeness.of(WHOLE, true, false, false)).containsExactly(DISCOVERER, READER, READER_OF_EVERYTHING, RESPONSIBLE, STEWARD, UNRESTRICTED_STEWARD);
        assertThat(Closeness.of(MASKED, true, false, false)).containsExactly(DISCOVERER, READER, RESPONSIBLE, STEWARD);
    }

    @Test
    void testStewardsOfWhatNobodyReads()
    {
        assertThat(Closeness.of(DISCOVERABLE, true, false, false)).containsExactly(DISCOVERER, RESPONSIBLE, STEWARD);
    }

    @Test
    void testOwnersNeedNotRead()
    {
        assertThat(Closeness.of(DISCOVERABLE, false, true, false)).containsExactly(DISCOVERER, RESPONSIBLE);
        assertThat(Closeness.of(WHOLE, false, true, false)).containsExactly(DISCOVERER, READER, READER_OF_EVERYTHING, RESPONSIBLE);
        // Of a document that is not served yet
        assertThat(Closeness.of(HIDDEN, false, true, false)).containsExactly(DISCOVERER, RESPONSIBLE);
    }

    @Test
    void testStewardsOfTheMeshReadNothingByThat()
    {
        assertThat(Closeness.of(DISCOVERABLE, false, false, true)).containsExactly(DISCOVERER, RESPONSIBLE, MESH_STEWARD);
        assertThat(Closeness.of(MASKED, false, false, true)).containsExactly(DISCOVERER, READER, RESPONSIBLE, MESH_STEWARD);
    }

    private static Decision readable(TableAccess orders)
    {
        return new Decision.Readable(false, false, ImmutableMap.of("orders", orders), REASON);
    }
}
