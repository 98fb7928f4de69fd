// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.survey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.curate.Rule;
import dev.lakehouse.core.curate.Severity;
import dev.lakehouse.core.kind.Kinds;
import dev.lakehouse.core.watch.report.FigureChart;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TestFigureSurvey {
  private static final String SPAM = "spam";

  private static final Rule OF_PICTURES =
      new Rule(
          "captions-have-words",
          "image",
          "forall(captions, c -> c.words >= 2)",
          Severity.FAIL,
          "CAPTION_TOO_SHORT");

  private static Values asset(String id, String modality, String content, String... captions) {
    return Values.of(Tables.ASSETS)
        .set("asset_id", id)
        .set("state", "active")
        .set("modality", modality)
        .set("sha256", Digests.sha256(content))
        .set(
            "captions",
            Stream.of(captions).map(text -> new Object[] {text, Digests.sha256(text)}).toList());
  }

  private static Values outcome(String probe, String content) {
    return Values.of(Kinds.MEASUREMENTS).set("sha256", Digests.sha256(content)).set("probe", probe);
  }

  private static Values words(String probe, String content, int words) {
    return outcome(probe, content).set("words", words);
  }

  private static String text() {
    return Kinds.PROBES.ofCaptions().name();
  }

  private static FigureChart words(FigureSurvey survey, String group) {
    return chart(survey, group, "words");
  }

  private static FigureChart chart(FigureSurvey survey, String group, String figure) {
    return survey.charts().stream()
        .filter(chart -> chart.group().equals(group) && chart.figure().equals(figure))
        .findFirst()
        .orElseThrow();
  }

  private static long passed(FigureChart chart) {
    return Arrays.stream(chart.bins().passed()).sum();
  }

  private static long others(FigureChart chart) {
    return Arrays.stream(chart.bins().others()).sum();
  }

  @Test
  void aContentPassesWhereOneOfItsCopiesDoesInWhicheverOrderTheyAreRead() {
    Values copy = asset("a", "text", "the same");
    Values keeper = asset("b", "text", "the same");

    for (List<Values> order : List.of(List.of(copy, keeper), List.of(keeper, copy))) {
      FigureSurvey survey = new FigureSurvey(Kinds.PROBES, List.of(), 100);
      order.forEach(each -> survey.asset(each, each == keeper));
      survey.measurement(words(text(), "the same", 7));
      survey.end();

      assertThat(passed(words(survey, "text"))).isOne();
      assertThat(others(words(survey, "text"))).isZero();
    }
  }

  @Test
  void aRuleForPicturesLooksAtTheCaptionsOfPicturesAlone() {
    FigureSurvey survey = new FigureSurvey(Kinds.PROBES, List.of(OF_PICTURES), 100);
    survey.asset(asset("film", "video", "film", SPAM, "a film of a harbour"), true);
    survey.asset(asset("picture", "image", "picture", "a picture of a ship"), true);
    survey.measurement(words(text(), SPAM, 1));
    survey.measurement(words(text(), "a film of a harbour", 5));
    survey.measurement(words(text(), "a picture of a ship", 5));
    survey.end();

    assertThat(words(survey, "captions of image").lines())
        .singleElement()
        .satisfies(line -> assertThat(line.beyond()).isZero());
    assertThat(words(survey, "captions of video").lines()).isEmpty();
    assertThat(words(survey, "captions of video").bins().passed()).contains(1);
    assertThat(survey.limits(OF_PICTURES)).noneMatch(Limit::isMissed);
  }

  @Test
  void aCaptionThatAFilmSharesWithAPictureIsThePicturesToo() {
    FigureSurvey survey = new FigureSurvey(Kinds.PROBES, List.of(OF_PICTURES), 100);
    survey.asset(asset("a film", "video", "film", SPAM), true);
    survey.asset(asset("picture", "image", "picture", SPAM), false);
    survey.measurement(words(text(), SPAM, 1));
    survey.end();

    assertThat(survey.limits(OF_PICTURES))
        .singleElement()
        .satisfies(
            limit ->
                assertThat(limit.picks())
                    .extracting(Nearest.Pick::assetId)
                    .containsExactly("picture"));
  }

  @Test
  void aRareKindIsDrawnWholeBesideAVeryFrequentOne() {
    FigureSurvey survey = new FigureSurvey(Kinds.PROBES, List.of(), 50);
    for (int i = 0; i < 1_000; i++) {
      survey.asset(asset("text " + i, "text", "text " + i), true);
    }
    String ofPictures = Kinds.PROBES.ofPictures().name();
    IntStream.range(0, 5).forEach(i -> survey.asset(asset("p" + i, "image", "p" + i), true));
    IntStream.range(0, 1_000).forEach(i -> survey.measurement(words(text(), "text " + i, 1 + i)));
    IntStream.range(0, 5)
        .forEach(i -> survey.measurement(outcome(ofPictures, "p" + i).set("width", 100 + i)));
    survey.end();

    assertThat(passed(chart(survey, "image", "width"))).isEqualTo(5);
    assertThat(survey.samples()).containsOnlyKeys("text");
    assertThat(passed(words(survey, "text"))).isEqualTo(survey.samples().get("text"));
  }

  @Test
  void whatAProbeOfBeforeSaidCountsUntilThatOfNowHasSpoken() {
    String former = Kinds.PROBES.of("text").orElseThrow().before().get(0);
    FigureSurvey survey = new FigureSurvey(Kinds.PROBES, List.of(), 50);
    survey.asset(asset("a", "text", "old"), true);
    survey.asset(asset("b", "text", "both"), true);
    survey.measurement(words(former, "old", 3));
    survey.measurement(words(former, "both", 300));
    survey.measurement(words(text(), "both", 4));
    survey.end();

    assertThat(words(survey, "text").least()).isEqualTo(3);
    assertThat(words(survey, "text").greatest()).isEqualTo(4);
  }
}
