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
package org.trinomesh.measure;

import com.google.common.collect.ImmutableMap;
import org.trinomesh.slo.Measurement;
import org.trinomesh.slo.ServiceStatus;
import org.trinomesh.slo.SloStatus;
import org.trinomesh.slo.SloSummary;

import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.ReflectionException;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * The JMX bean of a data product. In service: 1 with all of its tables, 0 not, -1 unknown. The breach state of the product and of each
 * of its objectives: 1 breached, 0 met, -1 unknown; and how far an objective is, in parts of its target, where that is a number (NaN
 * while it is not known).
 */
final class SloBean
        implements DynamicMBean
{
    private volatile Map<String, Number> values;

    private SloBean(Map<String, Number> values)
    {
        this.values = ImmutableMap.copyOf(requireNonNull(values, "values is null"));
    }

    static SloBean of(List<Measurement> measurements, ServiceStatus service)
    {
        return new SloBean(values(measurements, service));
    }

    /**
     * @return whether it has the same attributes as the other, and now its values
     */
    boolean update(SloBean other)
    {
        if (!values.keySet().equals(other.values.keySet())) {
            return false;
        }
        values = other.values;
        return true;
    }

    private static Map<String, Number> values(List<Measurement> measurements, ServiceStatus service)
    {
        ImmutableMap.Builder<String, Number> values = ImmutableMap.builder();
        values.put("InService", number(service));
        if (!measurements.isEmpty()) {
            SloSummary summary = SloSummary.of(measurements.stream().map(Measurement::status).collect(toImmutableList()));
            values.put("Breached", number(summary.status()));
            values.put("MeasuredShare", summary.measuredShare());
        }
        for (Measurement measurement : measurements) {
            String name = attribute(measurement.objective().name());
            values.put(name + "Breached", number(measurement.status()));
            values.put(name + "TargetRatio", measurement.ratio().orElse(Double.NaN));
        }
        // Two names may only differ in what an attribute cannot have
        return values.buildKeepingLast();
    }

    private static int number(ServiceStatus service)
    {
        return switch (service) {
            case IN_SERVICE -> 1;
            case PARTLY_OUT_OF_SERVICE, OUT_OF_SERVICE -> 0;
            case UNKNOWN -> -1;
        };
    }

    private static int number(SloStatus status)
    {
        return switch (status) {
            case BREACHED -> 1;
            case MET -> 0;
            case UNKNOWN -> -1;
        };
    }

    /**
     * {@code row-count} as {@code RowCount}.
     */
    private static String attribute(String objective)
    {
        return Stream.of(objective.split("[^A-Za-z0-9]+"))
                .filter(word -> !word.isEmpty())
                .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                .collect(joining());
    }

    @Override
    public Object getAttribute(String name)
            throws AttributeNotFoundException
    {
        Number value = values.get(name);
        if (value == null) {
            throw new AttributeNotFoundException(name);
        }
        return value;
    }

    @Override
    public AttributeList getAttributes(String[] names)
    {
        AttributeList attributes = new AttributeList();
        Map<String, Number> current = values;
        for (String name : names) {
            if (current.containsKey(name)) {
                attributes.add(new Attribute(name, current.get(name)));
            }
        }
        return attributes;
    }

    @Override
    public void setAttribute(Attribute attribute)
            throws AttributeNotFoundException
    {
        throw new AttributeNotFoundException("Read only: " + attribute.getName());
    }

    @Override
    public AttributeList setAttributes(AttributeList attributes)
    {
        return new AttributeList();
    }

    @Override
    public Object invoke(String action, Object[] parameters, String[] signature)
            throws ReflectionException
    {
        throw new ReflectionException(new NoSuchMethodException(action));
    }

    @Override
    public MBeanInfo getMBeanInfo()
    {
        MBeanAttributeInfo[] attributes = values.entrySet().stream()
                .map(entry -> new MBeanAttributeInfo(entry.getKey(), entry.getValue() instanceof Integer ? "int" : "double", entry.getKey(), true, false, false))
                .toArray(MBeanAttributeInfo[]::new);
        return new MBeanInfo(SloBean.class.getName(), "Whether a data product is in service and keeps its SLOs", attributes, null, null, null);
    }
}
