// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.curate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.Column;
import dev.lakehouse.core.ColumnType.Scalar;
import dev.lakehouse.core.kind.Kinds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TestJudgementBasis {
  private static final List<Column> VIEW = Kinds.PROBES.judged().view().columns();

  /** Where this fails, lakes are judged anew by the next run; say so in the changes. */
  @Test
  void theBasisOfNowIsKnown() {
    assertThat(JudgementBasis.of(Kinds.PROBES, List.of("text-passages@1")).digest())
        .isEqualTo("8705e7364239ee6bd22a447e3efe321262365d8aaad8ded06c262dc7b6c1988e");
  }

  @Test
  void aJudgementThatDoesNotNameItsBasisHasTheOneOfThen() {
    assertThat(JudgementBasis.marked(Optional.empty()))
        .isEqualTo("03096fe7fa937b96e648ebb862e340fc2a4853a7e52bacb1994b3cd03348e035");
    assertThat(JudgementBasis.marked(Optional.of("b"))).isEqualTo("b");
  }

  @Test
  void aWidenedRuleIsAnotherContract() {
    assertThat(JudgementBasis.contract(Contract.rules(List.of("image", "text", "audio"))))
        .isNotEqualTo(JudgementBasis.contract(Contract.rules(List.of("image", "text"))));
  }

  @Test
  void oneColumnMoreIsAnotherView() {
    List<Column> more = new ArrayList<>(VIEW);
    more.add(Column.optional("loudness", Scalar.DOUBLE, "of sound"));

    assertThat(JudgementBasis.view(more)).isNotEqualTo(JudgementBasis.view(VIEW));
  }
}
