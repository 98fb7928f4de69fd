// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.bundle.description.Precision;
import dev.lakehouse.core.bundle.imports.BundleImport;
import dev.lakehouse.core.bundle.imports.ImportRequest;
import dev.lakehouse.core.bundle.imports.TinyTexts;
import dev.lakehouse.core.demo.Scene;
import dev.lakehouse.core.demo.SceneRenderer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Precisions as users choose them, with a small sentence model in all of them. */
@Tag("slow")
class TestPrecision {
  private static final int TEXTS = 10;

  @TempDir static Path folder;
  private static Path prepared;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path lake;

  /** A lake that was judged, and models in it. */
  @BeforeAll
  static void prepare() throws IOException {
    Path texts = Files.createDirectories(folder.resolve("texts"));
    for (int i = 0; i < TEXTS; i++) {
      Files.writeString(texts.resolve("text-%d.txt".formatted(i)), text(i));
    }
    TestPrecision test = new TestPrecision();
    test.lake = folder.resolve("prepared");
    test.must("ingest", "--source", "files", "--path", texts.toString());
    test.must("measure");
    test.must("dedup");
    test.must("judge");
    test.model("tiny", new TinyTexts(1), new TinyTexts(1));
    test.model("slow-base", new TinyTexts(2).slowedBy(2000), new TinyTexts(2));
    test.model("slow-half", new TinyTexts(3), new TinyTexts(3).slowedBy(2000));
    Path half = folder.resolve("half");
    new TinyTexts(4).export(half);
    new TinyTexts(4).beside(half, "model.onnx", Precision.FP16);
    test.bring(half);
    prepared = test.lake;
  }

  private static String text(int number) {
    return IntStream.range(3 * number, 3 * number + 3)
        .mapToObj(seed -> Scene.random(seed).fullCaption().text() + ".")
        .collect(Collectors.joining(" "));
  }

  /** A bundle with every precision, of which fp16 may be slower or faster than the others. */
  private void model(String name, TinyTexts model, TinyTexts inHalf) throws IOException {
    Path export = folder.resolve(name);
    model
        .export(export)
        .beside(export, "model_bf16.onnx", Precision.BF16)
        .beside(export, "model_quantized.onnx", Precision.INT8);
    inHalf.beside(export, "model_fp16.onnx", Precision.FP16);
    bring(export);
  }

  private void bring(Path export) {
    BundleImport.run(
        ImportRequest.of(export.toString()), ModelsRoot.at(lake.resolve("models").toString()));
  }

  @BeforeEach
  void copy() throws IOException {
    lake = Files.createTempDirectory(folder, "lake").resolve("lake");
    FileUtils.copyDirectory(prepared.toFile(), lake.toFile());
  }

  private int lakehouse(String command, String... args) {
    List<String> all = new ArrayList<>(List.of(command, "--lake", lake.toString()));
    all.addAll(List.of(args));
    return Main.run(
        new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(String[]::new));
  }

  private void must(String command, String... args) {
    assertThat(lakehouse(command, args)).as("%s: %s", command, err).isZero();
  }

  private JsonNode json(String command, String... args) throws IOException {
    out.getBuffer().setLength(0);
    List<String> all = new ArrayList<>(List.of(args));
    all.add("--json");
    must(command, all.toArray(String[]::new));
    return Json.mapper().readTree(out.toString());
  }

  /** What became of the texts. */
  private JsonNode embed(String... args) throws IOException {
    return json("embed", args).at("/families/text");
  }

  private static String[] with(String model, String... more) {
    return and(new String[] {"--set", "lakehouse.family.text.bundle=" + model}, more);
  }

  private static String[] and(String[] some, String... more) {
    return Stream.concat(Stream.of(some), Stream.of(more)).toArray(String[]::new);
  }

  private static String precision(JsonNode embedded) {
    return embedded.at("/encoders/text/precision").asText();
  }

  private static String encoder(JsonNode embedded) {
    return embedded.at("/encoders/text/encoder").asText();
  }

  @Test
  void thePrecisionThatWasAskedForIsRunPublishedAndSearched() throws IOException {
    JsonNode half = embed(with("tiny", "--precision", "fp16"));
    JsonNode release = json("publish", with("tiny"));
    JsonNode found = json("search", with("tiny", text(2)));
    JsonNode again = json("run", with("tiny", "--precision", "fp16"));

    assertThat(precision(half)).isEqualTo("fp16 (as asked)");
    assertThat(half.at("/computed").asInt()).isEqualTo(TEXTS);
    assertThat(release.at("/release/families/0/encoder").asText()).isEqualTo(encoder(half));
    assertThat(release.at("/release/published").asInt()).isEqualTo(TEXTS);
    assertThat(found.at("/results/0/encoder").asText()).isEqualTo(encoder(half));
    assertThat(found.at("/results/0/hits/0/uri").asText()).endsWith("text-2.txt");
    assertThat(again.at("/embedded/text/computed").asInt()).isZero();
    assertThat(again.at("/published/outcome").asText()).isEqualTo("UNCHANGED");
    must("audit", with("tiny"));
  }

