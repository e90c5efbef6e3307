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

import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.SeekableInputStream;

import java.io.IOException;

import static java.util.Objects.requireNonNull;

/**
 * A file that Iceberg's library reads, such as a manifest. Its failures do not show paths to readers.
 *
 * @see ReportingTrinoInputFile
 */
record ReportingIcebergInputFile(InputFile file, FileFailures failures)
        implements InputFile
{
    ReportingIcebergInputFile
    {
        requireNonNull(file, "file is null");
        requireNonNull(failures, "failures is null");
    }

    @Override
    public long getLength()
    {
        return failures.read(file::getLength);
    }

    @Override
    public SeekableInputStream newStream()
    {
        return new Stream(failures.open(file::newStream), failures);
    }

    @Override
    public String location()
    {
        return file.location();
    }

    @Override
    public boolean exists()
    {
        return failures.read(file::exists);
    }

    private static final class Stream
            extends SeekableInputStream
    {
        private final SeekableInputStream stream;
        private final FileFailures failures;

        private Stream(SeekableInputStream stream, FileFailures failures)
        {
            this.stream = requireNonNull(stream, "stream is null");
            this.failures = requireNonNull(failures, "failures is null");
        }

        @Override
        public long getPos()
                throws IOException
        {
            return stream.getPos();
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
