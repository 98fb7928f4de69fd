// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.curate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.kind.Kinds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestPolicy {
  private static final String RULE =
      """
      name: mine
      rules:
        - name: image-is-wide
          applies_to: image
          require: width > 10
          severity: fail
          reason: NARROW
      """;

  @Test
  void theBuiltInPolicyIsReadable() {
    Policy policy = Policy.builtIn();

    assertThat(policy.rules()).isNotEmpty();
    assertThat(policy.keeperOrder()).isEqualTo(Policy.KEEPER_ORDER);
    assertThat(policy.digest()).isEqualTo(Digests.sha256(policy.text()));
  }

  @Test
  void aRuleIsReadAsItStands() {
    assertThat(Policy.parse(RULE).rules())
        .containsExactly(new Rule("image-is-wide", "image", "width > 10", Severity.FAIL, "NARROW"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          severity: fail   | severity: deadly | Invalid policy: rule 1: severity 'deadly' is unknown
          applies_to: image| applies_to: song | Invalid policy: rule 1: applies_to 'song' must be one of
          reason: NARROW   | reason: narrow   | Invalid policy: rule 1: reason 'narrow' must be UPPER_CASE_WORDS
          reason: NARROW   | raison: NARROW   | Invalid policy: rule 1 has the unknown key 'raison' (did you mean reason?)
          reason: NARROW   | name: again      | Cannot read policy, line 7: the key 'name' stands there twice
          name: image-is-wide | name: content-is-whole | Invalid policy: rule 'content-is-whole' stands there twice
          require: width > 10 | require: ''   | Invalid policy: rule 1 lacks its 'require'
          """)
  void whatIsWrongIsNamed(String good, String bad, String message) {
    assertThatThrownBy(() -> Policy.parse(RULE.replace(good, bad)))
        .isInstanceOf(LakehouseException.class)
        .hasMessageStartingWith(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'rules: ['  | Cannot read policy my.yaml, line 1: expected the node content
          '- a'       | Cannot read policy my.yaml: expected 'key: value' lines but found a list
          'rules: 5'  | Invalid policy my.yaml: 'rules' holds no list
          'ruls: []'  | Invalid policy my.yaml: it has the unknown key 'ruls' (did you mean rules?)
          """)
  void theFileIsNamedToo(String yaml, String message) {
    assertThatThrownBy(() -> Policy.parse(yaml, "my.yaml"))
        .isInstanceOf(LakehouseException.class)
        .hasMessageStartingWith(message)
        .hasMessageEndingWith("conf/policy.yaml is a commented example");
  }

  @Test
  void anUnknownKeeperIsNamed() {
    assertThatThrownBy(() -> Policy.parse("name: a\nkeeper: [tallest]\n"))
        .hasMessageStartingWith(
            "Policy a: keeper 'tallest' is unknown; expected some of [name-agrees");
  }

  @Test
  void captionsCarryTheFiguresOfText() {
    assertThat(Kinds.PROBES.judged().caption())
        .extracting(dev.lakehouse.core.Column::name)
        .contains("text", "sha256", "measured", "error_code", "words", "mojibake")
        .doesNotContain("width", "run", "warnings");
  }
}