  @Test
  void picturesInHalfPrecisionAreFoundByPicturesAndByTexts() throws IOException {
    Path export = folder.resolve("pair");
    new TinyTexts(6).exportPair(export);
    bring(export);
    Path pictures = Files.createDirectories(folder.resolve("pictures"));
    for (int i = 0; i < 4; i++) {
      BufferedImage picture = SceneRenderer.draw(Scene.random(i), 128);
      ImageIO.write(picture, "png", pictures.resolve(i + ".png").toFile());
    }
    String[] clip = {
      "--set", "lakehouse.family.clip.bundle=pair", "--set", "lakehouse.family.text.bundle=none"
    };

    JsonNode run =
        json("run", and(clip, "--source", "files", "--path", pictures + "", "--precision", "fp16"));
    JsonNode byPicture = json("search", and(clip, "--image", pictures.resolve("2.png") + ""));
    JsonNode byText = json("search", and(clip, "--family", "clip", "a red circle"));

    for (String tower : List.of("image", "text")) {
      assertThat(run.at("/embedded/clip/encoders/" + tower + "/precision").asText())
          .isEqualTo("fp16 (as asked)");
    }
    String encoder = run.at("/embedded/clip/encoders/image/encoder").asText();
    assertThat(byPicture.at("/results/0/encoder").asText()).isEqualTo(encoder);
    assertThat(byPicture.at("/results/0/hits/0/uri").asText()).endsWith("/2.png");
    assertThat(byPicture.at("/results/0/hits/0/score").asDouble()).isGreaterThan(0.9999);
    assertThat(byText.at("/results/0/encoder").asText()).isEqualTo(encoder);
    assertThat(byText.at("/results/0/hits")).isNotEmpty();
  }

  @Test
  void precisionsAreEncodersOfTheirOwnSideBySide() throws IOException {
    JsonNode full = embed(with("tiny"));
    must("publish", with("tiny"));
    JsonNode half = embed(with("tiny", "--precision", "fp16"));
    JsonNode release = json("publish", with("tiny"));
    JsonNode kept = json("run", with("tiny"));
    JsonNode run = json("run", with("tiny", "--precision", "fp32"));

    assertThat(precision(kept.at("/embedded/text"))).isEqualTo("fp16 (kept in the lake)");
    assertThat(kept.at("/published/outcome").asText()).isEqualTo("UNCHANGED");
    assertThat(err.toString())
        .contains("lakehouse.embed.precision in force, fp16, is replaced by fp32");
    assertThat(precision(full)).isEqualTo("fp32 (default)");
    assertThat(encoder(half)).isNotEqualTo(encoder(full));
    assertThat(release.at("/release/families/0/encoder").asText()).isEqualTo(encoder(half));
    // a run publishes what it embedded with, although it had nothing to embed
    assertThat(run.at("/embedded/text/computed").asInt()).isZero();
    assertThat(run.at("/published/release/families/0/encoder").asText()).isEqualTo(encoder(full));
    assertThat(run.at("/status/states/published").asInt()).isEqualTo(TEXTS);
  }

  @Test
  void halfOfAnotherPrecisionIsNotPublished() throws IOException {
    JsonNode full = embed(with("tiny"));
    must("publish", with("tiny"));
    embed(with("tiny", "--precision", "fp16", "--where", "source_uri LIKE '%text-1%'"));

    JsonNode release = json("publish", with("tiny"));

    assertThat(release.at("/outcome").asText()).isEqualTo("UNCHANGED");
    assertThat(release.at("/release/families/0/encoder").asText()).isEqualTo(encoder(full));
  }

  @Test
  void autoMeasuresOnceAndKeepsWhatTheLakeHas() throws IOException {
    JsonNode first = embed(with("slow-base", "--precision", "auto", "--verbose"));
    assertThat(precision(first)).startsWith("fp16 (auto: ").contains(" x fp32, cosine >= ");
    assertThat(err.toString())
        .contains("embed text/text: tried int8 quantises as it runs")
        .contains("embed text/text: tried bf16 cannot be run: Cannot run model_bf16.onnx on cpu");

    JsonNode again = embed(with("slow-base", "--precision", "auto"));
    JsonNode run = json("run", with("slow-base", "--precision", "auto"));

    for (JsonNode later : List.of(again, run.at("/embedded/text"))) {
      assertThat(precision(later)).isEqualTo("fp16 (auto: kept, since the lake has vectors in it)");
      assertThat(later.at("/computed").asInt()).isZero();
    }
    assertThat(run.at("/published/release/families/0/encoder").asText()).isEqualTo(encoder(first));
  }

