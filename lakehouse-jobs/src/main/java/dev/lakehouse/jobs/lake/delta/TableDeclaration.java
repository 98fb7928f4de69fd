// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.delta;

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
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.Metadata;
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
      OptimisticTransaction transaction = log.startTransaction();
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
