// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.curate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.Column;
import dev.lakehouse.core.ColumnType.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TestJudgementBasis {

  /** Where this fails, lakes are judged anew by the next run; say so in the changes. */
  @Test
  void theBasisOfNowIsKnown() {
    assertThat(JudgementBasis.now().digest())
        .isEqualTo("03096fe7fa937b96e648ebb862e340fc2a4853a7e52bacb1994b3cd03348e035");
  }

  @Test
  void aJudgementThatDoesNotNameItsBasisHasTheOneOfThen() {
    assertThat(JudgementBasis.marked(Optional.empty()))
        .isEqualTo("03096fe7fa937b96e648ebb862e340fc2a4853a7e52bacb1994b3cd03348e035");
    assertThat(JudgementBasis.marked(Optional.of("b"))).isEqualTo("b");
  }

  @Test
  void aWidenedRuleIsAnotherContract() {
    List<Rule> wider = new ArrayList<>(ContractRules.RULES);
    wider.replaceAll(
        rule ->
            new Rule(
                rule.name(),
                rule.appliesTo(),
                rule.require().replace("'image', 'text'", "'image', 'text', 'audio'"),
                rule.severity(),
                rule.reason()));

    assertThat(JudgementBasis.contract(wider))
        .isNotEqualTo(JudgementBasis.contract(ContractRules.RULES));
  }

  @Test
  void oneColumnMoreIsAnotherView() {
    List<Column> more = new ArrayList<>(Judged.COLUMNS);
    more.add(Column.optional("loudness", Scalar.DOUBLE, "of sound"));

    assertThat(JudgementBasis.view(more)).isNotEqualTo(JudgementBasis.view(Judged.COLUMNS));
  }
}
