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
package org.trinomesh.cli;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class TestCheckedProduct
{
    @Test
    void testNamesOfAProduct()
    {
        CheckedProduct product = new CheckedProduct("marketing", "segments", "1.3.0", "marketing__segments_v1");
        for (String name : new String[] {"segments", "marketing.segments", "segments_v1", "marketing.segments_v1"}) {
            assertThat(product.isCalled(name)).as(name).isTrue();
        }
        for (String name : new String[] {"segments_v2", "segments_v10", "segment", "sales.segments", "sales.segments_v1", ""}) {
            assertThat(product.isCalled(name)).as(name).isFalse();
        }
    }
}
