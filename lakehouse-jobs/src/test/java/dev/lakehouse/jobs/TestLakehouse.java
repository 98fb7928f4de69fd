// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.ReadablePlace;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.Table;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.connect.Source;
import dev.lakehouse.core.connect.folder.FilesSource;
import dev.lakehouse.core.connect.manifest.ManifestOptions;
import dev.lakehouse.core.connect.manifest.RowMapping;
import dev.lakehouse.core.connect.object.JsonlSource;
import dev.lakehouse.core.content.BlobMode;
import dev.lakehouse.core.curate.JudgementBasis;
import dev.lakehouse.core.curate.Policy;
import dev.lakehouse.core.demo.DemoData;
import dev.lakehouse.core.kind.Kinds;
import dev.lakehouse.core.lake.LakeIdentity;
import dev.lakehouse.core.lake.LakeReader;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.lake.index.Hit;
import dev.lakehouse.core.lake.index.IndexColumns;
import dev.lakehouse.core.search.SearchQuery;
import dev.lakehouse.core.search.SearchResult;
import dev.lakehouse.core.search.Searcher;
import dev.lakehouse.core.watch.state.LakeStatus;
import dev.lakehouse.core.watch.state.ReasonPage;
import dev.lakehouse.core.watch.state.TablePage;
import dev.lakehouse.core.watch.state.TableView;
import dev.lakehouse.core.watch.state.WaitingPage;
import dev.lakehouse.jobs.content.IngestOptions;
import dev.lakehouse.jobs.curate.JudgedFrom;
import dev.lakehouse.jobs.curate.JudgementRule;
import dev.lakehouse.jobs.lake.Progress;
import dev.lakehouse.jobs.lake.delta.CommitNote;
import dev.lakehouse.jobs.lake.delta.LakeTable;
import dev.lakehouse.jobs.lake.delta.LakeTables;
import dev.lakehouse.jobs.lake.release.Publication;
import dev.lakehouse.jobs.lake.release.PublishOptions;
import dev.lakehouse.jobs.lake.release.PublishResult;
import dev.lakehouse.jobs.pipeline.JudgeResult;
import dev.lakehouse.jobs.pipeline.ReviewStep.Decision;
import dev.lakehouse.jobs.pipeline.Scope;
import dev.lakehouse.jobs.pipeline.embed.EmbedResult;
import dev.lakehouse.jobs.pipeline.embed.EncoderWork;
import dev.lakehouse.jobs.watch.AuditReport;
import dev.lakehouse.jobs.watch.ReleaseChoice;
import dev.lakehouse.jobs.watch.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One lake from its first item to its searches; the tests follow one another. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TestLakehouse {
  private static final Settings SETTINGS =
      Settings.defaults().orElse(Map.of(Setting.CLIP_MODEL.key(), "shapes-clip"), "test");

  @TempDir static Path place;
  private static Path folder;
  private static DemoData data;
  private static Lakehouse lake;
  private static RunResult first;

  @BeforeAll
  static void runOnce() throws IOException {
    // a name that means something to shells, URIs, patterns and the log of a table
    folder = Files.createDirectories(place.resolve("[i]{j,k}* %41 #?+a:b'\"\u00e9\\ -x"));
    data = DemoData.write(folder.resolve("data"), 7);
    lake = Lakehouse.open(SparkTest.session(), folder + "/lake", SETTINGS, Progress.silent());
    first = run();
  }

  private static RunResult run() {
    List<Intake> intakes =
        sources().stream().map(source -> new Intake(source, IngestOptions.defaults())).toList();
    return lake.run(intakes, PublishOptions.from(SETTINGS));
  }

  private static List<Source> sources() {
    return List.of(
        JsonlSource.open(
            new ManifestOptions(
                data.manifest().toString(),
                RowMapping.parse(DemoData.MAPPING),
                Optional.empty(),
                Optional.of("scenes"),
                Map.of())),
        FilesSource.open(
            new FilesSource.Options(
                data.texts().toString(), Optional.of("texts"), Optional.empty(), Map.of())),
        FilesSource.open(
            new FilesSource.Options(
                data.mixed().toString(), Optional.of("mixed"), Optional.empty(), Map.of())));
  }

  private static SearchResult search(SearchQuery query) {
    try (Searcher searcher = lake.searcher()) {
      return searcher.search(query);
    }
  }

  private static SearchQuery asked(String kind, int k) {
    DemoData.Question question =
        data.questions().stream().filter(of -> of.kind().equals(kind)).findFirst().orElseThrow();
    return SearchQuery.text(question.family(), question.words(), k, question.where());
  }

  @ParameterizedTest
  @CsvSource({
    "text -> film, tour.webm, time/2.000",
    "text -> recording, vowels.wav, time/12.0",
    "text -> page, handbook.pdf, page/2",
    "text -> document, letter.docx, section/1"
  })
  @Order(2)
  void eachKindOfContentAnswersAQuestion(String kind, String name, String place) {
    Hit hit = search(asked(kind, 1)).hits().get(0);

    assertThat(hit.row().text("uri").orElseThrow()).endsWith("/mixed/" + name);
    assertThat(hit.segment()).startsWith(place);
  }

  @Test
  @Order(1)
  void everyItemIsInExactlyOneState() {
    Map<String, Long> states = first.status().states();
    long seen = first.ingested().stream().mapToLong(result -> result.seen()).sum();

    assertThat(states.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(seen);
    assertThat(states.get("pending")).isZero();
    assertThat(states.get("published")).isEqualTo(first.published().release().published());
    assertThat(states.get("published")).isGreaterThan(250);
    assertThat(states.get("duplicate")).isPositive();
    assertThat(states.get("failed")).isPositive();
    assertThat(states.get("dead_letter")).isPositive();
  }

  @Test
  @Order(1)
  void judgeAndStatusCountAlike() {
    Map<String, Long> judged = first.judged().states();
    Map<String, Long> states = first.status().states();

    for (String state : List.of("failed", "duplicate", "review")) {
      assertThat(judged.get(state)).as(state).isEqualTo(states.get(state)).isPositive();
      assertThat(
              first.judged().reasons().stream()
                  .filter(reason -> reason.state().equals(state))
                  .map(reason -> reason.reason() + " " + reason.count())
                  .toList())
          .isEqualTo(
              first.status().reasons().stream()
                  .filter(reason -> reason.state().equals(state))
                  .map(reason -> reason.reason() + " " + reason.count())
                  .toList());
    }
    assertThat(judged.get("passed")).isEqualTo(states.get("published"));
    assertThat(judged.get("dead_letter")).isPositive();
    assertThat(judged.values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(first.judged().statuses().values().stream().mapToLong(Long::longValue).sum());
  }

  @Test
  @Order(2)
  void aTextIsFoundByItsMeaning() {
    SearchResult answer = search(asked("text -> text", 3));

    assertThat(answer.hits()).hasSize(3);
    assertThat(excerpt(answer.hits().get(0))).containsAnyOf("ant", "bee");
  }

  @Test
  @Order(2)
  void theContactSheetShowsWhatPassedAndWhatDidNotWithWhy() {
    String sheet = lake.sheet(Optional.of("1"), 4);

    assertThat(sheet)
        .contains(
            "<title>Release 1 of ",
            "<h2>Published",
            "Rejected: EXACT_DUPLICATE",
            "Never taken in",
            "<img alt=",
            "data:image/jpeg;base64,")
        .doesNotContain("<script", "src=\"http");
    assertThat(sheet.split("<figure>", -1).length - 1).isBetween(10, 80);
    assertThat(sheet.length()).isLessThan(1_000_000);
    assertThatThrownBy(() -> lake.sheet(Optional.of("99"), 4))
        .hasMessageContaining("There is no release '99'")
        .hasMessageContaining("[1]");
  }

  @Test
  @Order(2)
  void anyRowsAboutAssetsCanBeLookedAt() {
    Dataset<Row> small =
        lake.judged()
            .where("modality = 'image' AND least(width, height) < 64")
            .selectExpr("asset_id", "width", "blur + 0.123456789D AS softness")
            .orderBy("asset_id");

    String html = lake.gallery(small);

    assertThat(html).contains("data:image/jpeg;base64,", "tiny-0.png", "<br>width ");
    assertThat(html).containsPattern("softness [0-9.e+]{1,10}<");
    assertThat(html.split("<figure>")).hasSize((int) small.count() + 1);
    assertThat(lake.gallery(lake.rows("verdicts").selectExpr("'no <such>' AS asset_id").limit(1)))
        .contains("asset no &lt;such&gt;", "not in the lake");
    assertThat(lake.gallery(lake.catalog(Optional.empty()).select("asset_id")))
        .contains("The first 60 rows.");
  }

  @Test
  @Order(2)
  void whatCannotBeShownIsSaid() {
    assertThatThrownBy(() -> lake.gallery(lake.rows("verdicts").select("sha256")))
        .hasMessageContaining("expected a column asset_id but found sha256");
    assertThatThrownBy(() -> lake.rows("verdict"))
        .hasMessageContaining("There is no table 'verdict'. Did you mean verdicts?");
  }

  @Test
  @Order(2)
  void thePolicyInForceAndWhatItsRulesAreAskedOfCanBeRead() {
    assertThat(lake.policy().text()).isEqualTo(Policy.builtIn().text());
    assertThat(lake.judged().columns()).contains("asset_id", "width", "blur", "captions");
    assertThat(lake.judged().count()).isEqualTo(lake.rows("verdicts").count());
  }

  @Test
  @Order(2)
  void aPictureIsFoundByASentenceAndByAPicture() throws IOException {
    SearchResult bySentence = search(asked(DemoData.PICTURES, 5));
    SearchResult byPicture =
        search(
            SearchQuery.image("clip", Files.readAllBytes(data.imageQuery()), 5, Optional.empty()));

    assertThat(bySentence.hits()).hasSize(5);
    assertThat(byPicture.hits().get(0).score()).isGreaterThan(0.8);
  }

  @Test
  @Order(2)
  void embeddingSaysWhereItsTimeWent() {
    List<EncoderWork> works =
        first.embedded().values().stream()
            .flatMap(family -> family.encoders().values().stream())
            .toList();

    assertThat(works).hasSize(3);
    for (EncoderWork work : works) {
      assertThat(work.encoder()).isNotEmpty();
      assertThat(work.precision()).startsWith("fp32");
      assertThat(work.device()).startsWith("cpu (auto: ");
      assertThat(work.items()).isGreaterThanOrEqualTo(work.batches()).isPositive();
      assertThat(work.meanBatch()).isBetween(1.0, (double) work.items());
      assertThat(work.paddingShare()).isBetween(0.0, 0.9);
      assertThat(work.deviceBusyShare()).isBetween(0.001, 1.0);
      assertThat(
              List.of(
                  work.prepareSeconds(),
                  work.inferSeconds(),
                  work.computeSeconds(),
                  work.writeSeconds(),
                  work.queueSeconds()))
          .allSatisfy(seconds -> assertThat(seconds).isPositive());
      assertThat(work.modelLoads()).isLessThanOrEqualTo(1);
      assertThat(work.peakBytesInFlight()).isBetween(1L, 256L << 20);
      assertThat(List.of(work.batchesHalved(), work.threadsGivenUp())).containsOnly(0L);
    }
    assertThat(works).anySatisfy(work -> assertThat(work.fetchSeconds()).isPositive());
  }

  private static String excerpt(Hit hit) {
    return hit.row().text(IndexColumns.EXCERPT).orElse("");
  }

  @Test
  @Order(3)
  void aCleanLakeAuditsWithoutAFalseAlarm() {
    AuditReport report = lake.audit(ReleaseChoice.CURRENT, Sample.ALL).get(0);

    assertThat(report.violations()).isEmpty();
    assertThat(report.rows()).isEqualTo(first.published().release().published());
  }

  @Test
  @Order(4)
  void aSecondRunComputesNothing() {
    Map<String, Long> before = computed();

    RunResult second = run();

    assertThat(second.measured().computed()).isZero();
    assertThat(second.embedded().values()).extracting(EmbedResult::computed).containsOnly(0L);
    assertThat(second.published().outcome()).isEqualTo(PublishResult.Outcome.UNCHANGED);
    assertThat(computed()).isEqualTo(before);
  }

  /** Versions of tables; but when files were looked at is noted once they are old enough. */
  private static Map<String, Long> computed() {
    Map<String, Long> versions = new TreeMap<>(lake.status().tables());
    versions.remove(Tables.SIGHTINGS.name());
    return versions;
  }

  @Test
  @Order(4)
  void whoOnlyLooksNeedsNoModel() {
    Settings absent =
        Settings.defaults().orElse(Map.of(Setting.TEXT_MODEL.key(), "absent"), "test");
    Lakehouse other =
        Lakehouse.open(SparkTest.session(), folder + "/lake", absent, Progress.silent());

    LakeStatus status = other.status();

    assertThat(status.familiesOff()).hasSize(1); // the lake keeps the model of clip
    assertThat(status.familiesOff().get(0)).startsWith("text: No model bundle 'absent'");
    assertThat(status.states()).isEqualTo(first.status().states());
    assertThat(other.table("dead_letters", Optional.empty(), List.of(), 1).count()).isPositive();
    assertThatThrownBy(() -> other.publish(PublishOptions.from(absent)))
        .isInstanceOfSatisfying(
            LakehouseException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_UNAVAILABLE));
  }

  /** Each table, all its rows and some of them: columns of every type, as Spark reads them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          assets       | modality = 'text' AND size_bytes > 100
          assets       | first_seen > '2020-01-01' AND NOT title IS NULL
          measurements | blur > 4.5 OR chars <= 20
          measurements | error_code IS NOT NULL
          duplicates   | cluster_size >= 2
          verdicts     | has(reasons, 'EXACT_DUPLICATE') OR verdict_status = 'review'
          filtered     | has(warnings, 'PLAIN_COLOUR') OR width < 100
          embeddings   | family = 'clip' AND tower = 'text'
          catalog      | language IN ('eng', 'deu') AND clip_dim IS NULL
          releases     | state = 'released'
          """)
  @Order(4)
  void tablesAreReadWithoutSparkAsSparkReadsThem(String name, String where) {
    LakeReader reader = new LakeReader(lake.layout(), new Configuration());
    Table table = TableView.table(name, reader);
    Dataset<Row> rows = SparkTest.session().read().format("delta").load(lake.layout().table(table));
    for (Optional<String> condition : List.of(Optional.<String>empty(), Optional.of(where))) {
      TablePage page = lake.table(name, condition, List.of(), 7);
      PageBySpark expected = PageBySpark.of(rows, table, condition, 7);

      assertThat(page.count()).isEqualTo(expected.count());
      assertThat(page.rows().stream().map(Json::line).map(PageBySpark::parsed))
          .containsExactlyElementsOf(expected.rows());
    }
  }

  @Test
  @Order(4)
  void whatStandsBehindAReasonIsListed() {
    LakeStatus status = lake.status();
    for (LakeStatus.Reason reason : status.reasons()) {
      long count =
          status.reasons().stream()
              .filter(each -> each.reason().equals(reason.reason()))
              .mapToLong(LakeStatus.Reason::count)
              .sum();

      ReasonPage page = lake.behind(reason.reason(), 1);

      assertThat(page.count()).isEqualTo(count);
      assertThat(page.items()).hasSize(1);
      assertThat(page.items().get(0).sourceUri()).startsWith("file:");
    }
    assertThatThrownBy(() -> lake.behind("EXACT_DUPLICAT", 1))
        .hasMessageContaining("Did you mean EXACT_DUPLICATE?");
  }

  @Test
  @Order(5)
  void aPolicyMovesWithoutMedia() throws IOException {
    Path blobs = folder.resolve("lake/blobs");
    Files.move(blobs, folder.resolve("elsewhere"));
    Policy strict = StrictPolicy.parse();
    long published = first.published().release().published();

    JudgeResult stricter = lake.judge(Optional.of(strict), Scope.CHANGED);
    assertThat(stricter.difference().newlyFailing()).isPositive();
    assertThat(stricter.difference().reasons().get(0).reason()).isEqualTo("NOT_LONG");
    LakeStatus judged = requireServed(published);
    assertThat(judged.next().removed()).isEqualTo(stricter.difference().newlyFailing());
    assertThat(judged.next().reasons().get(0).reason()).isEqualTo("NOT_LONG");
    PublishOptions few = PublishOptions.from(SETTINGS);
    assertThatThrownBy(() -> lake.publish(new PublishOptions(1, 0, few.mode())))
        .isInstanceOfSatisfying(
            LakehouseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOTHING_FIT))
        .hasMessageContaining(
            "%d of the %d published assets"
                .formatted(stricter.difference().newlyFailing(), published))
        .hasMessageContaining("would leave, and lakehouse.publish.max-leaving allows 0 %")
        .hasMessageContaining("--allow-leaving");
    requireServed(published);
    PublishResult fewer = lake.publish(few.allowLeaving());
    requireForeseen(judged, fewer);
    assertThat(requireServed(fewer.release().published()).next().isNothing()).isTrue();
    assertThat(fewer.release().published())
        .isEqualTo(published - stricter.difference().newlyFailing());

    JudgeResult again = lake.judge(Optional.of(Policy.builtIn()), Scope.CHANGED);
    assertThat(again.difference().newlyPassing()).isEqualTo(stricter.difference().newlyFailing());
    LakeStatus lenient = requireServed(fewer.release().published());
    assertThat(lenient.next().added()).isEqualTo(again.difference().newlyPassing());
    PublishResult restored = lake.publish(PublishOptions.from(SETTINGS));
    requireForeseen(lenient, restored);
    assertThat(restored.release().published()).isEqualTo(published);
    Files.move(folder.resolve("elsewhere"), blobs);
  }

  /** What status says is published is what the current release serves, and states add up. */
  private static LakeStatus requireServed(long published) {
    LakeStatus status = lake.status();
    assertThat(status.states()).containsEntry("published", published);
    assertThat(status.states().values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(status.seen());
    assertThat(status.seen()).isEqualTo(first.status().seen());
    return status;
  }

  private static void requireForeseen(LakeStatus before, PublishResult done) {
    assertThat(before.next().added()).isEqualTo(done.added());
    assertThat(before.next().changed()).isEqualTo(done.updated());
    assertThat(before.next().removed()).isEqualTo(done.removed());
    assertThat(before.next().fit()).isEqualTo(done.release().published());
  }

  @Test
  @Order(6)
  void theReleaseBeforeIsReadableAfterARollback() {
    long current = lake.releases().size();

    lake.rollback();

    assertThat(search(SearchQuery.text("text", "a text", 1, Optional.empty())).sequence())
        .isEqualTo(current - 1);
  }

  @Test
  @Order(7)
  void afterARollbackStatusSpeaksOfWhatReadersSee() {
    List<Release> releases = lake.releases();
    Release current = releases.get(releases.size() - 2);

    LakeStatus status = requireServed(current.published());

    assertThat(status.current()).contains(current.sequence());
    assertThat(status.next().added())
        .isEqualTo(releases.get(releases.size() - 1).published() - current.published());
    assertThat(status.next().withdrawn()).contains((long) releases.size());
    assertThat(status.next().isNothing()).isTrue();
  }

  @Test
  @Order(8)
  void whatItsSourceNoLongerHasIsServedUntilItIsPublishedAway() throws IOException {
    List<String> rows = Files.readAllLines(data.manifest());
    String gone = served(rows);
    long seen = lake.status().seen();
    long published = lake.status().states().get("published");
    Files.write(data.manifest(), rows.stream().filter(row -> !row.contains(gone)).toList());
    lake.ingest(
        sources().get(0),
        new IngestOptions(
            BlobMode.COPY, IngestOptions.Vanished.MARK_GONE, IngestOptions.Known.BELIEVED));

    LakeStatus unjudged = lake.status();
    lake.judge(Optional.empty(), Scope.CHANGED);
    LakeStatus judged = lake.status();

    assertThat(unjudged.unjudged()).isTrue();
    assertThat(judged.unjudged()).isFalse();
    assertThat(judged.seen()).isEqualTo(seen);
    assertThat(judged.states()).containsEntry("published", published);
    assertThat(judged.next().reasons()).contains(new LakeStatus.Reason("published", "GONE", 1));
    assertThat(lake.behind("GONE", 9).items().get(0).sourceUri()).endsWith(gone);
    Files.write(data.manifest(), rows);
  }

  /** A picture that the current release serves and one row of the manifest names. */
  private static String served(List<String> rows) {
    return lake.behind("published", 1000).items().stream()
        .map(item -> item.sourceUri().replaceFirst(".*/", ""))
        .filter(file -> rows.stream().filter(row -> row.contains(file)).count() == 1)
        .findFirst()
        .orElseThrow();
  }

  @Test
  @Order(9)
  void afterTheLastRollbackNothingIsPublished() {
    while (lake.current().isPresent()) {
      lake.rollback();
    }

    LakeStatus status = lake.status();

    assertThat(status.current()).isEmpty();
    assertThat(status.states()).containsEntry("published", 0L);
    assertThat(status.states().values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(status.seen());
    assertThat(status.next().removed()).isZero();
    assertThat(status.next().added()).isEqualTo(status.next().fit()).isPositive();
  }

  @Test
  @Order(10)
  void aReviewerNamesAnAssetByItsPath() {
    WaitingPage before = lake.waiting(1);
    String uri = before.waiting().get(0).sourceUri();
    String path = ReadablePlace.of(uri);
    List<String> names = List.of(path, uri.replace("file:///", "file:/"));

    int decided = lake.decide(names, Decision.REJECT, "not wanted", "tests");
    lake.judge(Optional.empty(), Scope.CHANGED);

    assertThat(path).startsWith("/");
    assertThat(decided).isEqualTo(1);
    assertThat(before.count()).isGreaterThan(1);
    assertThat(lake.waiting(1).count()).isEqualTo(before.count() - 1);
    assertThat(lake.waiting(1).waiting()).hasSize(1);
  }

  @Tag("slow")
  @Test
  @Order(20)
  void whatAnEarlierVersionMeasuredStaysPublishedAndAuditsClean() {
    long published = run().published().release().published();
    LakeTable measurements =
        new LakeTables(SparkTest.session(), lake.layout()::table).table(Kinds.MEASUREMENTS);
    Dataset<Row> before =
        measurements.rows().withColumn("probe", expr("replace(probe, '@2', '@1')"));
    measurements.replace(before, CommitNote.of("before", "measure"));

    JudgeResult judged = lake.judge(Optional.empty(), Scope.CHANGED);
    PublishResult again = lake.publish(PublishOptions.from(SETTINGS));

    assertThat(judged.difference().newlyFailing()).isZero();
    assertThat(again.release().published()).isEqualTo(published);
    assertThat(lake.audit(ReleaseChoice.CURRENT, Sample.ALL).get(0).violations()).isEmpty();
    assertThat(lake.measure(Scope.ALL).computed()).isPositive();
  }

  /** As a version leaves it whose contract, columns or probes are others. */
  @Tag("slow")
  @Test
  @Order(21)
  void whatAnotherVersionJudgedIsSaidAndJudgedAnew() {
    run();
    LakeTables tables = new LakeTables(SparkTest.session(), lake.layout()::table);
    judgeOnAnotherBasis(tables);
    Release theirs = lake.publish(PublishOptions.from(SETTINGS)).release();

    AuditReport other = lake.audit(ReleaseChoice.CURRENT, Sample.ALL).get(0);
    RunResult anew = run();
    AuditReport own = lake.audit(ReleaseChoice.CURRENT, Sample.ALL).get(0);

    assertThat(other.violations()).isEmpty();
    assertThat(other.remarks()).singleElement().asString().contains("by another version");
    assertThat(anew.judged().judgementId()).isNotEqualTo(theirs.judgementId());
    assertThat(anew.published().release().judgementId()).isEqualTo(anew.judged().judgementId());
    assertThat(anew.published().release().published()).isEqualTo(theirs.published());
    assertThat(own.violations()).isEmpty();
    assertThat(own.remarks()).isEmpty();
  }

  private void judgeOnAnotherBasis(LakeTables tables) {
    CommitNote last = tables.table(Tables.FILTERED).history().lastNote("judge").orElseThrow();
    Policy policy = Policy.builtIn();
    String lakeId = LakeIdentity.of(lake.layout(), new Configuration()).id();
    String id =
        new JudgedFrom(lakeId, last.inputs(), tables.commits(last.inputs()))
            .id(policy, JudgementRule.NOW, "other");
    CommitNote note =
        CommitNote.of("before", "judge")
            .from(last.inputs())
            .mark("judgement", id)
            .mark(JudgementRule.MARK, JudgementRule.NOW.word())
            .mark(JudgementBasis.MARK, "other")
            .mark("policy", policy.digest())
            .mark(Publication.RELEASE_ANEW, "before");
    for (Table table : List.of(Tables.VERDICTS, Tables.FILTERED)) {
      LakeTable judged = tables.table(table);
      judged.replace(judged.rows().withColumn("judgement_id", lit(id)), note);
    }
  }
}
