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
package org.trinomesh.conformance;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

final class TestPiiNames
{
    @Test
    void testNamesThatLookLikePii()
    {
        assertThat(List.of(
                "email",
                "EMAIL",
                "ssn",
                "phone",
                "address",
                "dob",
                "name",
                "surname",
                "customer_email",
                "email_verified",
                "home_phone",
                "phone_number",
                "billing_address_line",
                "ip_address",
                "mac_address",
                "first_name",
                "last_name",
                "full_name",
                "middle_name",
                "maiden_name",
                "customer_name",
                "person_name",
                "billing_customer_name"))
                .allMatch(PiiNames::looksLikePii);
    }

    @Test
    void testNamesThatDoNot()
    {
        assertThat(List.of(
                "order_id",
                "campaign_name",
                "product_name",
                "table_name",
                "name_count",
                "emails",
                "emailaddress",
                "rename",
                "_",
                "",
                "phone_model",
                "phone_os",
                "phone_brand",
                "memory_address",
                "bus_address",
                "register_address"))
                .noneMatch(PiiNames::looksLikePii);
    }
}
