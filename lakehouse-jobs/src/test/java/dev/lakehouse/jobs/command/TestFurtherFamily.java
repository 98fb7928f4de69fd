// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.SharedData;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.bundle.imports.ImportRequest;
import dev.lakehouse.core.bundle.imports.ThreeSenses;
import dev.lakehouse.core.child.MediaTools;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.media.Waves;
import dev.lakehouse.core.demo.Delivery;
import dev.lakehouse.core.demo.Scene;
import dev.lakehouse.core.demo.SceneFilm;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.kind.ModelImport;
import dev.lakehouse.core.lake.Family;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.lake.index.Hit;
import dev.lakehouse.core.search.SearchQuery;
import dev.lakehouse.core.search.SearchResult;
import dev.lakehouse.core.search.Searcher;
import dev.lakehouse.jobs.Lakehouse;
import dev.lakehouse.jobs.SparkTest;
import dev.lakehouse.jobs.command.input.SourceRequest;
import dev.lakehouse.jobs.lake.Progress;
import dev.lakehouse.jobs.lake.release.PublishOptions;
import dev.lakehouse.jobs.watch.AuditReport;
import dev.lakehouse.jobs.watch.ReleaseChoice;
import dev.lakehouse.jobs.watch.Sample;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A family that nobody here knew of, by settings alone. */
class TestFurtherFamily {
  private static final int SHOTS = 2;

  @TempDir Path folder;
  private Path pictures;

  @BeforeEach
  void draw() throws IOException {
    Delivery drawn = Delivery.write(folder.resolve("drawn"), 7, 3);
    pictures = drawn.manifest().resolveSibling("images");
    Files.writeString(pictures.resolve("note.txt"), "A ferry that was late again, as ever.");
  }

  private Lakehouse lake(Map<String, String> settings) {
    return Lakehouse.open(
        SparkTest.session(),
        folder.resolve("lake").toString(),
        Settings.defaults().orElse(settings, "test"),
        Progress.silent());
  }

  private Release run(Lakehouse lake) {
    SourceRequest files =
        new SourceRequest(SourceRequest.Kind.of("files"), Map.of("path", pictures.toString()));
    RunCommand.run(
        lake, List.of(files.prepare()), PublishOptions.from(Settings.defaults()), Optional.empty());
    return lake.current().orElseThrow();
  }

  private Path anyPicture() throws IOException {
    try (Stream<Path> files = Files.list(pictures)) {
      return files
          .filter(file -> file.toString().endsWith(".jpg"))
          .sorted()
          .findFirst()
          .orElseThrow();
    }
  }

  private static void requireTrusted(Lakehouse lake, ReleaseChoice choice) {
    for (AuditReport report : lake.audit(choice, Sample.ALL)) {
      assertThat(report.violations()).as("release %s", report.sequence()).isEmpty();
    }
  }

  private static long published(Lakehouse lake, String where) {
    return lake.table("catalog", Optional.of(where), List.of("asset_id"), 99).rows().size();
  }

  @Test
  void itComesIsSearchedAndGoes() throws IOException {
    Release before = run(lake(Map.of()));
    assertThat(before.families()).extracting(Family::name).containsExactly("text");

    Lakehouse with = lake(Map.of("lakehouse.family.shapes.bundle", "shapes-clip"));
    Release release = run(with);

    Family shapes = release.family("shapes").orElseThrow();
    assertThat(shapes.tower()).isEqualTo("image");
    assertThat(shapes.rows()).isEqualTo(published(with, "modality = 'image'")).isPositive();
    assertThat(published(with, "shapes_dim IS NOT NULL")).isEqualTo(shapes.rows());
    assertThat(release.constraintsDigest()).isNotEqualTo(before.constraintsDigest());
    assertThat(with.status().next().added() + with.status().next().changed()).isZero();
    requireFindsItself(with, "shapes");
    try (Searcher searcher = with.searcher()) {
      assertThat(searcher.searchAll(EmbedInput.query("a red circle"), 1, Optional.empty()))
          .extracting(SearchResult::family)
          .containsExactly("shapes", "text");
    }

    // the lake keeps it until it is given something else
    assertThat(run(lake(Map.of())).id()).isEqualTo(release.id());

    Lakehouse without = lake(Map.of("lakehouse.family.shapes.bundle", "none"));
    Release after = run(without);
    assertThat(after.families()).extracting(Family::name).containsExactly("text");
    assertThat(after.familiesOff()).contains("shapes: off by lakehouse.family.shapes.bundle");
    assertThat(published(without, "shapes_dim IS NOT NULL")).isZero();
    requireTrusted(without, ReleaseChoice.ALL);
  }

