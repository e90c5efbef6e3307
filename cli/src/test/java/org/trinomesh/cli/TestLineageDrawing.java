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
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

import javax.xml.parsers.DocumentBuilderFactory;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class TestLineageDrawing
{
    private static final String ROWS =
            """
            {"depth":1,"direction":"upstream","from_kind":"source","from_name":"salesforce","to_kind":"product","to_name":"sales.customer_360","kind":"declared","evidence":"input port","cycle":false}
            {"depth":1,"direction":"upstream","from_kind":"product","from_name":"sales.customer_transactions","to_kind":"product","to_name":"sales.customer_360","kind":"declared","evidence":"input port","cycle":false}
            {"depth":1,"direction":"upstream","from_kind":"product","from_name":"sales.customer_transactions","to_kind":"product","to_name":"sales.customer_360","kind":"observed","evidence":"OpenLineage","cycle":false}
            {"depth":2,"direction":"upstream","from_kind":"source","from_name":"erp-system","to_kind":"product","to_name":"sales.customer_transactions","kind":"declared","evidence":"input port","cycle":false}
            {"depth":2,"direction":"upstream","from_kind":"source","from_name":"web <shop> & \\u0001more","to_kind":"product","to_name":"sales.customer_transactions","kind":"declared","evidence":"input port","cycle":false}
            {"depth":1,"direction":"downstream","from_kind":"product","from_name":"sales.customer_360","to_kind":"port","to_name":"sales.customer_360:sql-access","kind":"derived","evidence":"output port","cycle":false}
            {"depth":1,"direction":"downstream","from_kind":"product","from_name":"sales.customer_360","to_kind":"product","to_name":"sales.customer_profile","kind":"derived","evidence":"same table","cycle":false}
            {"depth":1,"direction":"downstream","from_kind":"product","from_name":"sales.customer_360","to_kind":"product","to_name":"marketing.churn_risk","kind":"declared","evidence":"input port","cycle":false}
            {"depth":2,"direction":"downstream","from_kind":"product","from_name":"marketing.churn_risk","to_kind":"product","to_name":"marketing.campaigns","kind":"observed","evidence":"OpenLineage","cycle":false}
            {"depth":2,"direction":"downstream","from_kind":"product","from_name":"sales.customer_profile","to_kind":"product","to_name":"marketing.churn_risk","kind":"declared","evidence":"input port","cycle":false}
            {"depth":3,"direction":"downstream","from_kind":"product","from_name":"marketing.campaigns","to_kind":"product","to_name":"sales.customer_360","kind":"observed","evidence":"OpenLineage","cycle":true}
            {"node":"sales.customer_360","owner":"sales-data-team","tier":"gold","version":"2.1.0","slo_status":"breached"}
            {"node":"sales.customer_transactions","owner":"sales-data-team","tier":"gold","version":"1.2.0","slo_status":"met"}
            {"node":"sales.customer_profile","owner":"sales-data-team","tier":"silver","version":"1.9.2","slo_status":"unknown","service_status":"in service"}
            {"node":"marketing.churn_risk","owner":"data-scientists","tier":null,"version":"1.0.0","slo_status":null}
            {"node":"marketing.campaigns","owner":"ads","tier":null,"version":"1.0.0","slo_status":"met","service_status":"out of service"}
            {"node":"finance.receivables","owner":"finance","tier":null,"version":"1.0.0","slo_status":null}
            """;

    @Test
    void testTree()
            throws IOException
    {
        assertThat(new LineageText(read("sales.customer_360")).lines()).containsExactly(
                """
                                                        lineage             status          owner            tier
                sales.customer_360                                          breached        sales-data-team  gold

                comes from
                |- salesforce                           declared            source
                `- sales.customer_transactions          declared, observed  met             sales-data-team  gold
                   |- erp-system                        declared            source
                   `- web <shop> & ?more                declared            source

                goes to
                |- sales.customer_profile               derived             unknown         sales-data-team  silver
                |  `- marketing.churn_risk              declared            no SLOs         data-scientists
                |     `- marketing.campaigns            observed            out of service  ads
                |        `- sales.customer_360 (cycle)  observed            breached        sales-data-team  gold
                `- marketing.churn_risk (see above)     declared            no SLOs         data-scientists
                """.split("\n"));
    }

    @Test
    void testAnotherNameOfTheStart()
            throws IOException
    {
        LineageDrawing drawing = read("sales.customer_360_v2");
        assertThat(drawing.start()).isEqualTo("sales.customer_360");
        assertThat(drawing.nodes()).hasSize(8).doesNotContainKeys("sales.customer_360_v2", "sales.customer_360:sql-access", "finance.receivables");
    }

    @Test
    void testNoLineage()
            throws IOException
    {
        LineageDrawing drawing = LineageDrawing.read("sales.lonely", new BufferedReader(new StringReader("{\"node\":\"sales.lonely\",\"owner\":\"x\",\"slo_status\":\"met\"}\n")));
        assertThat(new LineageText(drawing).lines()).containsExactly("              lineage  status  owner  tier", "sales.lonely           met     x");
        assertThat(new LineageSvg(drawing).document()).contains(">sales.lonely<");
    }

    @Test
    void testNoRows()
    {
        assertThatThrownBy(() -> LineageDrawing.read("a.b", new BufferedReader(new StringReader("oops\n")))).isInstanceOf(IOException.class).hasMessage("A line is not a row in JSON: oops");
        assertThatThrownBy(() -> LineageDrawing.read("a.b", new BufferedReader(new StringReader("{\"x\": 1}\n")))).isInstanceOf(IOException.class).hasMessage("A row has neither from_name nor node: {\"x\": 1}");
    }

    @Test
    void testPictureSaysEverythingInWords()
            throws Exception
    {
        String picture = new LineageSvg(read("sales.customer_360")).document();
        assertThat(texts(picture)).contains(
                "Lineage of sales.customer_360",
                "sales.customer_360",
                "sales-data-team · gold · 2.1.0",
                "✗ SLO breached",
                "✗ out of service",
                "✓ SLOs met",
                "? SLOs unknown",
                "no SLOs",
                "salesforce",
                "declared + observed",
                "observed ↻ cycle",
                "web <shop> & ?more");
    }

    @Test
    void testNothingLiesOverAnything()
            throws IOException
    {
        LineageLayout layout = LineageLayout.of(read("sales.customer_360"), _ -> new LineageLayout.Size(200, 80), _ -> new LineageLayout.Size(60, 16));
        List<LineageLayout.Box> boxes = new ArrayList<>(layout.boxes().values());
        for (LineageLayout.Box box : boxes) {
            assertThat(box.x()).isGreaterThan(0);
            assertThat(box.x() + box.width()).isLessThan(layout.width());
            assertThat(box.y() + box.height()).isLessThan(layout.height());
            assertThat(boxes).filteredOn(other -> other.x() < box.x() + box.width() && box.x() < other.x() + other.width() && other.y() < box.y() + box.height() && box.y() < other.y() + other.height()).containsExactly(box);
        }
        // From left to right
        assertThat(layout.routes()).filteredOn(route -> !route.edge().cycle()).allMatch(route -> route.points().getFirst().x() < route.points().getLast().x());
    }

    private static LineageDrawing read(String start)
            throws IOException
    {
        return LineageDrawing.read(start, new BufferedReader(new StringReader(ROWS)));
    }

    private static List<String> texts(String picture)
            throws Exception
    {
        Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(picture.getBytes(UTF_8)));
        NodeList texts = document.getElementsByTagName("text");
        List<String> found = new ArrayList<>();
        for (int index = 0; index < texts.getLength(); index++) {
            found.add(texts.item(index).getTextContent());
        }
        return found;
    }
}
