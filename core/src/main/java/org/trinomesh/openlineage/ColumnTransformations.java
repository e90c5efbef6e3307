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
package org.trinomesh.openlineage;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Describes how a column was derived from another one, in a few words: {@code DIRECT/AGGREGATION: sum}.
 */
final class ColumnTransformations
{
    private static final int MAX_LENGTH = 1_000;

    private ColumnTransformations() {}

    static Optional<String> of(JsonNode transformations)
    {
        Set<String> texts = new LinkedHashSet<>();
        for (JsonNode transformation : transformations) {
            StringBuilder text = new StringBuilder(EventReader.text(transformation, "type"));
            String subtype = EventReader.text(transformation, "subtype");
            if (!subtype.isEmpty()) {
                text.append(text.isEmpty() ? "" : "/").append(subtype);
            }
            if (transformation.path("masking").asBoolean()) {
                text.append(text.isEmpty() ? "masking" : ", masking");
            }
            String description = EventReader.text(transformation, "description");
            if (!description.isEmpty()) {
                text.append(text.isEmpty() ? "" : ": ").append(description);
            }
            texts.add(text.toString());
        }
        return limited(String.join("; ", texts));
    }

    /**
     * As events said it before every input field had its own: a type such as {@code IDENTITY} or {@code MASKED}.
     */
    static Optional<String> older(String type, String description)
    {
        return limited(type + (type.isEmpty() || description.isEmpty() ? "" : ": ") + description);
    }

    private static Optional<String> limited(String text)
    {
        return text.isBlank() ? Optional.empty() : Optional.of(text.substring(0, Math.min(text.length(), MAX_LENGTH)));
    }
}