  @Test
  void autoKeepsWhatWasMadeBeforeAnybodyMeasured() throws IOException {
    embed(with("slow-base"));

    JsonNode kept = embed(with("slow-base", "--precision", "auto"));

    assertThat(precision(kept)).isEqualTo("fp32 (auto: kept, since the lake has vectors in it)");
    assertThat(kept.at("/computed").asInt()).isZero();
  }

  @Test
  void autoStaysWithTheOwnNetworkUnlessAnotherIsFaster() throws IOException {
    assertThat(precision(embed(with("slow-half", "--precision", "auto"))))
        .startsWith("fp32 (auto: ")
        .contains("fp16 0.", "not faster by 5 %", "int8 quantises", "bf16 cannot be run");
    assertThat(precision(embed(with("minilm", "--precision", "auto"))))
        .isEqualTo("fp32 (auto: the bundle has no other)");
  }

  @Test
  void aModelThatQuantisesAsItRunsSaysSo() throws IOException {
    JsonNode quantised = embed(with("tiny", "--precision", "int8", "--verbose"));

    assertThat(precision(quantised))
        .isEqualTo("int8 (as asked), one item at a time, since the model quantises as it runs");
    assertThat(quantised.at("/encoders/text/mean_batch").asDouble()).isEqualTo(1);
    assertThat(err.toString()).contains("embed text/text in int8 (as asked), one item at a time");
    try (var runs = Files.walk(lake.resolve("runs"))) {
      assertThat(runs.filter(file -> file.endsWith("run-report.json")))
          .anySatisfy(report -> assertThat(report).content().contains("since the model quantises"));
    }
  }

  @Test
  void aBundleWithoutFullPrecisionRunsAsItIs() throws IOException {
    assertThat(precision(embed(with("half")))).isEqualTo("fp16 (the bundle has no fp32)");
    assertThat(lakehouse("embed", with("half", "--precision", "fp32"))).isEqualTo(2);
    assertThat(err.toString())
        .contains(
            "Cannot run the text tower of bundle half in fp32 (lakehouse.embed.precision, from"
                + " --precision): it has fp16. Choose one of these, or");
  }

  @Test
  void aPrecisionThatIsNotThereEndsACommandBeforeAnyWork() {
    for (String command : List.of("embed", "run")) {
      assertThat(lakehouse(command, "--precision", "fp16")).isEqualTo(2);
      assertThat(err.toString()).contains("the text tower of bundle minilm in fp16", "it has fp32");
    }
    assertThat(lakehouse("embed", with("tiny", "--precision", "fp-16"))).isEqualTo(2);
    assertThat(err.toString())
        .contains("Invalid lakehouse.embed.precision: 'fp-16'", "Did you mean fp16?");
  }

  @Test
  void aPrecisionThatTheDeviceCannotRunIsNamed() {
    assertThat(lakehouse("embed", with("tiny", "--precision", "bf16"))).isEqualTo(2);
    assertThat(err.toString())
        .contains("Cannot run model_bf16.onnx on cpu, which has no kernels for its number format");
    must("embed", with("tiny")); // what never ran is not in force
  }

  @Test
  void theDoctorTriesWhatIsInUseAndReadsTheRest() throws IOException {
    JsonNode healthy = json("doctor", with("tiny", "--set", "lakehouse.embed.precision=fp16"));

    assertThat(healthy.at("/checks").toString())
        .contains("\"tiny/text\"", "fp16 (as asked) on cpu")
        .contains("\"tiny/text fp16\"", "\"tiny/text int8\"", "files intact, cosine to fp32")
        .contains("\"tiny/text bf16\"", "files intact, not tried at import");

    Files.write(lake.resolve("models/tiny/model_quantized.onnx"), new byte[] {1});
    assertThat(lakehouse("doctor", with("tiny"))).isEqualTo(2);
    assertThat(out.toString()).contains("model_quantized.onnx is ");
  }

  @Test
  void modelListShowsPrecisions() throws IOException {
    out.getBuffer().setLength(0);
    assertThat(
            Main.run(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                "model",
                "list",
                "--lake",
                lake.toString()))
        .isZero();
    assertThat(out.toString())
        .containsPattern("tiny +text +32 +[0-9a-f]{8} +fp32,bf16,fp16,int8 ")
        .containsPattern("minilm +text +384 +47e21a17 +fp32 ");
  }
}
