// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.release;

/**
 * Where the inputs of a release are: versions of tables are the same in many lakes, these are not.
 *
 * @param lake its identity
 * @param filteredCommit that made the version of {@code filtered}
 * @param embeddingsCommit that made the version of {@code embeddings}; empty without
 */
record MadeIn(String lake, String filteredCommit, String embeddingsCommit) {}
