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
import org.trinomesh.mask.Mask;
import org.trinomesh.policy.ColumnAccess;
import org.trinomesh.policy.Reason;
import org.trinomesh.policy.TableAccess;

import java.util.Optional;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.disclosure.Closeness.DISCOVERER;
import static org.trinomesh.disclosure.Closeness.RESPONSIBLE;
import static org.trinomesh.disclosure.Closeness.STEWARD;

/**
 * What people see of the columns and rows of orders.
 */
final class TestProductAccess
{
    private static final ColumnAccess CLEAR = new ColumnAccess.Clear();
    private static final ColumnAccess MASKED = new ColumnAccess.Masked(new Mask.Null(), Reason.of("a rule"));
    private static final ColumnAccess HIDDEN = new ColumnAccess.Hidden(Reason.of("a rule"));

    @Test
    void testKnowingAColumnIsNotReadingIt()
    {
        assertThat(access(CLEAR).readsAllColumns()).isTrue();
        assertThat(access(CLEAR).knowsAllColumns()).isTrue();
        assertThat(access(MASKED).readsAllColumns()).isFalse();
        assertThat(access(MASKED).knowsAllColumns()).isTrue();
        assertThat(access(MASKED).isClear("orders", "email")).isFalse();
        assertThat(access(HIDDEN).readsAllColumns()).isFalse();
        assertThat(access(HIDDEN).knowsAllColumns()).isFalse();
        assertThat(access(HIDDEN).isHidden("email")).isTrue();
    }

    @Test
    void testStewardsAreToldNumbersAlsoWhileNobodyReads()
    {
        assertThat(new ProductAccess(Closeness.DISCOVERERS, ImmutableMap.of()).reads()).isFalse();
        assertThat(new ProductAccess(Set.of(DISCOVERER, RESPONSIBLE), ImmutableMap.of()).reads()).isFalse();
        assertThat(new ProductAccess(Set.of(DISCOVERER, RESPONSIBLE, STEWARD), ImmutableMap.of()).reads()).isTrue();
    }

    private static ProductAccess access(ColumnAccess email)
    {
        return new ProductAccess(Closeness.DISCOVERERS, ImmutableMap.of("orders", new TableAccess(ImmutableMap.of("id", CLEAR, "email", email), Optional.empty())));
    }
}
