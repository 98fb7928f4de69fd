// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.Table;
import dev.lakehouse.core.lake.LakeSchema;
import dev.lakehouse.udfs.SparkColumns;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class TestSparkColumns {
  static final java.util.List<Table> TABLES = LakeSchema.TABLES;

  @ParameterizedTest
  @FieldSource("TABLES")
  void sqlAndSchemaAgree(Table table) {
    assertThat(SparkColumns.schema(table).catalogString())
        .isEqualTo(StructType.fromDDL(table.ddl()).catalogString());
  }
}
