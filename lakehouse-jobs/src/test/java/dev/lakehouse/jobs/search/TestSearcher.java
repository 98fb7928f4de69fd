// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.bundle.engine.Lease;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.embed.EncoderSpec;
import dev.lakehouse.core.embed.FamilyScope;
import dev.lakehouse.core.embed.WarmEncoders;
import dev.lakehouse.core.kind.EncoderSpecs;
import dev.lakehouse.core.lake.CatalogTable;
import dev.lakehouse.core.lake.Family;
import dev.lakehouse.core.lake.IndexRecall;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.lake.ReleaseReader;
import dev.lakehouse.core.lake.index.FragmentWriter;
import dev.lakehouse.core.lake.index.Hit;
import dev.lakehouse.core.lake.index.IndexChange;
import dev.lakehouse.core.lake.index.IndexColumns;
import dev.lakehouse.core.lake.index.IndexPlace;
import dev.lakehouse.core.lake.index.IndexVersion;
import dev.lakehouse.core.lake.index.LanceIndex;
import dev.lakehouse.core.search.Each;
import dev.lakehouse.core.search.Explanation;
import dev.lakehouse.core.search.SearchMode;
import dev.lakehouse.core.search.SearchQuery;
import dev.lakehouse.core.search.SearchRequest;
import dev.lakehouse.core.search.SearchResult;
import dev.lakehouse.core.search.Searcher;
import dev.lakehouse.core.search.Sought;
import dev.lakehouse.jobs.SparkTest;
import dev.lakehouse.jobs.lake.release.FirstRelease;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions to a release that Spark made, with the real model, by a searcher without Spark. */
class TestSearcher {
  private static final Configuration HADOOP = new Configuration();
  private static final List<String> TEXTS =
      List.of(
          "A cat sleeps on a warm windowsill.",
          "The central bank raised interest rates again.",
          "Bake the bread for forty minutes at high heat.",
          "It's a quote with 100% of_everything \\ and more.");

  @TempDir static Path folder;

  @BeforeAll
  static void release() {
    List<Object[]> rows = rows();
    publish(layout("lake"), spec().bundleDigest(), rows, "text");
    publish(layout("other-model"), "0".repeat(64), rows, "text");
    publish(layout("two"), spec().bundleDigest(), rows, "text", "more");
    publish(layout("mute"), spec().bundleDigest(), withoutWords(rows), "text");
    publishPictures(layout("pictures"));
  }

  @Test
  void findsByMeaning() {
    SearchResult result = search("lake", "a sleeping kitten", 3, Optional.empty());

    assertThat(result.hits()).extracting(Hit::assetId).startsWith("asset0").hasSize(3);
    assertThat(result.hits().get(0).score()).isBetween(0.4, 1.0);
    assertThat(result.sequence()).isEqualTo(1);
  }

  @Test
  void anAssetComesOnceByItsBestSegment() {
    SearchResult result = search("lake", TEXTS.get(0), 10, Optional.empty());

    assertThat(result.hits()).extracting(Hit::assetId).doesNotHaveDuplicates().hasSize(4);
    assertThat(result.hits().get(0).segment()).isEqualTo("caption/1");
    assertThat(result.hits().get(0).score()).isGreaterThan(0.9999);
  }

  @Test
  void aConditionNarrowsTheSearch() {
    SearchResult result =
        search("lake", TEXTS.get(0), 10, Optional.of("width > 2 AND source = 'texts'"));

    assertThat(result.hits())
        .extracting(Hit::assetId)
        .containsExactlyInAnyOrder("asset2", "asset3");
  }

  @Test
  void textsOfAConditionReachLanceAsTheyAre() {
    assertThat(matching("excerpt = 'It''s a quote with 100% of_everything \\ and more.'"))
        .containsExactly("asset3");
    assertThat(matching("excerpt LIKE '%''s a quote%'")).containsExactly("asset3");
    assertThat(matching("excerpt IN ('x', 'Bake the bread for forty minutes at high heat.')"))
        .containsExactly("asset2");
    assertThat(matching("NOT (licence IS NULL) OR title = ''' OR 1=1 --'")).isEmpty();
  }

