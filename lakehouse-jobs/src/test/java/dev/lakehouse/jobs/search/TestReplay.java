// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.Digests;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.bundle.engine.Lease;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.embed.Encoder;
import dev.lakehouse.core.embed.EncoderSpec;
import dev.lakehouse.core.embed.FamilyScope;
import dev.lakehouse.core.embed.WarmEncoders;
import dev.lakehouse.core.kind.EncoderSpecs;
import dev.lakehouse.core.lake.Family;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.lake.index.FragmentWriter;
import dev.lakehouse.core.lake.index.IndexChange;
import dev.lakehouse.core.lake.index.IndexColumns;
import dev.lakehouse.core.lake.index.IndexPlace;
import dev.lakehouse.core.lake.index.IndexVersion;
import dev.lakehouse.core.lake.index.LanceIndex;
import dev.lakehouse.core.search.Calibration;
import dev.lakehouse.core.search.Calibrations;
import dev.lakehouse.core.search.SearchMode;
import dev.lakehouse.core.search.SearchRequest;
import dev.lakehouse.core.search.SearchResult;
import dev.lakehouse.core.search.Searcher;
import dev.lakehouse.core.search.Sought;
import dev.lakehouse.core.search.replay.Calibrating;
import dev.lakehouse.core.search.replay.Replay;
import dev.lakehouse.core.search.replay.ReplayQuery;
import dev.lakehouse.core.search.replay.ReplayReport;
import dev.lakehouse.core.search.replay.ReplayReport.Figures;
import dev.lakehouse.core.search.replay.ReplaySet;
import dev.lakehouse.jobs.lake.release.FirstRelease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real captions of real pictures: the third to fifth of each are what can be found, the first two
 * are the questions. A threshold is made of half of the pictures and tried on the other half.
 */
class TestReplay {
  private static final Configuration HADOOP = new Configuration();
  private static final Path CAPTIONS =
      Path.of(System.getProperty("lakehouse.shared", "../shared"))
          .resolve("data/images/coco/annotations/captions_train2017.orig.json");

  /** Nothing of this is in the pictures, nor among the questions that are built in. */
  private static final List<String> ELSEWHERE =
      List.of(
          "how do I reset the password of my router",
          "capital gains tax on inherited shares",
          "the melting point of tungsten",
          "when was the Treaty of Westphalia signed",
          "side effects of ibuprofen",
          "symptoms of vitamin D deficiency",
          "how to conjugate irregular verbs in French",
          "what is the boiling point of ethanol",
          "difference between TCP and UDP",
          "how to write a cover letter",
          "the plot of Hamlet in short",
          "how are interest rates set by central banks",
          "causes of the First World War",
          "merge two sorted linked lists",
          "what does inflation do to savings",
          "define photosynthesis",
          "list of prime ministers of Australia",
          "how to renew a passport abroad",
          "the rules of bridge bidding",
          "convert hexadecimal to decimal",
          "Newton's third law of motion",
          "how does a vaccine train the immune system",
          "the population of Lagos in 1990",
          "best practices for unit tests in Java",
          "is a verbal agreement legally binding",
          "what is a black hole",
          "annual report of a pension fund",
          "quarterly revenue grew by seven percent",
          "how to appeal against a court ruling",
          "lyrics of an opera by Verdi",
          "grammar of the subjunctive in Spanish",
          "how to compute a standard deviation",
          "the periodic table's noble gases",
          "why is my database query slow",
          "a timeline of the Roman emperors",
          "notice period for ending a tenancy",
          "what are the symptoms of diabetes",
          "install a certificate on a web server",
          "the meaning of existentialism",
          "how many electrons has an oxygen atom");

  @TempDir static Path folder;
  private static LakeLayout layout;
  private static EncoderSpec spec;
  private static Map<String, List<String>> captions;

  @BeforeAll
  static void release() throws IOException {
    assumeTrue(Files.isRegularFile(CAPTIONS), "no captions at " + CAPTIONS);
    layout = LakeLayout.of(folder.toString(), Settings.defaults());
    spec =
        EncoderSpecs.of(
            "minilm", ModelsRoot.at(layout.modelsUri()), "text", Limits.from(Settings.defaults()));
    captions = captions();
    String path = IndexPlace.path("text", spec.encoder());
    IndexPlace place = IndexPlace.of(layout, path, HADOOP);
    List<byte[]> fragments = FragmentWriter.write(place, spec.dimension(), rows().iterator());
    IndexVersion version =
        LanceIndex.at(place, spec.dimension()).commit(IndexChange.whole("a".repeat(64), fragments));
    Family text =
        new Family(
            "text",
            spec.tower(),
            spec.encoder(),
            spec.bundle(),
            spec.bundleDigest(),
            spec.dimension(),
            path,
            version.version(),
            version.tag(),
            version.rows(),
            FamilyScope.whole(spec.tower()),
            Optional.of(version.recall()));
    FirstRelease.append(
        layout,
        new Release(
            1,
            "r".repeat(64),
            Optional.empty(),
            Instant.EPOCH,
            0,
            0,
            0,
            "j",
            "p",
            "c",
            List.of(text),
            List.of(),
            1,
            0,
            0,
            "run",
            Release.RELEASED));
  }

