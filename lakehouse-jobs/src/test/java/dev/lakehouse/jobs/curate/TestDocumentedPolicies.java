// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.curate;

import static dev.lakehouse.jobs.curate.Corpus.captions;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.curate.Policy;
import dev.lakehouse.core.kind.Kinds;
import dev.lakehouse.jobs.SparkTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** The policy that docs/policy.md shows does what is said of it. */
class TestDocumentedPolicies {
  private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  private static Policy documented() throws IOException {
    Path file = Path.of(System.getProperty("lakehouse.home"), "docs", "policy.md");
    Matcher block = YAML.matcher(Files.readString(file));
    assertThat(block.find()).isTrue();
    return Policy.parse(block.group(1), file.toString());
  }

  @Test
  void judgesAsItIsDescribed() throws IOException {
    Policy policy = documented();
    RuleCheck.requireSound(SparkTest.session(), policy, Kinds.PROBES);

    Map<String, Row> verdicts =
        new Corpus(SparkTest.session()) // as many rows are judged, with generated code
            .image("good", "a", asset -> asset.set("licence", "CC-BY-4.0"))
            .image("small", "b", asset -> asset.set("licence", "CC-BY-4.0"))
            .image("soft", "c")
            .image("rights", "d", asset -> asset.set("facts", Map.of("rights", "mine")))
            .image(
                "foreign",
                "e",
                asset ->
                    asset
                        .set("licence", "CC0-1.0")
                        .set("captions", captions("Zwei rote Kreise auf weißem Grund")))
            .measured("a", row -> row.set("width", 600).set("height", 600).set("blur", 30.0))
            .measured("b", row -> row.set("width", 600).set("height", 200).set("blur", 30.0))
            .measured("c", row -> row.set("width", 600).set("height", 600).set("blur", 3.0))
            .measured("d", row -> row.set("width", 600).set("height", 600).set("blur", 30.0))
            .measured("e", row -> row.set("width", 600).set("height", 600).set("blur", 30.0))
            .measured(
                "Zwei rote Kreise auf weißem Grund",
                row -> row.set("probe", "text@1").set("detected_language", "deu"))
            .verdicts(policy);

    assertVerdict(verdicts, "good", "pass");
    assertVerdict(verdicts, "small", "fail", "SMALL");
    assertVerdict(verdicts, "soft", "review", "SOFT", "NO_LICENCE");
    assertVerdict(verdicts, "rights", "pass");
    assertVerdict(verdicts, "foreign", "fail", "CAPTION_NOT_ENGLISH");
  }

  private static void assertVerdict(
      Map<String, Row> verdicts, String key, String status, String... reasons) {
    Row verdict = verdicts.get(key);
    assertThat(verdict.<String>getAs("verdict_status")).as(key).isEqualTo(status);
    assertThat(verdict.getList(verdict.fieldIndex("reasons"))).as(key).isEqualTo(List.of(reasons));
  }
}
