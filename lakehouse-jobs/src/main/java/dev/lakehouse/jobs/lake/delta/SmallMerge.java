// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.delta;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.SetTransaction;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * A merge into a small table as one query that writes it anew: Delta's own takes five Spark jobs or
 * more, to find the files that need not be written. What is added to them all the same is only what
 * enters.
 *
 * <p>Where the table has a change feed, the query writes that as well, as Delta's does.
 */
final class SmallMerge {
  private static final String FEED = "delta.enableChangeDataFeed";
  private static final String THERE = "is_there";
  private static final String FATE = "fate";
  private static final String CHANGE = "_change_type";
  private static final Column NO_CHANGE = lit(null).cast("string");

  private final LakeTable table;
  private final long version;
  private final List<AddFile> files;
  private final StructType columns;
  private final boolean hasFeed;
  private final Option<Seq<SetTransaction>> applied;

  private SmallMerge(LakeTable table, Snapshot snapshot, List<AddFile> files) {
    this.table = table;
    this.version = snapshot.version();
    this.files = files;
    this.columns = snapshot.schema();
    this.hasFeed =
        Boolean.parseBoolean(snapshot.metadata().configuration().getOrElse(FEED, () -> "false"));
    this.applied = snapshot.checksumOpt().get().setTransactions();
  }

  /** A merge into a table as it is now; empty where it is not small, or not as we made it. */
  static Optional<SmallMerge> into(LakeTable table) {
    Snapshot now = table.snapshot();
    boolean isOurs = Set.of(now.schema().fieldNames()).equals(Set.copyOf(table.table().names()));
    return isOurs && QueryMode.isForFew(table.spark())
        ? ListedFiles.ofOneTask(now).map(files -> new SmallMerge(table, now, files))
        : Optional.empty();
  }

  /** Whether Delta noted beside the files what was done once only. */
  boolean knowsWhatWasDone() {
    return applied.isDefined();
  }

  private boolean isDone(String applicationId) {
    return knowsWhatWasDone()
        && JavaConverters.seqAsJavaList(applied.get()).stream()
            .anyMatch(each -> each.appId().equals(applicationId));
  }

  /**
   * Writes it, in one commit that conflicts with whatever was committed since this was made.
   *
   * @param tally what it comes to
   */
  void write(Dataset<Row> rows, Merge merge, Merge.Tally tally) {
    if (tally.once().filter(this::isDone).isPresent()) {
      return;
    }
    boolean addsOnly = merge.addsOnly() || files.isEmpty();
    new PinnedTransaction(table.spark(), table.log(), version)
        .merge(
            addsOnly ? List.of() : files,
            addsOnly ? entering(rows, merge) : settled(rows, merge),
            tally);
  }

  private Column sameKey() {
    return table.table().key().stream()
        .map(part -> col("t." + part).equalTo(col("s." + part)))
        .reduce(lit(true), Column::and);
  }

  private Dataset<Row> entering(Dataset<Row> rows, Merge merge) {
    Dataset<Row> coming = rows.as("s").where(merge.enters().orElse(lit(false)));
    Dataset<Row> fresh =
        files.isEmpty()
            ? coming
            : coming.join(table.rowsAt(version).as("t"), sameKey(), "left_anti");
    return fresh.select(columns(name -> incoming(name, rows))).coalesce(1);
  }

  private Dataset<Row> settled(Dataset<Row> rows, Merge merge) {
    Dataset<Row> there = table.rowsAt(version).withColumn(THERE, lit(true)).as("t");
    Column isThere = col("t." + THERE).isNotNull();
    Column comes = col("s." + THERE).isNotNull();
    Column fate =
        when(isThere.and(comes).and(merge.leaves().orElse(lit(false))), "delete")
            .when(isThere.and(comes).and(merge.changes().orElse(lit(false))), "update")
            .when(isThere, "keep")
            .when(merge.enters().orElse(lit(false)), "insert");
    Dataset<Row> met =
        there
            .join(onceEach(rows).as("s"), sameKey(), "full_outer")
            .withColumn(FATE, fate)
            .where(col(FATE).isNotNull())
            .coalesce(1);
    return hasFeed ? withFeed(met, rows, merge) : withoutFeed(met, rows, merge);
  }

  /** Which of two rows a third becomes would be left to chance. */
  private Dataset<Row> onceEach(Dataset<Row> rows) {
    Column[] key = table.table().key().stream().map(part -> col(part)).toArray(Column[]::new);
    Column times = count(lit(1)).over(Window.partitionBy(key));
    Column once =
        when(times.equalTo(1), true)
            .otherwise(raise_error(lit("Two rows of one key come to " + table.uri())));
    return rows.withColumn(THERE, coalesce(once, lit(true)));
  }

  private Dataset<Row> withoutFeed(Dataset<Row> met, Dataset<Row> rows, Merge merge) {
    return met.where(col(FATE).notEqual("delete"))
        .select(
            columns(
                name ->
                    when(col(FATE).equalTo("insert"), incoming(name, rows))
                        .when(col(FATE).equalTo("update"), changed(name, merge))
                        .otherwise(col("t." + name))));
  }

  private Dataset<Row> withFeed(Dataset<Row> met, Dataset<Row> rows, Merge merge) {
    Column before = struct(columns(name -> col("t." + name)));
    Column after = struct(columns(name -> changed(name, merge)));
    Column fresh = struct(columns(name -> incoming(name, rows)));
    Column written =
        when(col(FATE).equalTo("keep"), array(told(before, NO_CHANGE)))
            .when(col(FATE).equalTo("delete"), array(told(before, lit("delete"))))
            .when(
                col(FATE).equalTo("insert"),
                array(told(fresh, NO_CHANGE), told(fresh, lit("insert"))))
            .otherwise(
                array(
                    told(after, NO_CHANGE),
                    told(before, lit("update_preimage")),
                    told(after, lit("update_postimage"))));
    return met.select(explode(written).as("written")).select("written.row.*", "written." + CHANGE);
  }

  private static Column told(Column row, Column change) {
    return struct(row.as("row"), change.as(CHANGE));
  }

  private Column[] columns(Function<String, Column> value) {
    return Stream.of(columns.fields())
        .map(field -> value.apply(field.name()).as(field.name()))
        .toArray(Column[]::new);
  }

  /** What comes, in the table's own type, which no writer asks for. */
  private Column incoming(String name, Dataset<Row> rows) {
    DataType type = columns.apply(name).dataType();
    boolean isSame =
        rows.schema().apply(name).dataType().catalogString().equals(type.catalogString());
    return isSame ? col("s." + name) : col("s." + name).cast(type);
  }

  private Column changed(String name, Merge merge) {
    Column value = merge.values().get(name);
    return value == null ? col("t." + name) : value.cast(columns.apply(name).dataType());
  }
}
