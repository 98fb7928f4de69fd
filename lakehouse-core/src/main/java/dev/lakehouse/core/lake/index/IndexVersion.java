// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.index;

import dev.lakehouse.core.lake.IndexRecall;

/**
 * A version of an index that a release may name.
 *
 * @param version of the Lance dataset, search structures included
 * @param tag that keeps the version from being cleaned
 * @param rows segments in it
 * @param unindexedRows segments outside the vector index; all of them in an index that is small
 *     enough to be searched flat
 * @param fragments files of rows that it consists of
 * @param recall how much of what is near a search by vector finds
 */
public record IndexVersion(
    long version, String tag, long rows, long unindexedRows, int fragments, IndexRecall recall) {}
