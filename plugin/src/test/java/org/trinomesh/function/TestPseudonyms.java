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

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.airlift.slice.Slice;
import org.junit.jupiter.api.Test;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalInt;

import static io.airlift.slice.Slices.utf8Slice;
import static io.airlift.slice.Slices.wrappedBuffer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

final class TestPseudonyms
{
    private static final String MASTER = "0123456789abcdef0123456789abcdef";
    private static final MaskKeys KEYS = new MaskKeys(2, ImmutableMap.of(2, MASTER, 1, "an earlier key that is as long as this"));
    private static final SubKey CUSTOMERS = KEYS.forScope(KEYS.reference(OptionalInt.empty()), "customer_id");

    /**
     * Computed the slow way, by Java's own HMAC.
     */
    @Test
    void testKnownAnswers()
            throws GeneralSecurityException
    {
        byte[] key = hmac(MASTER.getBytes(UTF_8), "identifier:customer_id");

        assertThat(text("mia@example.org")).isEqualTo(HexFormat.of().formatHex(hmac(key, "mia@example.org"), 0, 16));
        assertThat(text("")).isEqualTo(HexFormat.of().formatHex(hmac(key, ""), 0, 16));
        for (long number : ImmutableList.of(0L, 42L, -42L, Long.MAX_VALUE, Long.MIN_VALUE)) {
            BigInteger expected = new BigInteger(1, Arrays.copyOf(hmac(key, String.valueOf(number)), 8)).mod(BigInteger.TEN.pow(18));
            assertThat(Pseudonyms.number(CUSTOMERS, number)).isEqualTo(expected.longValueExact());
            assertThat(text(String.valueOf(number))).isEqualTo(expected.toString());
        }
        byte[] bytes = {0, (byte) 0xFF, 7};
        assertThat(Pseudonyms.bytes(CUSTOMERS, wrappedBuffer(bytes))).isEqualTo(wrappedBuffer(hmac(key, bytes)));
        String uuid = "12151fd2-7586-11e9-8f9e-2a86e4085a59";
        assertThat(text(uuid).replace("-", "")).isEqualTo(HexFormat.of().formatHex(hmac(key, uuid), 0, 16));
    }

    @Test
    void testAKeyLongerThanABlockOfTheHash()
            throws GeneralSecurityException
    {
        String master = "k".repeat(100);
        SubKey key = new SubKey(master.getBytes(UTF_8));
        assertThat(key.hmac("x".repeat(1000).getBytes(UTF_8))).isEqualTo(hmac(master.getBytes(UTF_8), "x".repeat(1000)));
    }

    @Test
    void testTheFormOfAPseudonymIsTheFormOfTheValue()
    {
        for (String number : ImmutableList.of("0", "7", "-7", "99999999999999999999999999999999999999")) {
            assertThat(text(number)).as(number).matches("0|[1-9][0-9]{0,17}");
        }
        for (String uuid : ImmutableList.of("00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff")) {
            assertThat(text(uuid)).as(uuid).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        }
        for (String text : ImmutableList.of("", "-", "-0", "07", "+7", "7.0", "7 ", "999999999999999999999999999999999999999", "٧", "FFFFFFFF-ffff-ffff-ffff-ffffffffffff", "ffffffff-ffff-ffff-ffff-fffffffffff", "ffffffff_ffff-ffff-ffff-ffffffffffff")) {
            assertThat(text(text)).as(text).matches("[0-9a-f]{32}");
        }
    }

    @Test
    void testValuesInsideALargerSlice()
    {
        Slice page = utf8Slice("xx42mia");
        assertThat(Pseudonyms.text(CUSTOMERS, page.slice(2, 2)).toStringUtf8()).isEqualTo(text("42"));
        assertThat(Pseudonyms.text(CUSTOMERS, page.slice(4, 3)).toStringUtf8()).isEqualTo(text("mia"));
    }

    @Test
    void testIdentifierTypesVersionsAndQueriesAreUnlinkable()
    {
        String current = KEYS.reference(OptionalInt.empty());
        assertThat(ImmutableList.of(
                        KEYS.forScope(current, "customer_id"),
                        KEYS.forScope(current, "account_id"),
                        KEYS.forScope(current, "domain:sales"),
                        KEYS.forScope(KEYS.reference(OptionalInt.of(1)), "customer_id"),
                        KEYS.forQuery(current, "customer_id", "domain:sales"),
                        KEYS.forQuery(current, "20260101_000000_00000_abcde", "domain:sales"),
                        KEYS.forQuery(current, "20260101_000000_00000_abcde", "domain:hr"),
                        KEYS.forQuery(KEYS.reference(OptionalInt.of(1)), "customer_id", "domain:sales")).stream()
                .map(key -> Pseudonyms.text(key, utf8Slice("mia")).toStringUtf8()))
                .doesNotHaveDuplicates();
        assertThat(Pseudonyms.text(KEYS.forScope(KEYS.reference(OptionalInt.of(2)), "customer_id"), utf8Slice("mia")).toStringUtf8()).isEqualTo(text("mia"));
    }

    private static String text(String value)
    {
        return Pseudonyms.text(CUSTOMERS, utf8Slice(value)).toStringUtf8();
    }

    private static byte[] hmac(byte[] key, String value)
            throws GeneralSecurityException
    {
        return hmac(key, value.getBytes(UTF_8));
    }

    private static byte[] hmac(byte[] key, byte[] value)
            throws GeneralSecurityException
    {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(value);
    }
}
