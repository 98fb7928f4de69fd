// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.content;

import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.connect.SourceItem;
import dev.lakehouse.core.content.intake.IngestPlan;
import dev.lakehouse.core.content.intake.Ingested;
import dev.lakehouse.core.content.intake.Ingestor;
import dev.lakehouse.udfs.ItemsDone;
import dev.lakehouse.udfs.SparkColumns;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Brings the items of a partition in.
 *
 * <p>In: rows of {@link SourceItemColumns}. Out, for each item and in the same order, one of three,
 * the others being null: {@code asset}, a row of {@code assets}, with its {@code mark} if it has
 * one; {@code dead_letter}, a row of {@code dead_letters}; or {@code unread}, key and URI of what
 * is in the lake already as it would come in now. Running twice stores nothing twice. Several items
 * are in flight at once, since each waits until the storage has its bytes for good.
 */
public final class IngestPartition implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  /** Column of the row of {@code assets}. */
  public static final String ASSET = "asset";

  /** Column of the row of {@code dead_letters}. */
  public static final String DEAD_LETTER = "dead_letter";

  /** Column of the key and URI of what was not read. */
  public static final String UNREAD = "unread";

  /** Column of the mark of an asset: of what came out, and of what is known of what goes in. */
  public static final String MARK = "mark";

  /** Column of what items had before, where they are fetched; null for new ones. */
  public static final String KNOWN = "known";

  private static final StructType UNREAD_TYPE =
      new StructType()
          .add("key", DataTypes.StringType, false)
          .add("source_uri", DataTypes.StringType, false);

  private enum Way {
    READING,
    READING_CHANGED,
    FETCHING
  }

  private final IngestPlan plan;
  private final Way way;

  private IngestPartition(IngestPlan plan, Way way) {
    this.plan = plan;
    this.way = way;
  }

  /** For items that are read where they are. */
  public static IngestPartition reading(IngestPlan plan) {
    return new IngestPartition(plan, Way.READING);
  }

  /**
   * The same for items with a column {@link #MARK}, which are not read where they still have it.
   */
  public static IngestPartition readingChanged(IngestPlan plan) {
    return new IngestPartition(plan, Way.READING_CHANGED);
  }

  /** For items of the web, whose rows have a column {@link #KNOWN} as well. */
  public static IngestPartition fetching(IngestPlan plan) {
    return new IngestPartition(plan, Way.FETCHING);
  }

  /** The names of what is known of an item. */
  public static List<String> known() {
    return Ingestor.KNOWN.names();
  }

  /** The schema of what comes out. */
  public static StructType schema() {
    return new StructType()
        .add(ASSET, SparkColumns.schema(Tables.ASSETS), true)
        .add(MARK, DataTypes.StringType, true)
        .add(DEAD_LETTER, SparkColumns.schema(Tables.DEAD_LETTERS), true)
        .add(UNREAD, UNREAD_TYPE, true);
  }

  @Override
  public Iterator<Row> call(Iterator<Row> items) {
    Ingestor ingestor = new Ingestor(plan);
    TaskContext task = TaskContext.get();
    if (task != null) { // listeners are called last to first, so after the threads ended
      task.addTaskCompletionListener((TaskCompletionListener) context -> ingestor.close());
    }
    return way == Way.FETCHING
        ? InFlight.ofTask(items, item -> ingest(ingestor, item), plan.fetch().parallel())
        : InFlight.ofTask(items, item -> ingest(ingestor, item));
  }

  private Row ingest(Ingestor ingestor, Row row) {
    SourceItem item = SourceItemColumns.item(row);
    Ingested ingested =
        switch (way) {
          case READING -> ingestor.ingest(item);
          case READING_CHANGED -> ingestor.ingestUnless(Optional.ofNullable(row.getAs(MARK)), item);
          case FETCHING -> ingestor.ingest(item, known(row));
        };
    ItemsDone.another();
    return outcome(ingested);
  }

  private static Optional<Values> known(Row item) {
    return Optional.<Row>ofNullable(item.getAs(KNOWN))
        .map(row -> SourceItemColumns.values(row, Ingestor.KNOWN));
  }

  private static Row outcome(Ingested ingested) {
    if (ingested instanceof Ingested.Asset asset) {
      return RowFactory.create(
          SparkColumns.row(asset.row()), asset.mark().orElse(null), null, null);
    }
    if (ingested instanceof Ingested.Unread unread) {
      return RowFactory.create(
          null, null, null, RowFactory.create(unread.key(), unread.sourceUri()));
    }
    return RowFactory.create(
        null, null, SparkColumns.row(((Ingested.DeadLetter) ingested).row()), null);
  }
}
