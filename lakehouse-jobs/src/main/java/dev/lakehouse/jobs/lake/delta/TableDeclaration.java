// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.delta;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Table;
import dev.lakehouse.udfs.SparkColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaOperations.CreateTable;
import org.apache.spark.sql.delta.DeltaOperations.Operation;
import org.apache.spark.sql.delta.DeltaOperations.ReplaceTable;
import org.apache.spark.sql.delta.DummySnapshot;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.VersionChecksum;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.Metadata;
import org.apache.spark.sql.types.StructField;
import scala.Option;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.collection.immutable.Map$;

/**
 * Makes a table what it is declared to be, in one commit: for the first time or anew; older
 * versions stay readable.
 *
 * <p>Transactions of Delta's own, since no statement does either. {@code CREATE TABLE} refuses a
 * folder that a process left behind which was killed before its first commit. For a table that is
 * known by its place, {@code CREATE OR REPLACE TABLE} compares properties where it should replace
 * them, and {@code ALTER TABLE} may not set constraints.
 */
final class TableDeclaration {
  private static final boolean EXTERNAL = false;
  private static final boolean AS_SELECT = false;

  private TableDeclaration() {}

  /**
   * Makes a table, empty, unless it is there, and sees that it has all columns.
   *
   * @return whether columns were added to a table that was there
   */
  static boolean ensure(LakeTable table, Commits commits, CommitNote note) {
    if (table.exists()) {
      return extend(table, commits, note);
    }
    try {
      commits.commit(
          table,
          CommitNote.of(note.run(), "create"),
          () -> create(table.spark(), table.log(), table.table()));
    } catch (LakehouseException e) {
      if (e.code() != ErrorCode.COMMIT_CONFLICT || !table.exists()) {
        throw e;
      }
      // another command made the same table first
    }
    return false;
  }

  /** Adds the columns that a table lacks; says whether that took a commit. */
  static boolean extend(LakeTable table, Commits commits, CommitNote note) {
    Snapshot found = table.snapshot();
    List<StructField> lacking = LackingColumns.of(table.table(), found.schema());
    boolean extended = found.version() != LakeTable.ABSENT && !lacking.isEmpty();
    if (extended) {
      List<String> present = List.of(found.schema().fieldNames());
      commits.commit(
          table,
          CommitNote.of(note.run(), "extend"),
          () ->
              new PinnedTransaction(table.spark(), table.log(), found.version())
                  .addColumns(lacking, TableProperties.added(table.table(), present)));
    }
    return extended;
  }

  /** Makes a table that has no version yet, empty. */
  static void create(SparkSession spark, DeltaLog log, Table table) {
    commit(
        spark,
        log,
        table,
        transaction -> List.of(),
        declared -> new CreateTable(declared, EXTERNAL, AS_SELECT, Option.empty()));
  }

  /** Makes a table anew that has columns, properties and rows of any kind; these are its rows. */
  static void reset(SparkSession spark, DeltaLog log, Table table, Dataset<Row> rows) {
    commit(
        spark,
        log,
        table,
        transaction -> JavaConverters.seqAsJavaList(transaction.writeFiles(rows)),
        declared ->
            new ReplaceTable(declared, EXTERNAL, true, AS_SELECT, Option.empty(), Option.empty()));
  }

  private static void commit(
      SparkSession spark,
      DeltaLog log,
      Table table,
      Function<OptimisticTransaction, List<? extends Action>> content,
      Function<Metadata, Operation> operation) {
    Option<SparkSession> active = SparkSession.getActiveSession();
    SparkSession.setActiveSession(spark); // where a transaction looks for the note
    try {
      OptimisticTransaction transaction = begun(log);
      Metadata declared = declared(transaction.metadata(), table);
      transaction.updateMetadata(declared, true);
      List<Action> actions = new ArrayList<>(content.apply(transaction));
      actions.addAll(removals(transaction));
      transaction.commit(seq(actions), operation.apply(declared));
    } finally {
      if (active.isDefined()) {
        SparkSession.setActiveSession(active.get());
      } else {
        SparkSession.clearActiveSession();
      }
    }
  }

  private static OptimisticTransaction begun(DeltaLog log) {
    Snapshot now = log.update(false, Option.empty(), Option.empty());
    return log.startTransaction(
        Option.empty(), Option.apply(now.version() == LakeTable.ABSENT ? new NoVersion(log) : now));
  }

  /** A table before its first version: Delta's own runs a query to find that it has no files. */
  private static final class NoVersion extends DummySnapshot {
    NoVersion(DeltaLog log) {
      super(log.logPath(), log);
    }

    @Override
    public VersionChecksum computeChecksum() {
      VersionChecksum known = super.computeChecksum();
      return new VersionChecksum(
          known.txnId(),
          known.tableSizeBytes(),
          known.numFiles(),
          known.numDeletedRecordsOpt(),
          known.numDeletionVectorsOpt(),
          known.numMetadata(),
          known.numProtocol(),
          known.inCommitTimestampOpt(),
          known.setTransactions(),
          known.domainMetadata(),
          known.metadata(),
          known.protocol(),
          known.histogramOpt(),
          known.deletedRecordCountsHistogramOpt(),
          Option.apply(seq(List.of())));
    }
  }

  private static Metadata declared(Metadata found, Table table) {
    scala.collection.immutable.Map<String, String> properties = Map$.MODULE$.empty();
    for (Map.Entry<String, String> property : TableProperties.of(table).entrySet()) {
      properties = properties.updated(property.getKey(), property.getValue());
    }
    return found.copy(
        found.id(),
        found.name(),
        found.description(),
        found.format(),
        SparkColumns.schema(table).json(),
        seq(List.<String>of()),
        properties,
        found.createdTime());
  }

  private static List<Action> removals(OptimisticTransaction transaction) {
    if (transaction.readVersion() == LakeTable.ABSENT) {
      return List.of(); // to look for files of no version takes Spark as long as for those of any
    }
    List<Action> removals = new ArrayList<>();
    for (AddFile file : JavaConverters.seqAsJavaList(transaction.filterFiles())) {
      removals.add(file.remove());
    }
    return removals;
  }

  private static <T> Seq<T> seq(List<T> list) {
    return JavaConverters.asScalaBufferConverter(list).asScala().toSeq();
  }
}
