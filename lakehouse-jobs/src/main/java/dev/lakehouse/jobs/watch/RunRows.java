// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.watch;

import static dev.lakehouse.core.Column.optional;
import static dev.lakehouse.core.Column.required;
import static dev.lakehouse.core.ColumnType.Scalar.INT;
import static dev.lakehouse.core.ColumnType.Scalar.STRING;

import dev.lakehouse.core.Table;
import dev.lakehouse.core.Values;
import dev.lakehouse.udfs.SparkColumns;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The runs of a lake as rows; they are kept as files, not as a table.
 *
 * @param log where they are
 */
record RunRows(RunLog log) {
  static final Table TABLE =
      new Table(
          "runs",
          List.of(
              required("run", STRING, "its id; sorts by start"),
              required("command", STRING, "what was asked"),
              required("started", STRING, "ISO 8601"),
              optional("ended", STRING, "ISO 8601; empty where it was killed or goes on"),
              optional("exit_code", INT, "of the contract"),
              optional("error_code", STRING, "what ended it"),
              optional("error_message", STRING, "for people")),
          List.of("run"));

  Dataset<Row> rows(SparkSession spark) {
    List<Row> rows = log.all().stream().map(RunRows::values).map(SparkColumns::row).toList();
    return spark.createDataFrame(rows, SparkColumns.schema(TABLE));
  }

  private static Values values(Map<String, Object> report) {
    Map<?, ?> error = report.get("error") instanceof Map<?, ?> map ? map : Map.of();
    return Values.of(TABLE)
        .set("run", report.get("run"))
        .set("command", report.get("command"))
        .set("started", report.get("started"))
        .set("ended", report.get("ended"))
        .set("exit_code", report.get("exit_code"))
        .set("error_code", error.get("code"))
        .set("error_message", error.get("message"));
  }
}
