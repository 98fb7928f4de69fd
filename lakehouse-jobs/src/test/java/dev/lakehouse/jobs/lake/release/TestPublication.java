// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.release;

import static dev.lakehouse.jobs.lake.release.JudgedLake.BOTH;
import static dev.lakehouse.jobs.lake.release.JudgedLake.CLIP;
import static dev.lakehouse.jobs.lake.release.JudgedLake.TEXT;
import static dev.lakehouse.jobs.lake.release.JudgedLake.image;
import static dev.lakehouse.jobs.lake.release.JudgedLake.text;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.content.SegmentRole;
import dev.lakehouse.core.embed.FamilyScope.Need;
import dev.lakehouse.core.embed.FamilySpec;
import dev.lakehouse.core.kind.Kinds;
import dev.lakehouse.core.lake.Family;
import dev.lakehouse.core.lake.IndexRecall;
import dev.lakehouse.core.lake.Kept;
import dev.lakehouse.core.lake.LakeReader;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.lake.ReleaseReader;
import dev.lakehouse.core.lake.index.IndexPlace;
import dev.lakehouse.core.watch.state.DeadLetters;
import dev.lakehouse.jobs.lake.delta.CatalogConstraints;
import dev.lakehouse.jobs.lake.release.PublishOptions.Mode;
import dev.lakehouse.jobs.lake.release.PublishResult.Outcome;
import dev.lakehouse.udfs.lake.LanceScan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Encoders;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestPublication {
  @TempDir static Path judged;
  @TempDir static Path released;

  @TempDir Path root;
  private static PublishResult first;
  JudgedLake lake;
  static Values note = text("note.txt", "a short note");
  static Values letter = text("letter.txt", "a longer letter");
  static Values circle = image("circle.png", "a red circle", "one circle");

  @BeforeAll
  static void twoTextsAndAnImage() throws IOException {
    JudgedLake lake = new JudgedLake(judged);
    lake.judge(note, letter, circle);
    lake.embed(
        TEXT,
        digest(note),
        digest(letter),
        Digests.sha256("a red circle"),
        Digests.sha256("one circle"));
    lake.embed(CLIP, digest(circle));
    first = copy(judged, released).publish();
  }

  @BeforeEach
  void startFromWhatWasJudged() throws IOException {
    lake = copy(judged, root.resolve("judged"));
  }

  /** Makes the lake one whose first release is made. */
  private Release startFromARelease() throws IOException {
    lake = copy(released, root.resolve("released"));
    return current().orElseThrow();
  }

  /** Tables name their files relative to themselves, so a copy of a lake is a lake. */
  private static JudgedLake copy(Path lake, Path place) throws IOException {
    FileUtils.copyDirectory(lake.toFile(), place.toFile());
    return new JudgedLake(place);
  }

  /** Every release names it; where it changes, audits of releases of before accuse them. */
  @Test
  void constraintsKeepTheirDigest() {
    assertThat(CatalogConstraints.expectedDigest(List.of("text", "clip")))
        .isEqualTo("319a839637627e65acb97859895494cddc3f5601d93403334fe393caa505c2ca");
  }

  /** Their tables have the same versions, as those of all lakes that went the same way. */
  @Test
  void noTwoLakesHaveAReleaseOfTheSameId() throws IOException {
    ReleaseFamilies none = new ReleaseFamilies(Map.of(), List.of("text: off", "clip: off"));
    Set<String> ids = new HashSet<>();
    for (int i = 1; i <= 2; i++) {
      JudgedLake each = copy(released, root.resolve("lake-" + i));
      each.judge(note, text("other-" + i, "words " + i));
      Release second = each.publication().publish(none, publishOptions()).release();
      assertThat(second.sequence()).isEqualTo(2);
      ids.add(second.id());
    }

    assertThat(ids).hasSize(2);
  }

  private static PublishOptions publishOptions() {
    return new PublishOptions(1, 1, Mode.CONTINUE);
  }

  /** As a version of lakehouse made it whose ids told of versions alone. */
  @Test
  void anIdOfOldIsProvedByTheRuleOfOld() throws IOException {
    Release made = startFromARelease();
    Release old =
        renamed(
            made,
            Digests.ofParts(
                List.of(
                    "filtered=" + made.filteredVersion(),
                    "embeddings=" + made.embeddingsVersion(),
                    "clip=" + CLIP.encoder(),
                    "text=" + TEXT.encoder(),
                    "policy=" + made.policyDigest(),
                    "parent=",
                    "")));

    assertThat(ReleaseId.otherThanFormer(old, Optional.empty())).isEmpty();
    assertThat(ReleaseId.otherThanFormer(made, Optional.empty())).contains(old.id());
  }

  private static String digest(Values asset) {
    return asset.text("sha256").orElseThrow();
  }

  private Optional<Release> current() {
    return ReleaseReader.current(lake.layout, new Configuration());
  }

  private List<String> published() {
    return lake.catalog()
        .rowsAt(current().orElseThrow().catalogVersion())
        .select("source_uri")
        .orderBy("source_uri")
        .as(Encoders.STRING())
        .collectAsList();
  }

  private List<String> segments(String family) {
    Family index = current().orElseThrow().family(family).orElseThrow();
    IndexPlace place = IndexPlace.of(lake.layout, index.path(), new Configuration());
    return LanceScan.rows(
            lake.tables.spark(), place, index.lanceVersion(), List.of("uri", "segment"))
        .selectExpr("concat(substring_index(uri, '/', -1), '#', segment) AS s")
        .orderBy("s")
        .as(Encoders.STRING())
        .collectAsList();
  }

  private static void assertRefused(ErrorCode code, Runnable attempt) {
    assertThatThrownBy(attempt::run)
        .isInstanceOfSatisfying(
            LakehouseException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void releasesExactlyWhatPassed() throws IOException {
    startFromARelease();

    assertReleasedExactlyWhatPassed(first);
  }

  @Test
  void releasesExactlyWhatPassedOfManyRows() {
    lake.tables.fitQueries(1_000_000);

    assertReleasedExactlyWhatPassed(lake.publish());
  }

  private void assertReleasedExactlyWhatPassed(PublishResult result) {
    assertThat(result.outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(result.added()).isEqualTo(3);
    assertThat(current()).contains(result.release());
    assertThat(published())
        .containsExactly(
            "file:///tests/circle.png", "file:///tests/letter.txt", "file:///tests/note.txt");
    assertThat(segments("text"))
        .containsExactly(
            "circle.png#caption/1", "circle.png#caption/2", "letter.txt#whole", "note.txt#whole");
    assertThat(segments("clip")).containsExactly("circle.png#whole");
    assertThat(current().orElseThrow().families())
        .extracting(Family::recall)
        .containsOnly(Optional.of(IndexRecall.exact()));
  }

  @Test
  void publishingTheSameAgainCommitsNothing() throws IOException {
    Release first = startFromARelease();
    long catalog = lake.catalog().version();
    long releases = lake.tables.table(Tables.RELEASES).version();

    assertThat(lake.publish()).isEqualTo(PublishResult.nothingNew(Outcome.UNCHANGED, first));
    lake.judge(note, letter, circle); // judged anew, with the same result
    assertThat(lake.publish().outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(lake.catalog().version()).isEqualTo(catalog);
    assertThat(lake.tables.table(Tables.RELEASES).version()).isEqualTo(releases);
  }

  @Test
  void whatLeavesAndWhatChangesDoSoInOneReleaseAndACompactionIsLetBe() throws IOException {
    startFromARelease();
    lake.tables.spark().sql("OPTIMIZE delta.`%s`".formatted(lake.catalog().uri()));
    Values rewritten = text("note.txt", "another note");
    lake.judge(rewritten, circle);
    lake.embed(TEXT, digest(rewritten));

    PublishResult result = lake.publish();

    assertThat(result.release().sequence()).isEqualTo(2);
    assertThat(List.of(result.added(), result.updated(), result.removed()))
        .containsExactly(0L, 1L, 1L);
    assertThat(segments("text"))
        .containsExactly("circle.png#caption/1", "circle.png#caption/2", "note.txt#whole");
  }

  @Test
  void whatHasNoVectorWaitsOrIsDead() {
    Values waiting = text("waiting.txt", "not embedded yet");
    Values dead = image("dead.png");
    lake.judge(note, waiting, dead, image("square.png", "an unseen caption"));
    lake.failToEmbed(CLIP, digest(dead));
    lake.embed(CLIP, digest(image("square.png")));

    Release release = lake.publish().release();

    assertThat(published()).containsExactly("file:///tests/note.txt");
    assertThat(release.pending()).isEqualTo(2);
    assertThat(release.dead()).isEqualTo(1);
  }

  /** The families of all tests, where {@code text} takes but some parts of assets. */
  private static ReleaseFamilies textOf(SegmentRole... parts) {
    FamilySpec text = new FamilySpec("text", "words", Optional.of(Set.of(parts)), Need.REQUIRED);
    return new ReleaseFamilies(Map.of("text", TEXT.within(text), "clip", CLIP), List.of());
  }

  @Test
  void anIndexHoldsThePartsThatItsFamilyTakes() throws IOException {
    Release first = startFromARelease();

    Release own = lake.publication().publish(textOf(SegmentRole.OWN), publishOptions()).release();
    assertThat(own.sequence()).isEqualTo(2);
    assertThat(own.catalogVersion()).isEqualTo(first.catalogVersion());
    assertThat(segments("text")).containsExactly("letter.txt#whole", "note.txt#whole");
    assertThat(current().orElseThrow().family("text").orElseThrow().scope())
        .hasToString("own, required");
    assertThat(lake.publication().publish(textOf(SegmentRole.OWN), publishOptions()).outcome())
        .isEqualTo(Outcome.UNCHANGED);

    lake.publication().publish(textOf(SegmentRole.CAPTION), publishOptions());
    assertThat(segments("text")).containsExactly("circle.png#caption/1", "circle.png#caption/2");
    assertThat(published()).hasSize(3);
    assertThat(lake.catalog().rows().where("text_vector IS NOT NULL").count()).isZero();

    lake.publish();
    assertThat(segments("text")).hasSize(4);
    assertThat(lake.catalog().rows().where("text_vector IS NOT NULL").count()).isEqualTo(2);
  }

  @Test
  void noAssetWaitsForAFamilyThatIsOptional() {
    Values waiting = text("waiting.txt", "not embedded yet");
    Values dead = image("dead.png");
    Values square = image("square.png", "an unseen caption");
    lake.judge(note, waiting, dead, square);
    lake.failToEmbed(CLIP, digest(dead));
    lake.embed(CLIP, digest(square));
    ReleaseFamilies optional =
        new ReleaseFamilies(
            Map.of(
                "text",
                TEXT.within(new FamilySpec("text", "words", Optional.empty(), Need.OPTIONAL)),
                "clip",
                CLIP.within(new FamilySpec("clip", "shapes", Optional.empty(), Need.OPTIONAL))),
            List.of());

    Release release = lake.publication().publish(optional, publishOptions()).release();

    assertThat(published()).hasSize(4);
    assertThat(List.of(release.pending(), release.dead())).containsExactly(0L, 0L);
    assertThat(segments("text")).containsExactly("note.txt#whole");
    assertThat(segments("clip")).containsExactly("square.png#whole");

    lake.embed(TEXT, Digests.sha256("an unseen caption")); // of which no row of the catalog tells
    lake.publication().publish(optional, publishOptions());
    assertThat(segments("text")).containsExactly("note.txt#whole", "square.png#caption/1");
    assertThat(lake.publication().publish(optional, publishOptions()).outcome())
        .isEqualTo(Outcome.UNCHANGED);

    lake.embed(TEXT, digest(waiting));
    lake.publication().publish(optional, publishOptions());
    assertThat(segments("text"))
        .containsExactly("note.txt#whole", "square.png#caption/1", "waiting.txt#whole");

    // one that is required again lets nothing through that lacks its vector
    Release strict = lake.publish().release();
    assertThat(published()).hasSize(3).doesNotContain("file:///tests/dead.png");
    assertThat(strict.dead()).isEqualTo(1);
  }

  @Test
  void tooFewRowsChangeNothing() {
    assertRefused(
        ErrorCode.NOTHING_FIT,
        () -> lake.publication().publish(BOTH, new PublishOptions(4, 1, Mode.CONTINUE)));

    assertThat(lake.catalog().exists()).isFalse();
    assertThat(lake.tables.table(Tables.RELEASES).exists()).isFalse();
  }

  /** Each repeats what the one before left behind, and crashes a step later. */
  @Test
  void aCrashAfterAnyStepIsFinishedByRepeating() {
    for (Publication.Step crashAfter : Publication.Step.values()) {
      Publication crashing =
          lake.publicationThat(
              step -> {
                if (step == crashAfter) {
                  throw new IllegalStateException("Injected after " + step);
                }
              });
      assertThatThrownBy(() -> crashing.publish(BOTH, publishOptions()))
          .hasMessage("Injected after " + crashAfter);
    }

    lake.publish();

    assertThat(ReleaseReader.all(lake.layout, new Configuration())).hasSize(1);
    assertThat(published()).hasSize(3);
    assertThat(segments("text")).hasSize(4);
    assertThat(segments("clip")).hasSize(1);
  }

  @Test
  void aForeignRowIsRefusedAndRebuiltAway() throws IOException {
    Release first = startFromARelease();
    lake.catalog()
        .rows()
        .limit(1)
        .withColumn("asset_id", lit("stranger"))
        .write()
        .format("delta")
        .mode("append")
        .save(lake.catalog().uri());
    lake.judge(note, circle);

    assertRefused(ErrorCode.INTEGRITY, lake::publish);
    assertThat(current()).contains(first);

    assertThat(lake.rebuild().release().published()).isEqualTo(2);
    assertThat(published()).containsExactly("file:///tests/circle.png", "file:///tests/note.txt");
    assertThat(segments("text")).hasSize(3);
  }

  @Test
  void aDroppedConstraintIsRefusedAndRebuiltBack() throws IOException {
    startFromARelease();
    String uri = lake.catalog().uri();
    lake.tables.spark().sql("ALTER TABLE delta.`%s` DROP CONSTRAINT verdict_pass".formatted(uri));
    lake.catalog()
        .rows()
        .withColumn("verdict_status", lit("fail"))
        .write()
        .format("delta")
        .mode("overwrite")
        .save(uri);
    lake.judge(note);

    assertThatThrownBy(lake::publish)
        .isInstanceOf(LakehouseException.class)
        .hasMessageContaining("verdict_pass is missing")
        .hasMessageContaining("publish --rebuild");
    lake.rebuild();

    assertThat(CatalogConstraints.require(lake.catalog()))
        .isEqualTo(CatalogConstraints.expectedDigest(List.of("text", "clip")));
    assertThat(published()).containsExactly("file:///tests/note.txt");
    assertThat(lake.catalog().history().foreignVersions()).isEmpty();
    lake.judge(note, letter);
    assertThat(lake.publish().added()).isEqualTo(1);
  }

  @Test
  void aWithdrawnReleaseIsNotMadeAgainUnlessItsInputsChange() throws IOException {
    Release first = startFromARelease();
    lake.judge(note);
    Release second = lake.publish().release();

    ReleaseLog log = new ReleaseLog(lake.tables, lake.layout);
    assertThat(log.withdraw(JudgedLake.run()).id()).isEqualTo(second.id());

    assertThat(current()).contains(first);
    assertThat(published()).hasSize(3);
    assertThat(lake.publish().outcome()).isEqualTo(Outcome.WITHDRAWN);
    lake.judge(letter);
    assertThat(lake.publish().release().sequence()).isEqualTo(3);
    assertThat(published()).containsExactly("file:///tests/letter.txt");
    assertThat(segments("text")).containsExactly("letter.txt#whole");
  }

  @Test
  void ofTwoReleasesAfterTheSameOneOnlyTheFirstIs() throws IOException {
    Release first = startFromARelease();
    ReleaseLog log = new ReleaseLog(lake.tables, lake.layout);

    assertRefused(
        ErrorCode.COMMIT_CONFLICT,
        () -> log.append(otherRunOf(first), new ReleaseOrigin(List.of(), Kept.nothing()), 0));
    assertThat(log.all()).containsExactly(first);
  }

  private static Release otherRunOf(Release release) {
    return like(release, release.id(), "another run");
  }

  private static Release renamed(Release release, String id) {
    return like(release, id, release.run());
  }

  private static Release like(Release release, String id, String run) {
    return new Release(
        release.sequence(),
        id,
        release.parent(),
        release.createdAt(),
        release.catalogVersion(),
        release.filteredVersion(),
        release.embeddingsVersion(),
        release.judgementId(),
        release.policyDigest(),
        release.constraintsDigest(),
        release.families(),
        release.familiesOff(),
        release.published(),
        release.pending(),
        release.dead(),
        run,
        release.state());
  }

  @Test
  void theVectorOfACaptionIsCheckedAsAnyOther() {
    Values square = image("square.png", "an unsound square");
    lake.judge(note, square);
    lake.embed(CLIP, digest(square));
    lake.embedUnsound(TEXT, Digests.sha256("an unsound square"));

    assertThatThrownBy(() -> lake.publish())
        .hasMessageContaining("Cannot index segment caption/1 of asset")
        .hasMessageContaining("expected a vector of 8 numbers and norm 1");
    assertThat(current()).isEmpty();
  }

  @Test
  void aCaptionThatCannotBeEmbeddedIsADeadLetterAndItsPictureIsPublished() throws IOException {
    Values square = image("square.png", "no words can say");
    lake.judge(note, square);
    lake.embed(CLIP, digest(square));
    lake.failToEmbed(TEXT, Digests.sha256("no words can say"));

    assertThat(lake.publish().release().published()).isEqualTo(2);

    List<Values> letters =
        new DeadLetters(
                new LakeReader(lake.layout, new Configuration()),
                Kinds.PROBES,
                Set.of(TEXT.encoder(), CLIP.encoder()))
            .rows();
    assertThat(letters)
        .extracting(
            letter -> letter.text("key").orElseThrow(),
            letter -> letter.text("stage").orElseThrow(),
            letter -> letter.text("segment").orElseThrow(),
            letter -> letter.text("error_code").orElseThrow())
        .containsExactly(tuple("square.png", "embed", "caption/1", "CORRUPT"));
    assertThat(segments("text")).containsExactly("note.txt#whole");

    lake.embedAtLast(TEXT, Digests.sha256("no words can say"));
    assertThat(lake.publish().outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(segments("text")).containsExactly("note.txt#whole", "square.png#caption/1");
    assertThat(lake.publish().outcome()).isEqualTo(Outcome.UNCHANGED);
  }
}