  private static Map<String, List<String>> captions() throws IOException {
    Map<String, List<String>> captions = new TreeMap<>();
    for (JsonNode each : Json.mapper().readTree(CAPTIONS.toFile()).get("annotations")) {
      captions
          .computeIfAbsent(each.get("image_id").asText(), image -> new ArrayList<>())
          .add(each.get("caption").asText().strip());
    }
    return captions;
  }

  private static List<Object[]> rows() {
    List<Object[]> rows = new ArrayList<>();
    try (Lease<Encoder> encoder = WarmEncoders.lease(spec, "cpu")) {
      captions.forEach(
          (image, all) -> {
            for (int i = 2; i < all.size(); i++) {
              rows.add(row(encoder.value(), image, i, all.get(i)));
            }
          });
    }
    return rows;
  }

  private static Object[] row(Encoder encoder, String image, int number, String text) {
    return Values.of(IndexColumns.TABLE)
        .set("asset_id", "asset" + image)
        .set("segment", "caption/" + number)
        .set("vector", encoder.encode(List.of(EmbedInput.text(text))).get(0).vector().orElseThrow())
        .set("excerpt", text)
        .set("words", IndexColumns.words(List.of(text)).orElse(null))
        .set("uri", "file:/pictures/" + image + ".jpg")
        .set("modality", "image")
        .set("media_type", "image/jpeg")
        .set("source", "coco")
        .set("sha256", Digests.sha256(image))
        .set("input_sha256", Digests.sha256(text))
        .toArray();
  }

  @BeforeEach
  void nothingIsCalibrated() {
    Calibrations.of(layout, HADOOP).drop("text");
  }

  private static Searcher searcher() {
    return Searcher.of(layout, Settings.defaults(), ModelsRoot.at(layout.modelsUri()), HADOOP);
  }

  /** Two questions for each picture of some, by its place among all. */
  private static List<ReplayQuery> questions(SearchMode mode, IntPredicate which) {
    List<ReplayQuery> queries = new ArrayList<>();
    int place = 0;
    for (Map.Entry<String, List<String>> each : captions.entrySet()) {
      if (which.test(place++)) {
        for (String words : each.getValue().subList(0, 2)) {
          queries.add(new ReplayQuery(words, "text", mode, List.of(each.getKey() + ".jpg")));
        }
      }
    }
    return queries;
  }

  private static List<ReplayQuery> elsewhere() {
    return ELSEWHERE.stream()
        .map(words -> new ReplayQuery(words, "text", SearchMode.VECTOR, List.of()))
        .toList();
  }

  private static ReplayReport replay(List<ReplayQuery> queries) {
    try (Searcher searcher = searcher()) {
      return new Replay(searcher, 10).run(new ReplaySet(queries));
    }
  }

  @Test
  void whatIsUnseenIsRefusedOnlyWhereItIsOffTopic() {
    Calibration calibration;
    try (Searcher searcher = searcher()) {
      ReplaySet even = new ReplaySet(questions(SearchMode.VECTOR, place -> place % 2 == 0));
      calibration =
          new Calibrating(searcher, Calibrating.MAX_REFUSED).of("text", even, Instant.EPOCH);
    }
    assertThat(calibration.offTopicFrom()).isEqualTo("built in");
    Calibrations.of(layout, HADOOP).keep(calibration);

    List<ReplayQuery> unseen =
        new ArrayList<>(questions(SearchMode.VECTOR, place -> place % 2 == 1));
    unseen.addAll(elsewhere());
    Figures figures = replay(unseen).figures().get(0);
    double absent = refusedWithoutTheirPicture(questions(SearchMode.VECTOR, i -> i % 2 == 1));
    System.out.printf(
        "calibration: %s%nunseen: %s%nof pictures that are not there: %.3f%n",
        calibration, figures, absent);

    assertThat(figures.onTopic()).isEqualTo(80);
    assertThat(figures.onTopicRefused().orElseThrow()).isLessThanOrEqualTo(0.05);
    assertThat(figures.offTopic()).isEqualTo(40);
    assertThat(figures.offTopicRefused().orElseThrow()).isGreaterThanOrEqualTo(0.9);
    assertThat(figures.ndcg()).isGreaterThan(0.8);
  }

