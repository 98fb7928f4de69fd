// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.delta;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.DeltaOperations.AddColumns;
import org.apache.spark.sql.delta.DeltaOperations.Operation;
import org.apache.spark.sql.delta.DeltaOperations.SetTableProperties;
import org.apache.spark.sql.delta.DeltaOperations.Write;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.FileAction;
import org.apache.spark.sql.delta.actions.Metadata;
import org.apache.spark.sql.delta.actions.SetTransaction;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.execution.metric.SQLMetrics;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * A transaction that goes on from a version that was looked at before it began, and conflicts with
 * whatever was committed since. Statements of Delta take the newest version when they begin.
 */
final class PinnedTransaction {
  private final SparkSession spark;
  private final DeltaLog log;
  private final long version;

  PinnedTransaction(SparkSession spark, DeltaLog log, long version) {
    this.spark = spark;
    this.log = log;
    this.version = version;
  }

  void append(Dataset<Row> rows) {
    spark.withActive( // where a transaction looks for the note
        () -> {
          OptimisticTransaction transaction = begin();
          Seq<FileAction> files = transaction.writeFiles(rows);
          return transaction.commit(actions(files), write(SaveMode.Append));
        });
  }

  /**
   * Makes rows all that there are. A save in mode overwrite would first compute the whole state of
   * the table, to find out that it is not clustered.
   */
  void replace(Dataset<Row> rows) {
    spark.withActive(
        () -> {
          OptimisticTransaction transaction = begin();
          List<Action> actions = new ArrayList<>();
          files(transaction).forEach(file -> actions.add(file.remove()));
          actions.addAll(JavaConverters.seqAsJavaList(transaction.writeFiles(rows)));
          return transaction.commit(seq(actions), write(SaveMode.Overwrite));
        });
  }

  /**
   * Writes what a merge comes to.
   *
   * @param replaced files whose rows are among the rows, or gone
   * @param rows with {@code _change_type} where they are to tell the change feed
   */
  void merge(List<AddFile> replaced, Dataset<Row> rows, Merge.Tally tally) {
    spark.withActive(
        () -> {
          OptimisticTransaction transaction = begin();
          List<Action> actions = new ArrayList<>();
          tally.once().ifPresent(id -> actions.add(once(id)));
          replaced.forEach(file -> actions.add(file.remove()));
          actions.addAll(JavaConverters.seqAsJavaList(transaction.writeFiles(rows)));
          transaction.registerSQLMetrics(spark, metrics(tally));
          return transaction.commit(seq(actions), merged());
        });
  }

  private SetTransaction once(String applicationId) {
    return new SetTransaction(applicationId, 1, Option.apply(log.clock().getTimeMillis()));
  }

  private scala.collection.immutable.Map<String, SQLMetric> metrics(Merge.Tally tally) {
    scala.collection.immutable.Map<String, SQLMetric> metrics =
        scala.collection.immutable.Map$.MODULE$.empty();
    for (Map.Entry<String, Long> rows : tally.rows().entrySet()) {
      SQLMetric metric = SQLMetrics.createMetric(spark.sparkContext(), rows.getKey());
      metric.set(rows.getValue());
      metrics = metrics.updated(rows.getKey(), metric);
    }
    return metrics;
  }

  private static Operation merged() {
    return new DeltaOperations.Merge(
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty(),
        seq(List.of()),
        seq(List.of()),
        seq(List.of()));
  }

  /** Every file; that all are read is said where it begins, however they become known. */
  private static List<AddFile> files(OptimisticTransaction transaction) {
    return ListedFiles.beside(transaction.snapshot())
        .orElseGet(() -> JavaConverters.seqAsJavaList(transaction.filterFiles()));
  }

  private static Operation write(SaveMode mode) {
    return new Write(mode, Option.empty(), Option.empty(), Option.empty());
  }

  void set(String property, String value) {
    spark.withActive(
        () -> {
          OptimisticTransaction transaction = begin();
          Metadata found = transaction.metadata();
          transaction.updateMetadata(
              with(found, found.schemaString(), found.configuration().updated(property, value)),
              false);
          return transaction.commit(
              actions(seq(List.of())),
              new SetTableProperties(scala.collection.immutable.Map$.MODULE$.empty()));
        });
  }

  /** Adds columns behind the others, and properties. */
  void addColumns(List<StructField> columns, Map<String, String> more) {
    spark.withActive(
        () -> {
          OptimisticTransaction transaction = begin();
          Metadata found = transaction.metadata();
          StructType schema = found.schema();
          for (StructField column : columns) {
            schema = schema.add(column);
          }
          scala.collection.immutable.Map<String, String> properties = found.configuration();
          for (Map.Entry<String, String> property : more.entrySet()) {
            properties = properties.updated(property.getKey(), property.getValue());
          }
          transaction.updateMetadata(with(found, schema.json(), properties), false);
          return transaction.commit(actions(seq(List.of())), new AddColumns(seq(List.of())));
        });
  }

  private static Metadata with(
      Metadata found, String schema, scala.collection.immutable.Map<String, String> properties) {
    return found.copy(
        found.id(),
        found.name(),
        found.description(),
        found.format(),
        schema,
        found.partitionColumns(),
        properties,
        found.createdTime());
  }

  private OptimisticTransaction begin() {
    OptimisticTransaction transaction =
        log.startTransaction(
            Option.empty(),
            Option.apply(log.getSnapshotAt(version, Option.empty(), Option.empty())));
    transaction.readWholeTable();
    return transaction;
  }

  private static Seq<Action> actions(Seq<? extends Action> files) {
    return seq(List.copyOf(JavaConverters.seqAsJavaList(files)));
  }

  private static <T> Seq<T> seq(List<T> list) {
    return JavaConverters.asScalaBufferConverter(list).asScala().toSeq();
  }
}
