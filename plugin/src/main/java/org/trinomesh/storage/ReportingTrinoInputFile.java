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

import io.airlift.slice.Slice;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoInput;
import io.trino.filesystem.TrinoInputFile;
import io.trino.filesystem.TrinoInputStream;
import io.trino.spi.metrics.Metrics;

import java.io.IOException;
import java.time.Instant;

import static java.util.Objects.requireNonNull;

/**
 * A file that the engine reads, such as a data file. Its failures do not show paths to readers.
 */
record ReportingTrinoInputFile(TrinoInputFile file, FileFailures failures)
        implements TrinoInputFile
{
    ReportingTrinoInputFile
    {
        requireNonNull(file, "file is null");
        requireNonNull(failures, "failures is null");
    }

    @Override
    public TrinoInput newInput()
    {
        return new Input(failures.open(file::newInput), failures);
    }

    @Override
    public TrinoInputStream newStream()
    {
        return new Stream(failures.open(file::newStream), failures);
    }

    @Override
    public long length()
    {
        return failures.read(file::length);
    }

    @Override
    public Instant lastModified()
    {
        return failures.read(file::lastModified);
    }

    @Override
    public boolean exists()
    {
        return failures.read(file::exists);
    }

    @Override
    public Location location()
    {
        return file.location();
    }

    private record Input(TrinoInput input, FileFailures failures)
            implements TrinoInput
    {
        @Override
        public void readFully(long position, byte[] buffer, int bufferOffset, int length)
        {
            failures.read(() -> {
                input.readFully(position, buffer, bufferOffset, length);
                return length;
            });
        }

        @Override
        public int readTail(byte[] buffer, int bufferOffset, int maxLength)
        {
            return failures.read(() -> input.readTail(buffer, bufferOffset, maxLength));
        }

        @Override
        public Slice readFully(long position, int length)
        {
            return failures.read(() -> input.readFully(position, length));
        }

        @Override
        public Slice readTail(int length)
        {
            return failures.read(() -> input.readTail(length));
        }

        @Override
        public Metrics getMetrics()
        {
            return input.getMetrics();
        }

        @Override
        public void close()
                throws IOException
        {
            input.close();
        }
    }

    private static final class Stream
            extends TrinoInputStream
    {
        private final TrinoInputStream stream;
        private final FileFailures failures;

        private Stream(TrinoInputStream stream, FileFailures failures)
        {
            this.stream = requireNonNull(stream, "stream is null");
            this.failures = requireNonNull(failures, "failures is null");
        }

        @Override
        public long getPosition()
                throws IOException
        {
            return stream.getPosition();
        }

        @Override
        public void seek(long position)
        {
            failures.open(() -> {
                stream.seek(position);
                return position;
            });
        }

        @Override
        public int read()
        {
            return failures.read(stream::read);
        }

        @Override
        public int read(byte[] buffer, int offset, int length)
        {
            return failures.read(() -> stream.read(buffer, offset, length));
        }

        @Override
        public long skip(long count)
        {
            return failures.read(() -> stream.skip(count));
        }

        @Override
        public int available()
        {
            return failures.read(stream::available);
        }

        @Override
        public void close()
                throws IOException
        {
            stream.close();
        }
    }
}