  /** What is about the like of what is there is answered with that: no score tells it apart. */
  private static double refusedWithoutTheirPicture(List<ReplayQuery> queries) {
    try (Searcher searcher = searcher()) {
      return queries.stream()
              .map(
                  query ->
                      SearchRequest.of(Sought.words(query.words()))
                          .where("uri != 'file:/pictures/%s'".formatted(query.expected().get(0))))
              .filter(request -> searcher.ask(request).get(0).isRefused().orElseThrow())
              .count()
          / (double) queries.size();
    }
  }

  @Test
  void whatIsRefusedIsListedAllTheSame() {
    Calibrations.of(layout, HADOOP).keep(calibration(spec.encoder(), 0.35));
    SearchRequest request = SearchRequest.of(Sought.words("capital gains tax")).page(0, 3);
    try (Searcher searcher = searcher()) {
      SearchResult refused = searcher.ask(request).get(0);
      assertThat(refused.isRefused()).contains(true);
      assertThat(refused.hits()).hasSize(3);
      assertThat(refused.note().orElseThrow()).startsWith("Nothing convincing: the nearest has 0.");
      assertThat(refused.toJson())
          .containsEntry("convincing", false)
          .containsEntry("threshold", 0.35);

      SearchResult further = searcher.ask(request.page(3, 3)).get(0);
      assertThat(further.bar()).isEqualTo(refused.bar()); // of the best, which another page shows

      String caption = captions.values().iterator().next().get(2);
      SearchResult answer = searcher.ask(SearchRequest.of(Sought.words(caption))).get(0);
      assertThat(answer.isRefused()).contains(false);
      assertThat(answer.note()).isEmpty();
      assertThat(searcher.ask(request.in(SearchMode.WORDS)).get(0).isRefused()).isEmpty();
    }
  }

  @Test
  void whereNothingIsCalibratedForTheEncoderNothingIsClaimed() {
    Calibrations.of(layout, HADOOP).keep(calibration("f".repeat(64), 0.99));
    try (Searcher searcher = searcher()) {
      SearchResult answer = searcher.ask(SearchRequest.of(Sought.words("tax law"))).get(0);

      assertThat(answer.isRefused()).isEmpty();
      assertThat(answer.note()).isEmpty();
      assertThat(answer.toJson())
          .containsEntry("convincing", null)
          .containsEntry("threshold", null);
    }
  }

  private static Calibration calibration(String encoder, double threshold) {
    return new Calibration(
        "text",
        encoder,
        threshold,
        20,
        0,
        20,
        1,
        "replay set",
        "q",
        "r",
        1,
        "2026-01-01T00:00:00Z");
  }

  @Test
  void ofTooFewOrOfTheSameNothingIsCalibrated() {
    List<ReplayQuery> on = questions(SearchMode.VECTOR, place -> place < 15);
    List<ReplayQuery> same = new ArrayList<>(on);
    questions(SearchMode.VECTOR, place -> place >= 15 && place < 30)
        .forEach(
            query ->
                same.add(new ReplayQuery(query.words(), "text", SearchMode.VECTOR, List.of())));
    try (Searcher searcher = searcher()) {
      Calibrating calibrating = new Calibrating(searcher, 0.05);

      assertThatThrownBy(
              () -> calibrating.of("text", new ReplaySet(on.subList(0, 7)), Instant.EPOCH))
          .isInstanceOf(LakehouseException.class)
          .hasMessageContaining("at least 20 questions")
          .hasMessageContaining("but found 7");
      assertThatThrownBy(() -> calibrating.of("text", new ReplaySet(same), Instant.EPOCH))
          .isInstanceOf(LakehouseException.class)
          .hasMessageContaining("no score tells its 30 questions on topic from 30 off topic");
    }
  }

  @Test
  void figuresStandForEachMode() {
    List<ReplayQuery> queries = new ArrayList<>(questions(SearchMode.VECTOR, place -> place < 20));
    queries.addAll(questions(SearchMode.WORDS, place -> place < 20));
    queries.add(new ReplayQuery("a dog", "text", SearchMode.WORDS, List.of("no such picture")));

    ReplayReport report = replay(queries);

    assertThat(report.figures())
        .extracting(Figures::mode)
        .containsExactly(SearchMode.VECTOR, SearchMode.WORDS);
    Figures words = report.figures().get(1);
    assertThat(words.onTopic()).isEqualTo(41);
    assertThat(words.onTopicRefused()).isEmpty();
    assertThat(words.ndcg())
        .isCloseTo(
            report.queries().stream()
                .filter(each -> each.query().mode() == SearchMode.WORDS)
                .mapToDouble(
                    each ->
                        each.rank().isEmpty()
                            ? 0
                            : Math.log(2) / Math.log(each.rank().getAsInt() + 1.0))
                .average()
                .orElseThrow(),
            within(1e-9));
    assertThat(report.queries().get(report.queries().size() - 1).rank()).isEmpty();
    assertThat(report.least()).isLessThan(1);
  }
}
