// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.survey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.Settings;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.content.BlobStores;
import dev.lakehouse.core.content.Contents;
import dev.lakehouse.core.curate.Rule;
import dev.lakehouse.core.curate.Severity;
import dev.lakehouse.core.watch.report.RuleCount;
import dev.lakehouse.core.watch.report.RuleCounts;
import dev.lakehouse.core.watch.sheet.Looks;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TestRuleSurvey {
  private static final Rule OURS =
      new Rule("our-rule", "text", "words >= 5", Severity.FAIL, "TOO_SHORT");

  private static Verdicts verdicts() {
    Verdicts verdicts = new Verdicts(6);
    for (String id : List.of("a", "b", "c")) {
      verdicts.add(
          Values.of(Tables.VERDICTS)
              .set("asset_id", id)
              .set("verdict_status", "fail")
              .set("reasons", List.of("TOO_SHORT"))
              .set(
                  "rules",
                  id.equals("a") ? List.of("our-rule", "content-is-whole") : List.of("our-rule")));
    }
    return verdicts;
  }

  private static RuleCounts counts(List<Rule> policy) {
    Showcase nothing =
        new Showcase(
            new Looks(
                new Contents(BlobStores.at("file:/nowhere", Map.of()), Map.of(), 1),
                Limits.from(Settings.defaults()),
                0,
                1),
            Duration.ZERO);
    return new RuleSurvey(policy, verdicts(), Optional.empty()).told(nothing);
  }

  @Test
  void whatARuleCaughtIsCountedUnderIt() {
    RuleCounts counts = counts(List.of(OURS));

    assertThat(counts.known())
        .filteredOn(each -> each.tripped() > 0)
        .extracting(each -> each.rule().name(), RuleCount::tripped, RuleCount::relaxable)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("content-is-whole", 1L, false),
            org.assertj.core.groups.Tuple.tuple("our-rule", 3L, true));
    assertThat(counts.unknown()).isEmpty();
  }

  @Test
  void rulesOfAPolicyWhoseTextIsGoneAreNamedAllTheSame() {
    assertThat(counts(List.of()).unknown()).isEqualTo(Map.of("our-rule", 3L));
  }
}
