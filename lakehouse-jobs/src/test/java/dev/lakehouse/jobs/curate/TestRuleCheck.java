// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.curate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.curate.Policy;
import dev.lakehouse.core.kind.Kinds;
import dev.lakehouse.jobs.SparkTest;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestRuleCheck {
  private final SparkSession spark = SparkTest.session();

  private static Policy policy(String condition) {
    return Policy.parse(
        "rules:\n  - {name: mine, severity: fail, reason: BAD, require: \"%s\"}"
            .formatted(condition));
  }

  @Test
  void theBuiltInPolicyIsSound() {
    assertThatCode(() -> RuleCheck.requireSound(spark, Policy.builtIn(), Kinds.PROBES))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          widht > 5                       | unknown column widht. Did you mean width? docs/policy.md says what there is: asset_id,
          width + 1                       | it is of type int, not a condition
          width >                         | it cannot be parsed
          width > (SELECT 1)              | it has a subquery
          width > rand()                  | its answer differs from run to run
          first_seen < current_timestamp()| its answer differs from run to run
          max(width) > 5                  | it speaks of more than one asset
          mine_only(width) > 5            | it calls a function of its own
          """)
  void anUnsoundRuleIsNamed(String condition, String why) {
    spark.udf().register("mine_only", (UDF1<Integer, Integer>) x -> x, DataTypes.IntegerType);

    assertThatThrownBy(() -> RuleCheck.requireSound(spark, policy(condition), Kinds.PROBES))
        .isInstanceOfSatisfying(
            LakehouseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_INVALID))
        .hasMessageStartingWith("Cannot judge by rule mine: " + why)
        .hasMessageEndingWith("Its condition is: " + condition);
  }
}
