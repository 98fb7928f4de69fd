// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.delta;

import static org.apache.spark.sql.functions.lit;

import dev.lakehouse.core.Table;
import dev.lakehouse.udfs.SparkColumns;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Columns that were declared after a table was made: there is nothing in them. */
final class LackingColumns {

  private LackingColumns() {}

  /** Those that a table does not have yet. */
  static List<StructField> of(Table table, StructType found) {
    Set<String> names = Set.of(found.fieldNames());
    return Arrays.stream(SparkColumns.schema(table).fields())
        .filter(field -> field.nullable() && !names.contains(field.name()))
        .toList();
  }

  /** Rows of the table with nothing in the columns that it did not have when they were written. */
  static Dataset<Row> filled(Table table, Dataset<Row> rows) {
    Dataset<Row> filled = rows;
    for (StructField field : of(table, rows.schema())) {
      filled = filled.withColumn(field.name(), lit(null).cast(field.dataType()));
    }
    return filled;
  }
}
