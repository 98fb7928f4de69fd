// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline;

import dev.lakehouse.core.Setting;
import dev.lakehouse.jobs.lake.delta.OutputTable;
import dev.lakehouse.udfs.content.ContentBytes;
import dev.lakehouse.udfs.function.BatchSum;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Runs a user's function over rows of the lake and writes what it makes of them. */
public final class MapStep {
  /** The column that is made of the bytes of an asset where a function asks for it. */
  public static final String CONTENT = "content";

  private final LakeContext context;

  public MapStep(LakeContext context) {
    this.context = context;
  }

  /**
   * Writes one row for each row.
   *
   * @param rows of the table that the request names
   * @param version of that table
   * @throws dev.lakehouse.core.LakehouseException CONFIG_INVALID before anything runs, or
   *     FUNCTION_FAILED, and then nothing was committed
   */
  public MapResult run(MapRequest request, Dataset<Row> rows, long version) {
    long started = System.nanoTime();
    OutputTable output =
        OutputTable.at(context.spark(), context.layout(), request.output(), request.ifThere());
    BatchSum sum = new BatchSum();
    context.spark().sparkContext().register(sum, "map-batches " + request.function().factory());
    long budget = context.settings().integer(Setting.EMBED_BYTES_IN_FLIGHT);
    Dataset<Row> mapped =
        request.function().bytesInFlight(budget).addingTo(sum).over(withBytes(request, rows));
    long written = output.write(mapped);
    return MapResult.of(
        request, version, output.uri(), written, sum.value(), System.nanoTime() - started);
  }

  private Dataset<Row> withBytes(MapRequest request, Dataset<Row> rows) {
    return request.function().asksFor(CONTENT) && ContentBytes.areIn(rows)
        ? rows.withColumn(CONTENT, ContentBytes.of(rows, context.contents()))
        : rows;
  }
}
