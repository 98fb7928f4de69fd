// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake;

import dev.lakehouse.core.Table;
import dev.lakehouse.udfs.SparkColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
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
 * Empties a table and gives it the columns and properties again that it was declared with, in one
 * commit; older versions stay readable.
 *
 * <p>A transaction of Delta's own, since no statement does it: for a table that is known by its
 * place, {@code CREATE OR REPLACE TABLE} compares properties where it should replace them, and
 * {@code ALTER TABLE} may not set constraints.
 */
final class TableReset {

  private TableReset() {}

  static void reset(SparkSession spark, DeltaLog log, Table table) {
    Option<SparkSession> active = SparkSession.getActiveSession();
    SparkSession.setActiveSession(spark); // where a transaction looks for the note
    try {
      OptimisticTransaction transaction = log.startTransaction();
      Metadata declared = declared(transaction.metadata(), table);
      transaction.updateMetadata(declared, true);
      transaction.commit(
          removals(transaction),
          new ReplaceTable(declared, false, true, false, Option.empty(), Option.empty()));
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

  private static Seq<Action> removals(OptimisticTransaction transaction) {
    List<Action> removals = new ArrayList<>();
    for (AddFile file : JavaConverters.seqAsJavaList(transaction.filterFiles())) {
      removals.add(file.remove());
    }
    return seq(removals);
  }

  private static <T> Seq<T> seq(List<T> list) {
    return JavaConverters.asScalaBufferConverter(list).asScala().toSeq();
  }
}
