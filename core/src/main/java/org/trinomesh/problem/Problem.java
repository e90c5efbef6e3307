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
package org.trinomesh.problem;

import org.trinomesh.text.PrintableText;

import java.util.Optional;

import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * One thing wrong with what people wrote: where, what, and what to write instead.
 *
 * @param domain the domain the problem belongs to, as a SQL schema name, when it is known
 * @param product the data product the problem belongs to, as a SQL table name, when it is known
 * @param owner who owns what the problem is about, when its document could be read that far: it may know of the problem also
 *         when nothing came of the document
 */
public record Problem(
        Severity severity,
        Position position,
        String message,
        String remedy,
        Optional<String> domain,
        Optional<String> product,
        Optional<String> owner)
{
    public enum Severity
    {
        /**
         * What the problem is about is out of service.
         */
        ERROR,
        /**
         * What the problem is about is served, but probably not as its author intended.
         */
        WARNING,
        /**
         * A note: something was read and is not interpreted.
         */
        INFO,
    }

    public Problem
    {
        requireNonNull(severity, "severity is null");
        requireNonNull(position, "position is null");
        // They quote what was written, and what other engines call their columns
        message = PrintableText.line(requireNonNull(message, "message is null"));
        remedy = PrintableText.line(requireNonNull(remedy, "remedy is null"));
        requireNonNull(domain, "domain is null");
        requireNonNull(product, "product is null");
        requireNonNull(owner, "owner is null");
    }

    public static Problem error(Position position, String message, String remedy)
    {
        return of(Severity.ERROR, position, message, remedy);
    }

    public static Problem warning(Position position, String message, String remedy)
    {
        return of(Severity.WARNING, position, message, remedy);
    }

    public static Problem info(Position position, String message, String remedy)
    {
        return of(Severity.INFO, position, message, remedy);
    }

    public Problem about(String domain, String product)
    {
        return new Problem(severity, position, message, remedy, Optional.of(domain), Optional.of(product), owner);
    }

    public Problem about(String domain, String product, String owner)
    {
        return about(domain, product).ownedBy(owner);
    }

    public Problem about(String domain)
    {
        return new Problem(severity, position, message, remedy, Optional.of(domain), product, owner);
    }

    public Problem ownedBy(String owner)
    {
        return new Problem(severity, position, message, remedy, domain, product, Optional.of(owner));
    }

    public Problem at(Position position)
    {
        return new Problem(severity, position, message, remedy, domain, product, owner);
    }

    public boolean isError()
    {
        return severity == Severity.ERROR;
    }

    /**
     * The form compilers use, so that editors jump to the place.
     */
    @Override
    public String toString()
    {
        return position + ": " + severity.name().toLowerCase(ENGLISH) + ": " + message + "; " + remedy;
    }

    private static Problem of(Severity severity, Position position, String message, String remedy)
    {
        return new Problem(severity, position, message, remedy, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
