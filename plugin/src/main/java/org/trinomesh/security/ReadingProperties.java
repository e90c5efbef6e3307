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
package org.trinomesh.security;

import com.google.common.collect.ImmutableSet;

import java.util.Set;

/**
 * The session properties that anybody may set. They tune a reading; none of them widens what may be read or sends the reader elsewhere.
 */
final class ReadingProperties
{
    private static final Set<String> NAMES = ImmutableSet.of(
            "bucket_execution_enabled",
            "dynamic_filtering_wait_timeout",
            "max_split_size",
            "minimum_assigned_split_weight",
            "orc_bloom_filters_enabled",
            "orc_lazy_read_small_ranges",
            "orc_max_buffer_size",
            "orc_max_merge_distance",
            "orc_max_read_block_size",
            "orc_nested_lazy_enabled",
            "orc_stream_buffer_size",
            "orc_tiny_stripe_threshold",
            "parquet_ignore_statistics",
            "parquet_max_read_block_row_count",
            "parquet_max_read_block_size",
            "parquet_small_file_threshold",
            "parquet_use_bloom_filter",
            "parquet_vectorized_decoding_enabled",
            "projection_pushdown_enabled",
            "statistics_enabled");

    private ReadingProperties() {}

    static boolean contains(String property)
    {
        return NAMES.contains(property);
    }
}
