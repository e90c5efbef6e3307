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

import com.google.common.collect.ImmutableList;

import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * The two policies that every mesh has: {@code interoperability}, so that others find and can use a product, and {@code
 * pii-handling}, for products with data about persons. The platform may enforce their checks less strictly. Nobody may
 * redefine them.
 */
public final class BuiltInChecks
{
    public static final String INTEROPERABILITY = "interoperability";
    public static final String PII_HANDLING = "pii-handling";

    /**
     * Compares columns of several products, which no expression about one product can do. So its expression holds for every
     * product, and its violations are found where the whole mesh is known.
     */
    public static final String CLASSIFICATION_FOLLOWS_LINEAGE = PII_HANDLING + "/classification-follows-lineage";

    /**
     * {@code domain.product.vN}: lower case words with dashes between them, and digits in the product.
     */
    public static final String DEFAULT_QUALIFIED_NAME = "^[a-z]+(-[a-z]+)*\\.[a-z][a-z0-9-]*\\.v\\d+$";

    private static final String ANY_PII = "!product.classification.containsPii || ";
    private static final String COLUMN_NAME = ".map(c, c.table + '.' + c.name)";

    private BuiltInChecks() {}

    /**
     * @param qualifiedName the regular expression of {@code domain.product.vN}, of RE2
     * @throws InvalidCheckException when the regular expression is invalid
     */
    public static List<Check> of(Enforcement interoperability, Enforcement piiHandling, String qualifiedName)
    {
        return ImmutableList.<Check>builder()
                .addAll(interoperability(interoperability, qualifiedName))
                .addAll(piiHandling(piiHandling))
                .build();
    }

    private static List<Check> interoperability(Enforcement enforcement, String qualifiedName)
    {
        Policy policy = new Policy(INTEROPERABILITY, enforcement);
        return ImmutableList.of(
                policy.check(
                        "owner",
                        "Somebody answers for the product",
                        "product.metadata.owner != ''",
                        "the data product has no owner",
                        "add 'owner: the team that answers for it' to metadata"),
                policy.check(
                        "description",
                        "Consumers can read what the product is",
                        "product.description.trim() != ''",
                        "the data product has no description",
                        "add 'description: what the data is, and for whom' to spec"),
                policy.check(
                        "slos",
                        "The product promises something",
                        "size(product.slos) > 0",
                        "the data product promises no service level",
                        "add 'slos: {freshness: {target: 4h}}' to spec, or to its contract"),
                policy.check(
                        "schema",
                        "The columns of the product are registered",
                        "product.schema.registered",
                        "the data product has no registered schema",
                        "add 'columns' to spec, or a contract with a schema"),
                policy.check(
                        "output-port",
                        "The product can be consumed through a common interface",
                        "product.outputPorts.exists(p, p.type in ['sql', 'rest', 'graphql', 'kafka'])",
                        "the data product has no output port of type sql, rest, graphql or kafka",
                        "add '- {name: sql-access, type: sql, ...}' to outputPorts"),
                qualifiedName(policy, qualifiedName));
    }

    private static Check qualifiedName(Policy policy, String pattern)
    {
        String literal = "'" + pattern.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("\r", "\\r") + "'";
        try {
            return policy.check(
                    "qualified-name",
                    "The name of the product follows the rule for names",
                    "product.metadata.qualifiedName.matches(%s)".formatted(literal),
                    "the name domain.product.vN of the data product does not match " + pattern,
                    "rename the product or its domain, or change 'qualifiedName' in the conformance of mesh.yaml",
                    "[product.metadata.qualifiedName]");
        }
        catch (InvalidCheckException _) {
            throw new InvalidCheckException(
                    "'%s' is not a regular expression of RE2, or too large".formatted(pattern),
                    "write one for domain.product.vN, without back references and look-around: " + DEFAULT_QUALIFIED_NAME);
        }
    }

    private static List<Check> piiHandling(Enforcement enforcement)
    {
        Policy policy = new Policy(PII_HANDLING, enforcement);
        return ImmutableList.of(
                policy.check(
                        "encryption",
                        "Data about persons is encrypted",
                        ANY_PII + "product.governance.encryption != ''",
                        "the data product contains data about persons, and neither the product nor mesh.yaml declares that it is encrypted",
                        "add 'encryption: at-rest' to governance, or to mesh.yaml for all storage"),
                policy.check(
                        "masking",
                        "Every column with data about persons is masked or hidden",
                        "product.columns.all(c, !c.pii || c.protected)",
                        "columns with data about persons are neither masked nor hidden",
                        "add a mask to the column or a rule that matches it; remove the tag pii where it is wrong",
                        "product.columns.filter(c, c.pii && !c.protected)" + COLUMN_NAME),
                policy.check(
                        "gdpr",
                        "Data about persons is handled as the GDPR requires",
                        ANY_PII + "product.governance.gdprCompliant",
                        "the data product contains data about persons and does not declare GDPR compliance",
                        "add 'gdprCompliant: true' to governance if the product complies"),
                policy.check(
                        "access-control",
                        "The product declares who may read data about persons",
                        ANY_PII + "size(product.accessControl) > 0",
                        "the data product contains data about persons and does not declare who may read it",
                        "add 'accessControl: [{role: ..., permissions: [read]}]' to spec"),
                policy.check(
                        "classification",
                        "Columns that seem to hold data about persons have a classification",
                        "product.columns.all(c, !c.looksLikePii || c.classification != '')",
                        "columns that look like data about persons have no classification",
                        "add 'classification' to the column, or a rule under classifications that matches it",
                        "product.columns.filter(c, c.looksLikePii && c.classification == '')" + COLUMN_NAME),
                // Never strict: what a team upstream writes about its columns must not take products of others out of service
                new Policy(PII_HANDLING, enforcement.isMilderThan(Enforcement.WARN) ? enforcement : Enforcement.WARN).check(
                        "classification-follows-lineage",
                        "Columns derived from data about persons are classified as such",
                        "true",
                        "columns are derived from data about persons and are not classified",
                        "add 'classification' or 'tags: [pii]' to the column; if it no longer contains data about persons, say so with a classification of its own"));
    }

    private record Policy(String name, Enforcement enforcement)
    {
        private Policy
        {
            requireNonNull(name, "name is null");
            requireNonNull(enforcement, "enforcement is null");
        }

        private Check check(String id, String description, String expression, String message, String remedy)
        {
            return check(id, description, expression, message, remedy, Optional.empty());
        }

        private Check check(String id, String description, String expression, String message, String remedy, String details)
        {
            return check(id, description, expression, message, remedy, Optional.of(details));
        }

        private Check check(String id, String description, String expression, String message, String remedy, Optional<String> details)
        {
            return new Check(
                    name + "/" + id,
                    name,
                    description,
                    message,
                    remedy,
                    enforcement,
                    Optional.empty(),
                    CheckCompiler.compile(expression),
                    details.map(CheckCompiler::compileNames));
        }
    }
}
