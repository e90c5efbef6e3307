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
package org.trinomesh.storage;

import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoOutputFile;
import io.trino.memory.context.AggregatedMemoryContext;

import java.io.FilterOutputStream;
import java.io.OutputStream;

import static java.util.Objects.requireNonNull;

/**
 * A file that a refresh writes. The log gets its failures, and whoever refreshes the name of the storage.
 */
final class ReportingTrinoOutputFile
        implements TrinoOutputFile
{
    private final TrinoOutputFile delegate;
    private final FileFailures failures;

    ReportingTrinoOutputFile(TrinoOutputFile delegate, FileFailures failures)
    {
        this.delegate = requireNonNull(delegate, "delegate is null");
        this.failures = requireNonNull(failures, "failures is null");
    }

    @Override
    public OutputStream create(AggregatedMemoryContext memoryContext)
    {
        return failures.write(() -> new ReportingStream(delegate.create(memoryContext)));
    }

    @Override
    public void createOrOverwrite(byte[] data)
    {
        failures.write(() -> {
            delegate.createOrOverwrite(data);
            return true;
        });
    }

    @Override
    public void createExclusive(byte[] data)
    {
        failures.write(() -> {
            delegate.createExclusive(data);
            return true;
        });
    }

    @Override
    public Location location()
    {
        return delegate.location();
    }

    private final class ReportingStream
            extends FilterOutputStream
    {
        private ReportingStream(OutputStream delegate)
        {
            super(delegate);
        }

        @Override
        public void write(int value)
        {
            failures.write(() -> {
                out.write(value);
                return true;
            });
        }

        @Override
        public void write(byte[] buffer, int offset, int length)
        {
            failures.write(() -> {
                out.write(buffer, offset, length);
                return true;
            });
        }

        @Override
        public void flush()
        {
            failures.write(() -> {
                out.flush();
                return true;
            });
        }

        @Override
        public void close()
        {
            failures.write(() -> {
                out.close();
                return true;
            });
        }
    }
}
