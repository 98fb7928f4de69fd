// SPDX-License-Identifier: Apache-2.0
/**
 * The functions of SQL that need nothing but what executors have: texts and pictures become
 * vectors, vectors are compared.
 *
 * <p>An embedding is called like any function of a row and computed like the stage: {@link
 * dev.lakehouse.udfs.sql.EmbedInBatches} takes it out of the plan's expressions and puts an
 * operator below them, which hands the rows of a partition to the executor's warm pump. What stays
 * where a row is all there is, as inside a lambda, is computed one by one.
 *
 * <p>Start at {@link dev.lakehouse.udfs.sql.ScalarFunction}.
 */
@NullMarked
package dev.lakehouse.udfs.sql;

import org.jspecify.annotations.NullMarked;
