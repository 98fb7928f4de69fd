// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.curate;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a policy says of a corpus.
 *
 * @param id digest of the policy and the versions that it was judged from
 * @param verdicts rows of {@code verdicts}, one for each active asset
 * @param filtered rows of {@code filtered}, the assets that passed
 */
public record Judgement(String id, Dataset<Row> verdicts, Dataset<Row> filtered) {}
