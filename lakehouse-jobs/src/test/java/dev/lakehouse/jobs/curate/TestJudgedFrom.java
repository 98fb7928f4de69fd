// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.curate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.curate.Policy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TestJudgedFrom {
  private static final Policy POLICY = Policy.builtIn();
  private static final Map<String, Long> VERSIONS = Map.of("assets", 1L, "decisions", -1L);

  private static String id(String lake, String commit) {
    return new JudgedFrom(lake, VERSIONS, Map.of("assets", commit)).id(POLICY, JudgementRule.NOW);
  }

  @Test
  void equalVersionsInTwoLakesAreTwoJudgements() {
    assertThat(id("a", "c1")).isNotEqualTo(id("b", "c1"));
  }

  @Test
  void equalVersionsInALakeAndItsCopyAreTwoJudgements() {
    assertThat(id("a", "c1")).isNotEqualTo(id("a", "c2"));
  }

  @Test
  void equalInputsAreOneJudgement() {
    assertThat(id("a", "c1")).isEqualTo(id("a", "c1"));
  }

  @Test
  void aJudgementOfOldIsNamedAsItWas() {
    assertThat(new JudgedFrom("a", VERSIONS, Map.of()).id(POLICY, JudgementRule.VERSIONS))
        .isEqualTo(Digests.ofParts(List.of(POLICY.digest(), "assets@1", "decisions@-1")));
    assertThat(JudgementRule.of(Optional.empty())).isEqualTo(JudgementRule.VERSIONS);
  }
}
