// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.content;

import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.content.IngestPlan;
import dev.lakehouse.core.content.Ingested;
import dev.lakehouse.core.content.Ingestor;
import dev.lakehouse.udfs.ItemsDone;
import dev.lakehouse.udfs.SparkColumns;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Brings the items of a partition in.
 *
 * <p>In: rows of {@link SourceItemColumns}. Out, for each item and in the same order: {@code
 * asset}, a row of {@code assets}, or {@code dead_letter}, a row of {@code dead_letters}; the other
 * is null. Running twice stores nothing twice. Several items are in flight at once, since each
 * waits until the storage has its bytes for good.
 */
public final class IngestPartition implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  /** Column of the row of {@code assets}. */
  public static final String ASSET = "asset";

  /** Column of the row of {@code dead_letters}. */
  public static final String DEAD_LETTER = "dead_letter";

  /** Column of what items had before, where they are fetched; null for new ones. */
  public static final String KNOWN = "known";

  private final IngestPlan plan;
  private final boolean fetches;

  private IngestPartition(IngestPlan plan, boolean fetches) {
    this.plan = plan;
    this.fetches = fetches;
  }

  /** For items that are read where they are. */
  public static IngestPartition reading(IngestPlan plan) {
    return new IngestPartition(plan, false);
  }

  /** For items of the web, whose rows have a column {@link #KNOWN} as well. */
  public static IngestPartition fetching(IngestPlan plan) {
    return new IngestPartition(plan, true);
  }

  /** The names of what is known of an item. */
  public static List<String> known() {
    return Ingestor.KNOWN.names();
  }

  /** The schema of what comes out. */
  public static StructType schema() {
    return new StructType()
        .add(ASSET, SparkColumns.schema(Tables.ASSETS), true)
        .add(DEAD_LETTER, SparkColumns.schema(Tables.DEAD_LETTERS), true);
  }

  @Override
  public Iterator<Row> call(Iterator<Row> items) {
    Ingestor ingestor = new Ingestor(plan);
    TaskContext task = TaskContext.get();
    if (task != null) { // listeners are called last to first, so after the threads ended
      task.addTaskCompletionListener((TaskCompletionListener) context -> ingestor.close());
    }
    return fetches
        ? InFlight.ofTask(
            items,
            item -> counted(ingestor.ingest(SourceItemColumns.item(item), known(item))),
            plan.fetch().parallel())
        : InFlight.ofTask(items, item -> counted(ingestor.ingest(SourceItemColumns.item(item))));
  }

  private static Optional<Values> known(Row item) {
    return Optional.<Row>ofNullable(item.getAs(KNOWN))
        .map(row -> SourceItemColumns.values(row, Ingestor.KNOWN));
  }

  private static Row counted(Ingested ingested) {
    ItemsDone.another();
    return outcome(ingested);
  }

  private static Row outcome(Ingested ingested) {
    if (ingested instanceof Ingested.Asset asset) {
      return RowFactory.create(SparkColumns.row(asset.row()), null);
    }
    return RowFactory.create(null, SparkColumns.row(((Ingested.DeadLetter) ingested).row()));
  }
}