  private static List<String> matching(String where) {
    return search("lake", "anything", 10, Optional.of(where)).hits().stream()
        .map(Hit::assetId)
        .toList();
  }

  @Test
  void jsonHasTheDocumentedShape() {
    String json = Json.line(search("lake", "bread", 1, Optional.empty()).toJson());

    assertThat(json)
        .contains("\"family\":\"text\"", "\"sequence\":1", "\"encoder\":\"" + spec().encoder())
        .contains("\"rank\":1", "\"asset_id\":\"asset2\"", "\"licence\":null", "\"width\":3");
  }

  @Test
  void wordsAreFoundWithoutAModel() {
    // its vectors are another model's, so that whoever asks by vector is refused
    SearchResult result = ask("other-model", words("\"warm windowsill\"").in(SearchMode.WORDS));

    assertThat(result.hits()).extracting(Hit::assetId).containsExactly("asset0");
    assertThat(result.hits().get(0).standing(Hit.WORDS))
        .hasValueSatisfying(
            standing -> {
              assertThat(standing.rank()).isEqualTo(1);
              assertThat(standing.score()).isEqualTo(result.hits().get(0).score()).isPositive();
            });
    assertThat(Json.line(result.toJson()))
        .contains("\"mode\":\"words\"", "\"words\":{\"rank\":1,", "\"vector\":null");
    assertThat(
            ask("other-model", words("windowsill").in(SearchMode.WORDS).where("width > 1")).hits())
        .isEmpty();
    assertThatThrownBy(() -> ask("other-model", words("bread").in(SearchMode.HYBRID)))
        .hasMessageContaining(spec().bundleDigest());
  }

  @Test
  void aQuestionWithoutAWordFindsNothingAndSaysWhy() {
    SearchResult result = ask("lake", words("?! \"&\" --").in(SearchMode.WORDS));

    assertThat(result.hits()).isEmpty();
    assertThat(result.note()).hasValueSatisfying(note -> assertThat(note).contains("no word"));
    assertThatThrownBy(() -> ask("mute", words("bread").in(SearchMode.WORDS)))
        .hasMessageContaining("nothing in family text has a text or a caption");
    assertThatThrownBy(
            () -> ask("lake", SearchRequest.of(new Sought.Asset("x")).in(SearchMode.WORDS)))
        .hasMessageContaining("Invalid --mode words");
  }

  @Test
  void hybridIsOneListOfBothByReciprocalRanks() {
    SearchResult result = ask("lake", words("a kitten, interest rates").in(SearchMode.HYBRID));

    assertThat(result.hits()).hasSize(4);
    for (Hit hit : result.hits()) {
      double sum =
          hit.standings().stream().mapToDouble(standing -> 1.0 / (60 + standing.rank())).sum();
      assertThat(hit.score()).isEqualTo(sum, within(1e-12));
      assertThat(hit.standing(Hit.VECTOR)).isPresent();
    }
    assertThat(result.hits())
        .filteredOn(hit -> hit.standing(Hit.WORDS).isPresent())
        .extracting(Hit::assetId)
        .containsExactlyInAnyOrder("asset0", "asset1", "asset3"); // "a" and "interest rates"
  }

  @Test
  void pagesAreTheWholeListWithoutHolesAndRepeats() {
    for (SearchMode mode : SearchMode.values()) {
      SearchRequest request = words("a warm bread quote of rates").in(mode);
      List<String> whole = ids(ask("lake", request));
      List<String> pages = new ArrayList<>();
      for (int from = 0; from < whole.size() + 2; from += 2) {
        pages.addAll(ids(ask("lake", request.page(from, 2))));
      }
      assertThat(whole).isNotEmpty();
      assertThat(pages).as(mode.word()).isEqualTo(whole);
    }
    assertThat(Json.line(ask("lake", words("bread").page(1, 1)).toJson())).contains("\"rank\":2,");
  }