  private void requireFindsItself(Lakehouse lake, String family) throws IOException {
    Path picture = anyPicture();
    try (Searcher searcher = lake.searcher()) {
      List<SearchResult> found =
          searcher.searchAll(EmbedInput.image(Files.readAllBytes(picture)), 1, Optional.empty());
      assertThat(found).extracting(SearchResult::family).containsExactly(family);
      Hit best = found.get(0).hits().get(0);
      assertThat(best.row().text("uri").orElseThrow()).endsWith(picture.getFileName().toString());
      assertThat(best.score()).isEqualTo(1, within(1e-3));
    }
  }

  /** A text that is longer than its encoder reads. */
  private static String survey() {
    return IntStream.range(0, 120)
        .mapToObj(
            i ->
                "On day %d the survey of the northern railway measured bridge number %d again. "
                    .formatted(i, 7 * i))
        .collect(Collectors.joining());
  }

  private static long vectors(Lakehouse lake) {
    return lake.table("embeddings", Optional.empty(), List.of("encoder"), 99).rows().size();
  }

  @Tag("slow")
  @Test
  void itTakesThePartsThatSettingsName() throws IOException {
    Files.writeString(pictures.resolve("survey.txt"), survey());
    String roles = "lakehouse.family.text.roles";
    Lakehouse wholes = lake(Map.of(roles, "own", "lakehouse.family.text.required", "false"));
    Release first = run(wholes);

    Family text = first.family("text").orElseThrow();
    assertThat(text.scope()).hasToString("own, optional");
    long texts = published(wholes, "modality = 'text'");
    assertThat(text.rows()).isEqualTo(published(wholes, "text_dim IS NOT NULL")).isEqualTo(texts);
    assertThat(published(wholes, "text_pooling IS NOT NULL")).isZero();
    assertThat(vectors(wholes)).isEqualTo(texts); // passages are not even embedded
    requireTrusted(wholes, ReleaseChoice.CURRENT);
    // the lake keeps it until it is given something else
    assertThat(run(lake(Map.of())).id()).isEqualTo(first.id());

    Lakehouse all = lake(Map.of(roles, "all", "lakehouse.family.text.required", "true"));
    Release second = run(all);

    text = second.family("text").orElseThrow();
    assertThat(text.scope()).hasToString("own+caption+passage, required");
    assertThat(text.rows()).isGreaterThan(texts);
    assertThat(published(all, "text_pooling IS NOT NULL")).isEqualTo(1);
    requireTrusted(all, ReleaseChoice.ALL);
    assertThat(all.status().next().added() + all.status().next().changed()).isZero();

    assertThatThrownBy(() -> run(lake(Map.of(roles, "own, keyframe"))))
        .isInstanceOf(LakehouseException.class)
        .hasMessageContaining("Family text cannot take keyframe: bundle minilm takes own, caption,")
        .hasMessageContaining(roles);
    assertThat(all.current()).contains(second);
  }

  /** Sounds, a text that says what one is, a film, and the model. */
  private void drawForThreeSenses() throws IOException {
    ThreeSenses.write(folder.resolve("lake/models"));
    for (int i = 1; i <= 3; i++) {
      int hertz = 300 * i;
      Files.write(
          pictures.resolve("sound-" + i + ".wav"), Waves.tone(16_000, 2 + 3 * i, hertz, 0.2));
    }
    Files.writeString(pictures.resolve("sound-1.txt"), "Somebody hums a low note by the harbour.");
    SceneFilm.write(
        pictures.resolve("tour.webm"), Scene.unseenGallery(SHOTS, 90_000), MediaTools.standard());
  }

  private Lakehouse lakeOfThreeSenses() {
    return lake(Map.of("lakehouse.family.senses.bundle", ThreeSenses.NAME));
  }

  @Test
  void aModelOfThreeSensesIsAskedByEach() throws IOException {
    drawForThreeSenses();
    Lakehouse with = lakeOfThreeSenses();
    Release release = run(with);

    Family senses = release.family("senses").orElseThrow();
    assertThat(senses.tower()).isEqualTo("audio+image");
    assertThat(senses.dim()).isEqualTo(ThreeSenses.DIMENSION);
    assertThat(senses.rows())
        .isEqualTo(published(with, "modality IN ('image', 'audio')") + SHOTS)
        .isEqualTo(published(with, "senses_dim = 1024 AND senses_pooling IS NULL") + SHOTS);
    assertThat(published(with, "senses_pooling = 'mean'"))
        .isEqualTo(published(with, "modality = 'video' AND senses_dim = 1024"))
        .isEqualTo(1);
    assertThat(published(with, "modality = 'audio' AND senses_encoder IS NOT NULL")).isEqualTo(3);
    assertThat(published(with, "modality = 'text' AND senses_encoder IS NOT NULL")).isZero();
    requireTrusted(with, ReleaseChoice.CURRENT);
    assertThat(with.status().next().added() + with.status().next().changed()).isZero();
    requireFindsItself(with, "senses");
    requireHearsItself(with);
  }

