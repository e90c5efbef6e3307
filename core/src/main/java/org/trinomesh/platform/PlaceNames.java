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
package org.trinomesh.platform;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.util.Locale.ENGLISH;

/**
 * Decides from the name of a file or folder what is read from it.
 */
public final class PlaceNames
{
    public static final String GOVERNANCE = "governance";
    public static final String DOMAINS = "domains";

    private static final Pattern DESCRIPTOR = Pattern.compile(".*\\.(yaml|yml|json)", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final Pattern PUT_ASIDE = Pattern.compile("((?:.*/)?)[#~]?([^/]*\\.(?:yaml|yml|json))[^/]+", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final Pattern HIDDEN = Pattern.compile("((?:.*/)?)\\.([^./][^/]*)", Pattern.DOTALL);
    private static final Pattern POLICY_FOLDER = Pattern.compile("governance|domains/[^/]+/governance", Pattern.DOTALL);
    private static final Pattern IN_POLICY_FOLDER = Pattern.compile("(" + POLICY_FOLDER + ")/.*", Pattern.DOTALL);
    // A folder with another spelling is not read for policies; a file that cannot be read may still have been meant as a policy
    private static final Pattern MEANT_AS_POLICY = Pattern.compile(IN_POLICY_FOLDER.pattern(), Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final Pattern DOMAIN_DOCUMENT = Pattern.compile("domains/[^/]+/domain\\.(yaml|yml|json)", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final Pattern DOMAIN_FOLDER = Pattern.compile("domains/[^/]+", Pattern.DOTALL);

    private PlaceNames() {}

    /**
     * Whether a file of this name may have the query of a product.
     */
    public static boolean isQuery(String name)
    {
        return name.toLowerCase(ENGLISH).endsWith(".sql") && !isInPolicyFolder(name);
    }

    /**
     * Whether documents are read from a file of this name.
     */
    public static boolean isDescriptor(String name)
    {
        return DESCRIPTOR.matcher(name).matches();
    }

    /**
     * Whether the file holds notes that cannot be mistaken for a descriptor.
     */
    public static boolean isNote(String name)
    {
        return name.toLowerCase(ENGLISH).endsWith(".md");
    }

    /**
     * Whether policies are read from files of this folder.
     */
    public static boolean isPolicyFolder(String folder)
    {
        return POLICY_FOLDER.matcher(folder).matches();
    }

    public static boolean isInPolicyFolder(String name)
    {
        return IN_POLICY_FOLDER.matcher(name).matches();
    }

    public static boolean isDomainFolder(String folder)
    {
        return DOMAIN_FOLDER.matcher(folder).matches();
    }

    /**
     * Whether a file that cannot be read may have held rules for more than one product. Those of products do not, by where they
     * lie.
     */
    public static boolean mayHoldPolicies(String name)
    {
        return MEANT_AS_POLICY.matcher(name).matches() || DOMAIN_DOCUMENT.matcher(name).matches() || mayContainPolicies(name);
    }

    /**
     * Whether it is a folder in which there may be policies. One that cannot be read comes as a file of its name.
     */
    public static boolean mayContainPolicies(String name)
    {
        return !isDescriptor(name) && (isPolicyFolder(name) || name.equals(DOMAINS) || isDomainFolder(name));
    }

    /**
     * Whether a policy would be read from it if its name did not begin with a dot. Names with two are the file system's, or those
     * of a mounted volume.
     */
    public static boolean isPutAsideByADot(String name)
    {
        return isInPolicyFolder(name) && HIDDEN.matcher(name).matches() && isDescriptor(name);
    }

    /**
     * The name of the descriptor of which a file is a copy or a backup, without the suffix.
     */
    public static Optional<String> meantAs(String name)
    {
        Matcher hidden = HIDDEN.matcher(name);
        if (hidden.matches()) {
            String visible = hidden.group(1) + hidden.group(2);
            return isDescriptor(visible) ? Optional.of(visible) : Optional.empty();
        }
        Matcher matcher = PUT_ASIDE.matcher(name);
        return matcher.matches() ? Optional.of(matcher.group(1) + matcher.group(2)) : Optional.empty();
    }
}
