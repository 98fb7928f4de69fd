// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lakehouse.core.Settings;
import dev.lakehouse.core.bundle.description.Input;
import dev.lakehouse.core.bundle.description.ModelBundle;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.bundle.description.Precision;
import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.bundle.engine.Bundles;
import dev.lakehouse.core.bundle.engine.Lease;
import dev.lakehouse.core.bundle.engine.LoadedTower;
import dev.lakehouse.core.bundle.engine.Tensor;
import dev.lakehouse.core.bundle.imports.BundleImport;
import dev.lakehouse.core.bundle.imports.ExportDirs;
import dev.lakehouse.core.bundle.imports.ImportRequest;
import dev.lakehouse.core.bundle.imports.TinyTexts;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.kind.EncoderSpecs;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real small networks in every precision that a processor can run. */
@Timeout(1200)
class TestPrecisions {
  private static final Limits LIMITS = Limits.from(Settings.defaults());

  @TempDir Path export;
  @TempDir Path models;

  @AfterEach
  void everyLeaseIsReturned() {
    assertThat(WarmEncoders.leases()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "7, 1, 8", "64, 64, 1", "1, 50, 8", "7, 2048, 1", "64, 2048, 8"})
  void vectorsDoNotDependOnHowTheyArePumped(int rows, int window, int tasks) throws Exception {
    for (Precision precision : List.of(Precision.FP32, Precision.FP16, Precision.INT8)) {
      EncoderSpec spec = imported(precision);
      List<float[]> alone = Vectors.encode(spec, texts(), 1);

      for (Pumped found : Pumped.byTasks(tasks, spec, Pumped.plan(rows, window), texts())) {
        assertNear(precision, found.vectors(), alone);
        boolean together = rows > 1 && precision != Precision.INT8;
        assertThat(found.figures().meanBatch() > 1).as("batches").isEqualTo(together);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "7, 1, 8", "64, 64, 8"})
  void picturesDoNotEither(int rows, int window, int tasks) throws Exception {
    ModelsRoot root = ModelsRoot.at(models.toString());
    new TinyTexts(5).exportPair(export);
    ModelBundle pair = BundleImport.run(ImportRequest.of(export.toString()).named("pair"), root);
    List<EmbedInput> pictures = repeated(ShapesClipGolden.images());
    for (Precision precision : List.of(Precision.FP32, Precision.FP16)) {
      EncoderSpec spec = EncoderSpecs.of(pair, root, Tower.IMAGE, precision, LIMITS);
      List<float[]> alone = Vectors.encode(spec, pictures, 1);

      for (Pumped found : Pumped.byTasks(tasks, spec, Pumped.plan(rows, window), pictures)) {
        assertNear(precision, found.vectors(), alone);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "7, 1, 8", "64, 64, 1", "7, 2048, 1", "64, 2048, 8"})
  void neitherDoThoseOfPyTorch(int rows, int window, int tasks) throws Exception {
    EncoderSpec spec = script();
    List<float[]> alone = Vectors.encode(spec, texts(), 1);

    for (Pumped found : Pumped.byTasks(tasks, spec, Pumped.plan(rows, window), texts())) {
      assertNear(Precision.BF16, found.vectors(), alone);
    }
  }

  /** The encoder of a program in TorchScript, in builds that can run one. */
  private EncoderSpec script() throws IOException {
    ModelsRoot root = ModelsRoot.at(models.toString());
    TinyTexts.ofScript().export(export).scriptBeside(export);
    ModelBundle tiny = BundleImport.run(ImportRequest.of(export.toString()).named("tiny"), root);
    assumeTrue(
        tiny.tower(Tower.TEXT).graph().variants().get(0).cosine().isPresent(),
        "a build with -Ptorch");
    return EncoderSpecs.of(tiny, root, Tower.TEXT, Precision.BF16, LIMITS);
  }

  private static void assertNear(Precision precision, List<float[]> found, List<float[]> expected) {
    if (precision == Precision.FP16 || precision == Precision.BF16) {
      for (int i = 0; i < expected.size(); i++) {
        assertThat(Vectors.cosine(found.get(i), expected.get(i))).isGreaterThan(0.9999);
      }
    } else {
      assertThat(Vectors.largestDifference(found, expected)).isLessThan(1e-5);
    }
  }

  @Test
  void aNetworkThatQuantisesAsItRunsIsGivenOneItemAtATime() throws IOException {
    EncoderSpec spec = imported(Precision.INT8);

    try (Lease<Encoder> encoder = WarmEncoders.lease(spec, "cpu")) {
      assertThat(encoder.value().isBatchDependent()).isTrue();
    }
    assertThat(
            Vectors.largestDifference(
                Vectors.encode(spec, texts(), 1), Vectors.encode(spec, texts(), 64)))
        .isZero();
  }

  @Test
  void itsNumbersDoDependOnNeighbours() throws IOException {
    assertThat(neighboursMoveAVectorBy(imported(Precision.INT8))).isGreaterThan(1e-4);
    assertThat(neighboursMoveAVectorBy(imported(Precision.FP32))).isZero();
  }

  /** What the network itself makes of a word, alone and beside another. */
  private static double neighboursMoveAVectorBy(EncoderSpec spec) {
    try (LoadedTower tower =
        LoadedTower.load(
            Bundles.resolve(spec.bundle(), spec.models()),
            Bundles.resolve(spec.bundle(), spec.models()).tower(Tower.TEXT),
            "cpu")) {
      double largest = 0;
      for (long other = 8; other < 88; other++) {
        FloatBuffer alone = run(tower, 20);
        FloatBuffer beside = run(tower, 20, other);
        for (int i = 0; i < alone.capacity(); i++) {
          largest = Math.max(largest, Math.abs(alone.get(i) - beside.get(i)));
        }
      }
      return largest;
    }
  }

  private static FloatBuffer run(LoadedTower tower, long... words) {
    Tensor.Longs ids = Tensor.Longs.zeros(words.length, 1);
    ids.values().put(words);
    return tower.run(Map.of(Input.TOKEN_IDS, ids)).values();
  }

  @Test
  void theFastestNearEnoughIsTakenAndTheOthersAreClosed() throws IOException {
    List<EncoderSpec> encoders =
        withVariants("slow", new TinyTexts(11).slowedBy(1000), new TinyTexts(11));
    long before = WarmEncoders.bytes();

    PrecisionTrial trial = PrecisionTrial.run(encoders, "cpu", 32);

    assertThat(trial.choice().toString())
        .matches("fp16 \\(auto: \\d+\\.\\d\\d x fp32, cosine >= (0\\.9999|1\\.0000)\\)");
    assertThat(trial.tried())
        .anySatisfy(tried -> assertThat(tried).startsWith("int8 quantises as it runs"))
        .anySatisfy(
            tried -> assertThat(tried).startsWith("bf16 cannot be run: Cannot run model_bf16.onnx"))
        .hasSize(3);
    long warm = WarmEncoders.bytes() - before;
    assertThat(warm).isPositive().isLessThan(Files.size(models.resolve("slow/model.onnx")));
  }

  @Test
  void aSlowerOneIsNotTaken() throws IOException {
    List<EncoderSpec> encoders =
        withVariants("quick", new TinyTexts(12), new TinyTexts(12).slowedBy(1000));

    PrecisionTrial trial = PrecisionTrial.run(encoders, "cpu", 32);

    assertThat(trial.choice().precision()).isEqualTo(Precision.FP32);
    assertThat(trial.choice().why()).startsWith("auto: ").contains("fp16 0.", "not faster by 5 %");
  }

  @Test
  void aFasterOneThatIsTooFarIsNotTaken() throws IOException {
    List<EncoderSpec> encoders =
        withVariants("far", new TinyTexts(13).slowedBy(1000), new TinyTexts(13).alteredBy(0.1f));

    PrecisionTrial trial = PrecisionTrial.run(encoders, "cpu", 32);

    assertThat(trial.choice().precision()).isEqualTo(Precision.FP32);
    assertThat(trial.choice().why()).contains("fp16 ", "below 0.999");
  }

  /** A bundle with fp16 of its own making, int8 that quantises as it runs, and bf16. */
  private List<EncoderSpec> withVariants(String name, TinyTexts own, TinyTexts half)
      throws IOException {
    ModelsRoot root = ModelsRoot.at(models.toString());
    Path folder = export.resolve(name);
    own.export(folder);
    half.beside(folder, "model_fp16.onnx", Precision.FP16);
    own.beside(folder, "model_int8.onnx", Precision.INT8);
    own.beside(folder, "model_bf16.onnx", Precision.BF16);
    BundleImport.run(ImportRequest.of(folder.toString()).named(name), root);
    return EncoderSpecs.all(Bundles.resolve(name, root), root, Tower.TEXT, LIMITS);
  }

  private EncoderSpec imported(Precision precision) throws IOException {
    ModelsRoot root = ModelsRoot.at(models.toString());
    String name = "tiny-" + precision.word();
    Path folder = export.resolve(name);
    ExportDirs.tokenizer(folder);
    new TinyTexts(4).network(precision).write(folder.resolve("model.onnx"));
    BundleImport.run(ImportRequest.of(folder.toString()).named(name), root);
    return EncoderSpecs.of(name, root, Tower.TEXT, LIMITS);
  }

  private static List<EmbedInput> texts() {
    return repeated(ShapesClipGolden.texts());
  }

  private static List<EmbedInput> repeated(List<EmbedInput> some) {
    return IntStream.range(0, 90).mapToObj(i -> some.get(i % some.size())).toList();
  }
}