  @Tag("slow") // each family goes as the one of pictures does, which is shown above
  @Test
  void aModelOfThreeSensesGoesAsItCame() throws IOException {
    drawForThreeSenses();
    run(lakeOfThreeSenses());

    Lakehouse without = lake(Map.of("lakehouse.family.senses.bundle", "none"));
    Release after = run(without);
    assertThat(after.families()).extracting(Family::name).containsExactly("text");
    assertThat(after.familiesOff()).contains("senses: off by lakehouse.family.senses.bundle");
    assertThat(published(without, "senses_dim IS NOT NULL")).isZero();
    requireTrusted(without, ReleaseChoice.CURRENT);
  }

  /** By a sound, by words of the model's own, and through the command. */
  private void requireHearsItself(Lakehouse lake) throws IOException {
    Path sound = pictures.resolve("sound-2.wav");
    try (Searcher searcher = lake.searcher()) {
      List<SearchResult> found =
          searcher.searchAll(EmbedInput.audio(Files.readAllBytes(sound)), 1, Optional.empty());
      assertThat(found).extracting(SearchResult::family).containsExactly("senses");
      Hit best = found.get(0).hits().get(0);
      assertThat(best.row().text("uri").orElseThrow()).endsWith("sound-2.wav");
      assertThat(best.segment()).isEqualTo("whole");
      assertThat(best.score()).isEqualTo(1, within(1e-3));
      assertThat(
              searcher
                  .search(SearchQuery.text("senses", "a red circle", 50, Optional.empty()))
                  .hits())
          .extracting(hit -> hit.row().text("modality").orElseThrow())
          .contains("image", "audio")
          .doesNotContain("text");
      assertThat(shot(searcher)).startsWith("time/");
      assertThatThrownBy(
              () ->
                  searcher.search(
                      SearchQuery.audio("text", Files.readAllBytes(sound), 1, Optional.empty())))
          .isInstanceOf(LakehouseException.class)
          .hasMessageContaining("Family text answers no audio queries, only text queries");
    }
    StringWriter printed = new StringWriter();
    int exit =
        Main.run(
            new PrintWriter(printed, true),
            new PrintWriter(printed, true),
            "search",
            "--audio",
            sound.toString(),
            "--lake",
            folder.resolve("lake").toString());
    assertThat(exit).as(printed.toString()).isZero();
    assertThat(printed.toString()).contains("family senses").contains("sound-2.wav");
  }

  /** Place of the shot of the film that is nearest to a picture. */
  private String shot(Searcher searcher) throws IOException {
    byte[] picture = Files.readAllBytes(anyPicture());
    return searcher
        .search(SearchQuery.image("senses", picture, 1, Optional.of("modality = 'video'")))
        .hits()
        .get(0)
        .segment();
  }

  @Test
  void aModelOfPicturesAloneIsAFamilyToo() throws IOException {
    Path network = SharedData.require("models").resolve("inception-mixed5/inception_mixed5.onnx");
    Path export = Files.createDirectories(folder.resolve("inception"));
    Files.copy(network, export.resolve("model.onnx"));
    Files.writeString(
        export.resolve("preprocessor_config.json"),
        """
        {"do_resize": true, "size": {"height": 299, "width": 299}, "resample": 2,
         "do_rescale": true, "rescale_factor": 0.00392156862745098, "do_normalize": false}
        """);
    ModelImport.run(
        ImportRequest.of(export.toString()),
        ModelsRoot.at(folder.resolve("lake/models").toString()),
        Limits.from(Settings.defaults()));

    Lakehouse lake = lake(Map.of("lakehouse.family.looks.bundle", "inception"));
    Release release = run(lake);

    Family looks = release.family("looks").orElseThrow();
    assertThat(looks.dim()).isEqualTo(768);
    assertThat(looks.rows()).isEqualTo(published(lake, "modality = 'image'")).isPositive();
    requireTrusted(lake, ReleaseChoice.CURRENT);
    requireFindsItself(lake, "looks");
    try (Searcher searcher = lake.searcher()) {
      assertThat(searcher.searchAll(EmbedInput.query("a ferry"), 1, Optional.empty()))
          .extracting(SearchResult::family)
          .containsExactly("text");
      assertThatThrownBy(
              () -> searcher.search(SearchQuery.text("looks", "a ferry", 1, Optional.empty())))
          .isInstanceOf(LakehouseException.class)
          .hasMessageContaining("Family looks answers no text queries, only image queries");
    }
  }
}