  @Test
  void theBestOfEachGroup() {
    List<Hit> hits = ask("lake", words("anything").each(Each.GROUP)).hits();

    assertThat(hits).hasSize(3);
    assertThat(hits).extracting(Hit::group).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-9, 0.02, 0.05, 0.1, 0.2, 1})
  void whatIsNearToABetterHitIsNoHitOfItsOwn(double cosine) {
    for (SearchMode mode : SearchMode.values()) {
      SearchRequest request = words("a warm bread quote of rates").in(mode);
      List<String> all = ids(ask("lake", request));
      Map<String, List<String>> expected = new LinkedHashMap<>();
      for (String id : all) {
        Optional<String> like =
            expected.keySet().stream().filter(kept -> likeness(kept, id) >= cosine).findFirst();
        like.map(expected::get).orElseGet(() -> new ArrayList<>()).add(id);
        if (like.isEmpty()) {
          expected.put(id, new ArrayList<>());
        }
      }

      List<Hit> hits = ask("lake", request.collapse(cosine)).hits();

      assertThat(hits).extracting(Hit::assetId).containsExactlyElementsOf(expected.keySet());
      assertThat(hits).extracting(Hit::nearDuplicates).containsExactlyElementsOf(expected.values());
      for (int i = 0; i < hits.size(); i++) {
        Hit alone = ask("lake", request.collapse(cosine).page(i, 1)).hits().get(0);
        assertThat(alone.assetId()).isEqualTo(hits.get(i).assetId());
        assertThat(alone.nearDuplicates()).isEqualTo(hits.get(i).nearDuplicates());
      }
    }
  }

  /** The cosine of two texts, as a search for the one finds the other. */
  private static double likeness(String kept, String other) {
    String text = TEXTS.get(Integer.parseInt(kept.substring("asset".length())));
    return ask("lake", words(text)).hits().stream()
        .filter(hit -> hit.assetId().equals(other))
        .findFirst()
        .orElseThrow()
        .score();
  }

  @Test
  void collapsingHasItsBounds() {
    SearchRequest request = words("bread");
    assertThatThrownBy(() -> request.collapse(0)).hasMessageContaining("Invalid --collapse: 0.0");
    assertThatThrownBy(() -> request.collapse(1.1)).hasMessageContaining("at most 1)");
    assertThatThrownBy(() -> request.collapse(Double.NaN)).hasMessageContaining("above 0");
    assertThatThrownBy(() -> request.page(995, 10).collapse(0.9))
        .hasMessageContaining("are 1005 together");
    assertThatThrownBy(() -> request.fuse(Map.of("text", 1.0)).collapse(0.9))
        .hasMessageContaining("--collapse with --fuse");
  }

  @Test
  void whatIsLikeAnAssetIsNotItself() {
    SearchResult result = ask("lake", SearchRequest.of(new Sought.Asset("asset0")));

    assertThat(ids(result)).hasSize(3).doesNotContain("asset0");
    assertThatThrownBy(() -> ask("lake", SearchRequest.of(new Sought.Asset("a' OR 'a' = 'a"))))
        .hasMessageContaining("Nothing is like asset 'a' OR 'a' = 'a' in release 1")
        .hasMessageContaining("family text");
  }

  @Test
  void aVectorOfAnotherEncoderIsRefusedWithBothNames() {
    float[] vector = new float[spec().dimension()];
    vector[0] = 1;

    assertThat(ask("lake", SearchRequest.of(new Sought.Vector(vector, spec().encoder()))).hits())
        .hasSize(4);
    assertThatThrownBy(
            () -> ask("lake", SearchRequest.of(new Sought.Vector(vector, "f".repeat(64)))))
        .hasMessageContaining("f".repeat(64))
        .hasMessageContaining(spec().encoder());
  }

  @Test
  void familiesStayApartUnlessTheyAreToBeOne() {
    SearchRequest request = words("a sleeping kitten");
    try (Searcher searcher = searcher("two")) {
      assertThat(searcher.ask(request))
          .extracting(SearchResult::family)
          .containsExactly("text", "more");
      List<SearchResult> fused = searcher.ask(request.fuse(Map.of("text", 1.0, "more", 3.0)));

      assertThat(fused).hasSize(1);
      assertThat(fused.get(0).family().split("\\+")).containsExactlyInAnyOrder("text", "more");
      Hit best = fused.get(0).hits().get(0);
      assertThat(best.assetId()).isEqualTo("asset0");
      assertThat(best.score()).isEqualTo(4.0 / 61, within(1e-12));
      assertThat(best.standing("more")).isPresent();
      assertThatThrownBy(() -> searcher.ask(request.fuse(Map.of("text", 1.0, "clip", 1.0))))
          .hasMessageContaining("no family 'clip'");
      assertThatThrownBy(() -> request.fuse(Map.of("text", -1.0)))
          .hasMessageContaining("Invalid --fuse text=-1.0");
    }
  }

  private static SearchRequest words(String text) {
    return SearchRequest.of(Sought.words(text));
  }

  private static SearchResult ask(String lake, SearchRequest request) {
    try (Searcher searcher = searcher(lake)) {
      List<SearchResult> results = searcher.ask(request);
      assertThat(results).hasSize(1);
      return results.get(0);
    }
  }

  private static List<String> ids(SearchResult result) {
    return result.hits().stream().map(Hit::assetId).toList();
  }

  @Test
  void anotherModelUnderTheSameNameIsRefused() {
    assertThatThrownBy(() -> search("other-model", "bread", 1, Optional.empty()))
        .isInstanceOfSatisfying(
            LakehouseException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_UNAVAILABLE))
        .hasMessageContaining("0".repeat(64))
        .hasMessageContaining(spec().bundleDigest());
  }

  @Test
  void aFamilyThatWasLeftOutIsNamed() {
    SearchQuery query = SearchQuery.text("clip", "bread", 1, Optional.empty());

    assertThatThrownBy(() -> searcher("lake").search(query))
        .hasMessageContaining("Release 1 has no family 'clip': found text")
        .hasMessageContaining("clip: no bundle is named");
  }

  @Test
  void everyFamilyThatCanAnswersApart() {
    try (Searcher searcher = searcher("lake")) {
      List<SearchResult> results =
          searcher.searchAll(EmbedInput.text("bread"), 2, Optional.empty());

      assertThat(results).extracting(SearchResult::family).containsExactly("text");
      assertThatThrownBy(
              () -> searcher.searchAll(EmbedInput.image(new byte[1]), 2, Optional.empty()))
          .hasMessageContaining("No family of release 1 answers image queries: found text; left");
    }
  }

  /** Without waiting for the model: what is half loaded crashed the JVM that ended here. */
  @Test
  void aReleaseThatNoFamilyCanSearchSaysSoWhateverIsAsked() {
    Stream.<Consumer<Searcher>>of(
            searcher -> searcher.searchAll(EmbedInput.text("bread"), 2, Optional.empty()),
            searcher -> searcher.searchAll(EmbedInput.image(new byte[1]), 2, Optional.empty()),
            searcher -> searcher.search(SearchQuery.text("text", "bread", 1, Optional.empty())),
            searcher -> searcher.search(SearchQuery.text("clip", "bread", 1, Optional.empty())))
        .forEach(
            question -> {
              try (Searcher searcher = searcher("pictures")) {
                assertThatThrownBy(() -> question.accept(searcher))
                    .isInstanceOfSatisfying(
                        LakehouseException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_INVALID))
                    .hasMessageContaining("51 pictures and 1 text are published")
                    .hasMessageContaining("no family can search them; name a model")
                    .hasMessageContaining("lakehouse.family.clip.bundle=NAME");
              }
              assertThat(Thread.getAllStackTraces().keySet())
                  .extracting(Thread::getName)
                  .doesNotContain("lakehouse-search-warm-up");
            });
  }

  @Test
  void whatAFamilyIsMissingForIsCountedAndWhatIsSearchedIsNot() {
    LakeLayout pictures = layout("pictures");
    Family text = ReleaseReader.current(layout("lake"), HADOOP).orElseThrow().families().get(0);

    assertThat(ReleaseReader.unsearchable(pictures, release(List.of(text)), HADOOP))
        .hasValueSatisfying(
            gap ->
                assertThat(gap)
                    .startsWith("51 pictures are published, no family can search them but by"));
  }

  @Test
  void anAnswerIsExplained() {
    SearchRequest request =
        SearchRequest.of(Sought.words("a cat bakes the bread"))
            .in(SearchMode.HYBRID)
            .where("source = 'texts' AND width > 1");
    try (Searcher searcher = searcher("lake")) {
      List<SearchResult> results = searcher.ask(request);
      Explanation explanation = searcher.explain(request, results).get(0);

      assertThat(explanation.release()).isEqualTo(results.get(0).release());
      assertThat(explanation.where()).contains("source = 'texts' AND width > 1");
      Explanation.Index index = explanation.indexes().get(0);
      assertThat(index.encoder()).isEqualTo(spec().encoder());
      assertThat(index.bundleDigest()).isEqualTo(spec().bundleDigest());
      assertThat(index.recall()).contains(IndexRecall.exact());
      assertThat(index.rows()).isEqualTo(5);
      assertThat(index.kept()).isEqualTo(3); // both of asset0 are out
      assertThat(explanation.hits()).hasSameSizeAs(results.get(0).hits());
      for (int i = 0; i < explanation.hits().size(); i++) {
        Explanation.ExplainedHit hit = explanation.hits().get(i);
        assertThat(hit.assetId()).isEqualTo(results.get(0).hits().get(i).assetId());
        assertThat(hit.parts().stream().mapToDouble(Explanation.Part::adds).sum())
            .isCloseTo(hit.score(), within(1e-12));
      }
      Explanation.MatchedWords bread =
          explanation.hits().stream()
              .filter(hit -> hit.assetId().equals("asset2"))
              .flatMap(hit -> hit.words().stream())
              .findFirst()
              .orElseThrow();
      assertThat(bread.found()).containsExactlyInAnyOrder("the", "bread");
      assertThat(bread.missing()).containsExactlyInAnyOrder("a", "cat", "bakes");
    }
  }

  @Test
  void anImageIsNoQueryForTexts() {
    SearchQuery query = SearchQuery.image("text", new byte[] {1}, 1, Optional.empty());

    assertThatThrownBy(() -> searcher("lake").search(query))
        .hasMessageContaining("Family text answers no image queries, only text queries");
  }

  @Test
  void anUnknownColumnIsAnErrorBeforeAnythingIsRead() {
    assertThatThrownBy(() -> search("nowhere", "bread", 1, Optional.of("colour = 'red'")))
        .hasMessageContaining("no column colour");
  }

  @Test
  void withoutALakeThereIsNoAnswer() {
    assertThatThrownBy(() -> search("nowhere", "bread", 1, Optional.empty()))
        .isInstanceOfSatisfying(
            LakehouseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LAKE_MISSING));
  }

  private static SearchResult search(String lake, String text, int k, Optional<String> where) {
    SearchQuery query = SearchQuery.text("text", text, k, where);
    try (Searcher searcher = searcher(lake)) {
      return searcher.search(query);
    }
  }

  private static Searcher searcher(String lake) {
    LakeLayout layout = layout(lake);
    return Searcher.of(layout, Settings.defaults(), ModelsRoot.at(layout.modelsUri()), HADOOP);
  }

  private static LakeLayout layout(String lake) {
    return LakeLayout.of(folder.resolve(lake).toString(), Settings.defaults());
  }

  private static EncoderSpec spec() {
    return EncoderSpecs.of(
        "minilm",
        ModelsRoot.at(layout("lake").modelsUri()),
        "text",
        Limits.from(Settings.defaults()));
  }

  private static void publish(
      LakeLayout layout, String bundleDigest, List<Object[]> rows, String... families) {
    EncoderSpec spec = spec();
    String path = IndexPlace.path("text", spec.encoder());
    IndexPlace place = IndexPlace.of(layout, path, HADOOP);
    List<byte[]> fragments = FragmentWriter.write(place, spec.dimension(), rows.iterator());
    IndexVersion version =
        LanceIndex.at(place, spec.dimension()).commit(IndexChange.whole("a".repeat(64), fragments));
    List<Family> published = new ArrayList<>();
    for (String family : families) {
      published.add(
          new Family(
              family,
              spec.tower(),
              spec.encoder(),
              spec.bundle(),
              bundleDigest,
              spec.dimension(),
              path,
              version.version(),
              version.tag(),
              version.rows(),
              FamilyScope.whole(spec.tower()),
              Optional.of(version.recall())));
    }
    FirstRelease.append(layout, release(published));
  }

  private static List<Object[]> withoutWords(List<Object[]> rows) {
    return rows.stream()
        .map(
            row -> {
              Object[] mute = row.clone();
              mute[IndexColumns.TABLE.indexOf(IndexColumns.WORDS)] = null;
              return mute;
            })
        .toList();
  }

  private static void publishPictures(LakeLayout layout) {
    SparkSession spark = SparkTest.session();
    spark
        .range(52)
        .selectExpr("IF(id < 51, 'image', 'text') AS modality")
        .write()
        .format("delta")
        .save(layout.table(CatalogTable.FIRST));
    FirstRelease.append(layout, release(List.of()));
  }

  /** A row for each text, and a second segment of asset0. */
  private static List<Object[]> rows() {
    List<Object[]> rows = new ArrayList<>();
    try (Lease<dev.lakehouse.core.embed.Encoder> encoder = WarmEncoders.lease(spec(), "cpu")) {
      for (int i = 0; i < TEXTS.size(); i++) {
        rows.add(row(encoder, i, i == 0 ? "caption/1" : "whole", TEXTS.get(i)));
      }
      rows.add(row(encoder, 0, "caption/2", "A cat on a warm windowsill"));
    }
    return rows;
  }

  private static Object[] row(
      Lease<dev.lakehouse.core.embed.Encoder> encoder, int asset, String segment, String text) {
    float[] vector =
        encoder.value().encode(List.of(EmbedInput.text(text))).get(0).vector().orElseThrow();
    return Values.of(IndexColumns.TABLE)
        .set("asset_id", "asset" + asset)
        .set("segment", segment)
        .set("vector", vector)
        .set("excerpt", text)
        .set("words", IndexColumns.words(List.of(text)).orElse(null))
        .set("uri", "file:/texts/" + asset)
        .set("modality", "text")
        .set("media_type", "text/plain")
        .set("source", "texts")
        .set("width", asset + 1)
        .set("group_id", asset > 1 ? "late" : null)
        .set("sha256", Digests.sha256(text))
        .set("input_sha256", Digests.sha256(text))
        .toArray();
  }

  private static Release release(List<Family> families) {
    return new Release(
        1,
        "a".repeat(64),
        Optional.empty(),
        Instant.EPOCH,
        0,
        0,
        0,
        "judgement",
        "policy",
        "constraints",
        families,
        List.of("clip: no bundle is named"),
        4,
        0,
        0,
        "run",
        Release.RELEASED);
  }
}
