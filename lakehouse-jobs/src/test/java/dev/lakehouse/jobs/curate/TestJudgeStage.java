// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.curate;

import static dev.lakehouse.jobs.curate.Corpus.captions;
import static dev.lakehouse.jobs.curate.Corpus.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.curate.Policy;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class TestJudgeStage {
  private static final Policy POLICY =
      Policy.parse(
          """
          name: test
          rules:
            - {name: wide, applies_to: image, require: width >= 50, severity: fail, reason: NARROW}
            - {name: tall, applies_to: image, require: height >= 50, severity: review, reason: LOW}
            - {name: keen, applies_to: image, require: blur > 1, severity: warn, reason: DULL}
            - name: told
              applies_to: image
              require: NOT exists(captions, c -> c.words < 2)
              severity: fail
              reason: CURT
          """);

  private static void assertVerdict(Row verdict, String status, String... reasons) {
    assertThat(verdict.<String>getAs("verdict_status")).isEqualTo(status);
    assertThat(verdict.getList(verdict.fieldIndex("reasons"))).isEqualTo(List.of(reasons));
  }

  @Test
  void figuresDecide() {
    Map<String, Row> verdicts =
        new Corpus()
            .image("good", "a")
            .image("narrow", "b")
            .image("low", "c")
            .image("unknown", "d")
            .image("broken", "e")
            .image("unmeasured", "f")
            .measured("a", row -> row.set("blur", 5.0))
            .measured("b", row -> row.set("width", 10).set("blur", 5.0))
            .measured("c", row -> row.set("height", 10).set("blur", 5.0))
            .measured("d", row -> row.set("width", null).set("blur", 5.0))
            .measured("e", row -> row.set("width", null).set("error_code", "TRUNCATED"))
            .verdicts(POLICY);

    assertVerdict(verdicts.get("good"), "pass");
    assertVerdict(verdicts.get("narrow"), "fail", "NARROW");
    assertVerdict(verdicts.get("low"), "review", "LOW");
    assertVerdict(verdicts.get("unknown"), "fail", "NARROW");
    assertVerdict(verdicts.get("broken"), "fail", "TRUNCATED");
    assertVerdict(verdicts.get("unmeasured"), "pending", "NOT_MEASURED");
  }

  @Test
  void figuresOfAnEarlierProbeCountUntilThereAreNewOnes() {
    Map<String, Row> verdicts =
        new Corpus()
            .image("waits", "a", asset -> asset.set("captions", captions("two words")))
            .image("narrow", "b")
            .image("widened", "c")
            .measured("a", row -> row.set("probe", "image@1"))
            .measured("b", row -> row.set("probe", "image@1").set("width", 10))
            .measured("c", row -> row.set("probe", "image@1").set("width", 10))
            .measured("c")
            .measured("two words", row -> row.set("probe", "text@1").set("words", 2L))
            .verdicts(POLICY);

    assertVerdict(verdicts.get("waits"), "pass");
    assertVerdict(verdicts.get("narrow"), "fail", "NARROW");
    assertVerdict(verdicts.get("widened"), "pass");
  }

  @Test
  void aWarningChangesNothing() {
    Row verdict = new Corpus().image("a", "a").measured("a").verdicts(POLICY).get("a");

    assertVerdict(verdict, "pass");
    assertThat(verdict.getList(verdict.fieldIndex("warnings"))).isEqualTo(List.of("DULL"));
    assertThat(verdict.getList(verdict.fieldIndex("rules"))).isEqualTo(List.of("keen"));
  }

  @Test
  void theContractStandsBeforeThePolicy() {
    Map<String, Row> verdicts =
        new Corpus()
            .image("lie", "a", asset -> asset.set("name_modality", "text"))
            .image("dance", "b", asset -> asset.set("modality", "dance").set("name_modality", null))
            .image(
                "what", "c", asset -> asset.set("modality", "unknown").set("name_modality", null))
            .image("list", "d", asset -> asset.set("modality", "table").set("name_modality", null))
            .image("void", "e", asset -> asset.set("content_error", "EMPTY").set("size_bytes", 0L))
            .measured("a")
            .verdicts(POLICY);

    assertVerdict(verdicts.get("lie"), "fail", "TYPE_MISMATCH");
    assertVerdict(verdicts.get("dance"), "fail", "UNSUPPORTED_FORMAT");
    assertVerdict(verdicts.get("what"), "review", "UNKNOWN_TYPE");
    assertVerdict(verdicts.get("list"), "review", "MANIFEST_LIKE");
    assertVerdict(verdicts.get("void"), "fail", "EMPTY");
  }

  @Test
  void captionsAreJudgedByTheirOwnFigures() {
    Map<String, Row> verdicts =
        new Corpus()
            .image("told", "a", asset -> asset.set("captions", captions("two words")))
            .image("curt", "b", asset -> asset.set("captions", captions("word")))
            .image("mute", "c", asset -> asset.set("captions", captions(" ")))
            .image("lost", "d", asset -> asset.set("captions_declared", true))
            .image("late", "e", asset -> asset.set("captions", captions("not measured")))
            .measured("a")
            .measured("b")
            .measured("c")
            .measured("d")
            .measured("e")
            .measuredText("two words", 2)
            .measuredText("word", 1)
            .measuredText(" ", 5)
            .verdicts(POLICY);

    assertVerdict(verdicts.get("told"), "pass");
    assertVerdict(verdicts.get("curt"), "fail", "CURT");
    assertVerdict(verdicts.get("mute"), "fail", "CAPTION_EMPTY");
    assertVerdict(verdicts.get("lost"), "fail", "CAPTION_MISSING");
    assertThat(verdicts.get("late").<String>getAs("verdict_status")).isNotEqualTo("pass");
  }

  @Test
  void reviewersComeAfterTheRules() {
    Map<String, Row> verdicts =
        new Corpus()
            .image("approved", "a")
            .image("hopeless", "b")
            .image("rejected", "c")
            .image("changed", "d")
            .measured("a", row -> row.set("height", 10))
            .measured("b", row -> row.set("width", 10))
            .measured("c")
            .measured("d")
            .decided("approved", "approve", 1)
            .decided("hopeless", "approve", 1)
            .decided("rejected", "reject", 1)
            .decided("changed", "reject", 1)
            .decided("changed", "approve", 2)
            .verdicts(POLICY);

    assertVerdict(verdicts.get("approved"), "pass");
    assertVerdict(verdicts.get("hopeless"), "fail", "NARROW");
    assertVerdict(verdicts.get("rejected"), "fail", "REVIEWER_REJECTED");
    assertVerdict(verdicts.get("changed"), "pass");
  }

  @Test
  void aCopyGivesWayToTheBestThatPasses() {
    Map<String, Row> verdicts =
        new Corpus()
            .image("first-but-lying", "a", asset -> asset.set("name_media_type", "image/gif"))
            .image("rejected", "a")
            .image("kept", "a")
            .image("late", "a")
            .measured("a")
            .decided("rejected", "reject", 1)
            .verdicts(POLICY);

    assertVerdict(verdicts.get("kept"), "pass");
    assertVerdict(verdicts.get("rejected"), "fail", "REVIEWER_REJECTED");
    for (String copy : List.of("first-but-lying", "late")) {
      assertVerdict(verdicts.get(copy), "fail", "EXACT_DUPLICATE");
      assertThat(verdicts.get(copy).<String>getAs("keeper")).isEqualTo(id("kept"));
    }
  }

  @Test
  void clustersThatShareMembersHaveOneKeeper() {
    Corpus corpus = new Corpus();
    for (String key : List.of("kept", "copy")) {
      corpus.image(key, "a");
    }
    for (String key : List.of("b", "c", "d", "e", "alone", "too")) {
      corpus.image(key, key).measured(key);
    }
    Map<String, Row> verdicts =
        corpus
            .measured("a")
            .alike("near", "1", "e", "d")
            .alike("clip", "1", "d", "c")
            .alike("near", "2", "c", "b")
            .alike("clip", "2", "b", "copy")
            .alike("near", "3", "alone", "too")
            .verdicts(POLICY);

    assertThat(verdicts).hasSize(8);
    assertVerdict(verdicts.get("kept"), "pass");
    assertVerdict(verdicts.get("alone"), "pass");
    assertVerdict(verdicts.get("copy"), "fail", "EXACT_DUPLICATE");
    assertVerdict(verdicts.get("b"), "fail", "CLIP_DUPLICATE");
    assertVerdict(verdicts.get("e"), "fail", "NEAR_DUPLICATE");
    assertVerdict(verdicts.get("too"), "fail", "NEAR_DUPLICATE");
    assertThat(verdicts.get("too").<String>getAs("keeper")).isEqualTo(id("alone"));
    for (String copy : List.of("copy", "b", "c", "d", "e")) {
      assertThat(verdicts.get(copy).<String>getAs("keeper")).isEqualTo(id("kept"));
    }
  }

  @Test
  void aKeeperHasTheCaptionsOfAllItsCopies() {
    Corpus corpus =
        new Corpus()
            .image(
                "kept", "a", asset -> asset.set("captions", captions("my own words", "both say")))
            .image("row 3", "a", asset -> asset.set("captions", captions("both say", "third row")))
            .image("row 2", "a", asset -> asset.set("captions", captions("second row")))
            .image("curt", "a", asset -> asset.set("captions", captions("word")))
            .image(
                "gone",
                "a",
                asset -> asset.set("captions", captions("gone row")).set("state", "gone"))
            .image("alone", "b", asset -> asset.set("captions", captions("of another")))
            .measured("a")
            .measured("b")
            .measuredText("my own words", 3)
            .measuredText("both say", 2)
            .measuredText("third row", 2)
            .measuredText("second row", 2)
            .measuredText("gone row", 2)
            .measuredText("of another", 2)
            .measuredText("word", 1);

    Map<String, Row> filtered =
        corpus.judge(POLICY).filtered().collectAsList().stream()
            .collect(Collectors.toMap(row -> row.<String>getAs("key"), Function.identity()));

    assertThat(filtered).containsOnlyKeys("kept", "alone");
    assertThat(texts(filtered.get("kept")))
        .containsExactly("my own words", "both say", "second row", "third row");
    assertThat(facts(filtered.get("kept")))
        .isEqualTo(
            Map.of(
                "caption/3.asset_id", id("row 2"),
                "caption/3.source", "test",
                "caption/3.key", "row 2",
                "caption/4.asset_id", id("row 3"),
                "caption/4.source", "test",
                "caption/4.key", "row 3"));
    assertThat(texts(filtered.get("alone"))).containsExactly("of another");
    assertThat(facts(filtered.get("alone"))).isEmpty();
  }

  private static List<String> texts(Row row) {
    return row.<Row>getList(row.fieldIndex("captions")).stream()
        .map(caption -> caption.getString(0))
        .toList();
  }

  private static Map<String, String> facts(Row row) {
    return row.getJavaMap(row.fieldIndex("facts"));
  }

  @Test
  void onlyWhatPassedIsFiltered() {
    Judgement judgement =
        new Corpus()
            .image("good", "a")
            .image("narrow", "b")
            .image("gone", "c", asset -> asset.set("state", "gone"))
            .measured("a")
            .measured("b", row -> row.set("width", 10))
            .measured("c")
            .judge(POLICY);

    List<Row> filtered = judgement.filtered().collectAsList();

    assertThat(judgement.verdicts().count()).isEqualTo(2);
    assertThat(filtered).hasSize(1);
    assertThat(filtered.get(0).<String>getAs("key")).isEqualTo("good");
    assertThat(filtered.get(0).<Integer>getAs("width")).isEqualTo(100);
    assertThat(filtered.get(0).<String>getAs("judgement_id")).isEqualTo(judgement.id());
  }

  @Test
  void theDifferenceNamesWhatChanged() {
    Corpus corpus = new Corpus().image("a", "a").image("b", "b").measured("a").measured("b");
    Judgement loose = corpus.judge(POLICY);
    Judgement strict = corpus.decided("a", "reject", 1).judge(POLICY);

    JudgementDifference difference =
        JudgementDifference.between(loose.verdicts(), strict.verdicts());

    assertThat(difference)
        .isEqualTo(
            new JudgementDifference(
                0,
                1,
                List.of(
                    new JudgementDifference.Reason("REVIEWER_REJECTED", 1, List.of("test:a")))));
    assertThat(JudgementDifference.between(strict.verdicts(), loose.verdicts()).newlyPassing())
        .isEqualTo(1);
  }
}
