// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.delta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.jobs.SparkTest;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestQueryMode {
  private static final String GENERATES = "spark.sql.codegen.wholeStage";
  private static final String PARTITIONS = "spark.sql.shuffle.partitions";

  @TempDir Path root;

  @Test
  void fewRowsAreInterpretedAndManyAreNot() {
    assertThat(QueryMode.of(2_000, 0, 20 << 20)).isEqualTo(QueryMode.INTERPRETED);
    assertThat(QueryMode.of(2_001, 0, 0)).isEqualTo(QueryMode.GENERATED);
    assertThat(QueryMode.of(0, 3 << 20, 0)).isEqualTo(QueryMode.GENERATED);
    assertThat(QueryMode.of(0, 0, 33 << 20)).as("many passages").isEqualTo(QueryMode.GENERATED);
  }

  @Test
  void aLakeFitsItsOwnSessionTheOneWayAndTheOther() {
    SparkSession caller = SparkTest.session().newSession();
    LakeTables tables = lake(caller);

    tables.fitQueries(10);
    assertThat(tables.spark().conf().get(GENERATES)).isEqualTo("false");
    assertThat(tables.spark().conf().get(PARTITIONS)).isEqualTo("1");
    tables.fitQueries(1_000_000);
    assertThat(tables.spark().conf().get(GENERATES)).isEqualTo("true");
    assertThat(tables.spark().conf().get(PARTITIONS)).isEqualTo(caller.conf().get(PARTITIONS));
    assertThat(caller.conf().getAll().contains(GENERATES)).isFalse();
  }

  @Test
  void whatTheCallerChoseStays() {
    SparkSession caller = SparkTest.session().newSession();
    caller.conf().set(GENERATES, "true");
    caller.conf().set(PARTITIONS, "7");
    LakeTables tables = lake(caller);

    tables.fitQueries(10);

    assertThat(tables.spark().conf().get(GENERATES)).isEqualTo("true");
    assertThat(tables.spark().conf().get(PARTITIONS)).isEqualTo("7");
    assertThat(tables.spark().conf().get("spark.sql.adaptive.enabled")).isEqualTo("false");
  }

  private LakeTables lake(SparkSession caller) {
    return new LakeTables(caller, table -> root.resolve(table.name()).toString());
  }
}
