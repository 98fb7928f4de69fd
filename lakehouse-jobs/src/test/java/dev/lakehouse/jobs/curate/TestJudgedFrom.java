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
    return new JudgedFrom(lake, VERSIONS, Map.of("assets", commit))
        .id(POLICY, JudgementRule.NOW, "b");
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
    assertThat(new JudgedFrom("a", VERSIONS, Map.of()).id(POLICY, JudgementRule.VERSIONS, "b"))
        .isEqualTo(Digests.ofParts(List.of(POLICY.digest(), "assets@1", "decisions@-1")));
    assertThat(JudgementRule.of(Optional.empty())).isEqualTo(JudgementRule.VERSIONS);
  }

  @Test
  void judgementsKeepTheirNames() {
    JudgedFrom from = new JudgedFrom("lake", VERSIONS, Map.of("assets", "c1"));
    Policy policy = Policy.parse("name: p\nkeeper: [smallest-asset-id]\nrules: []\n");

    assertThat(from.id(policy, JudgementRule.VERSIONS, "b"))
        .isEqualTo("6445e173f3059e6bdea8b35ef0b641d4617ac0bd5e7259abde8cf1aebded61df");
    assertThat(from.id(policy, JudgementRule.COMMITS, "b"))
        .isEqualTo("9e21fdb15e0827c58f8a1c8452335c8502b779373d9ecf55a4146d98f294aa33");
    assertThat(from.id(policy, JudgementRule.BASIS, "b"))
        .isEqualTo("9c708e0ec335fd0989a854ee4883489035e0f16f10a6acdb4f99a66da22c4a80");
  }

  @Test
  void anotherBasisIsAnotherJudgement() {
    JudgedFrom from = new JudgedFrom("lake", VERSIONS, Map.of());

    assertThat(from.id(POLICY, JudgementRule.NOW, "b"))
        .isNotEqualTo(from.id(POLICY, JudgementRule.NOW, "c"));
    assertThat(from.id(POLICY, JudgementRule.COMMITS, "b"))
        .isEqualTo(from.id(POLICY, JudgementRule.COMMITS, "c"));
  }
}
