// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.bundle.description.ModelBundle;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.bundle.description.Precision;
import dev.lakehouse.core.bundle.description.SoundPreprocessing;
import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.bundle.engine.Bundles;
import dev.lakehouse.core.bundle.engine.Lease;
import dev.lakehouse.core.bundle.engine.Pooled;
import dev.lakehouse.core.bundle.imports.ThreeSenses;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.media.LogMel;
import dev.lakehouse.core.codec.media.MelSpec;
import dev.lakehouse.core.codec.media.Waves;
import dev.lakehouse.core.content.BlobStore;
import dev.lakehouse.core.content.BlobStores;
import dev.lakehouse.core.content.Content;
import dev.lakehouse.core.content.Contents;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.embed.EmbedOutcome;
import dev.lakehouse.core.embed.Encoder;
import dev.lakehouse.core.embed.EncoderSpec;
import dev.lakehouse.core.embed.WarmEncoders;
import dev.lakehouse.core.kind.EncoderSpecs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sounds to vectors, by a model that hears, sees and reads. */
class TestAudioTower {
  private static final Limits LIMITS = Limits.from(Settings.defaults());
  private static final int CLIP = 2 * MelSpec.RATE;
  private static final int LOUDER_EACH = MelSpec.RATE / 10; // samples of a clip

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    ThreeSenses.write(folder);
  }

  private EncoderSpec spec(String tower) {
    return EncoderSpecs.of(ThreeSenses.NAME, root(), tower, LIMITS);
  }

  private ModelsRoot root() {
    return ModelsRoot.at(folder.toString());
  }

  private List<EmbedOutcome> encode(EmbedInput... inputs) {
    try (Lease<Encoder> encoder = WarmEncoders.lease(spec(Tower.AUDIO), "cpu")) {
      return encoder.value().encode(List.of(inputs));
    }
  }

  private static float[] vector(EmbedOutcome outcome) {
    return outcome.vector().orElseThrow(() -> new AssertionError(outcome.failure()));
  }

  private static EmbedInput sound(double seconds) {
    return EmbedInput.audio(wave(seconds));
  }

  private static byte[] wave(double seconds) {
    return Waves.mono(MelSpec.RATE, (int) (seconds * MelSpec.RATE), TestAudioTower::sample);
  }

  /** A tone that rises as long as it lasts. */
  private static double sample(int at) {
    double t = (double) at / MelSpec.RATE;
    return 0.4 * Math.sin(2 * Math.PI * (200 * t + 90 * t * t));
  }

  /** What the first clips of that tone become, computed without network, file or process. */
  private static float[] expected(double seconds, int... clips) {
    float[][] vectors = new float[clips.length][];
    for (int i = 0; i < clips.length; i++) {
      int from = clips[i] * CLIP;
      int to = (int) Math.min(from + CLIP, seconds * MelSpec.RATE);
      float[] samples = new float[to - from];
      for (int at = from; at < to; at++) {
        samples[at - from] = Math.round(sample(at) * Short.MAX_VALUE) / 32_768f;
      }
      vectors[i] = ThreeSenses.vector(LogMel.of(samples, MelSpec.kaldi(128), ThreeSenses.FRAMES));
    }
    float[] mean = Pooled.means(vectors, List.of(clips.length))[0];
    assertThat(Pooled.normalise(mean)).isTrue();
    return mean;
  }

  @Test
  void aVectorIsTheMeanOfThoseOfItsClips() {
    List<EmbedOutcome> found = encode(sound(1.2), sound(2), sound(5.5), sound(9));

    assertThat(cosine(found.get(0), expected(1.2, 0))).isEqualTo(1, within(1e-5));
    assertThat(cosine(found.get(1), expected(2, 0))).isEqualTo(1, within(1e-5));
    assertThat(cosine(found.get(2), expected(5.5, 0, 1, 2))).isEqualTo(1, within(1e-5));
    // five clips are more than three: every second one
    assertThat(cosine(found.get(3), expected(9, 0, 2, 4))).isEqualTo(1, within(1e-5));
    assertThat(cosine(found.get(3), expected(9, 0, 1, 2))).isLessThan(0.999);
  }

  private static double cosine(EmbedOutcome outcome, float[] expected) {
    assertThat(vector(outcome)).hasSize(ThreeSenses.DIMENSION);
    return Pooled.cosine(vector(outcome), expected);
  }

  @Test
  void aVectorIsTheSameAloneAndAmongOthers() {
    float[] alone = vector(encode(sound(5)).get(0));

    float[] among = vector(encode(sound(0.3), sound(20), sound(5)).get(2));

    for (int i = 0; i < alone.length; i++) {
      assertThat(among[i]).isEqualTo(alone[i], within(1e-5f));
    }
  }

  @Test
  void whatAStoreKeepsIsReadFromItsFile() throws IOException {
    BlobStore blobs = BlobStores.at(folder.resolve("blobs").toUri().toString(), Map.of());
    byte[] wave = wave(5);
    String sha256 = blobs.put(new ByteArrayInputStream(wave));
    Contents contents = new Contents(blobs, Map.of(), 100); // bytes: far less than it has

    List<EmbedOutcome> found =
        encode(stored(contents, sha256, wave.length), stored(contents, "0".repeat(64), 9));

    assertThat(cosine(found.get(0), expected(5, 0, 1, 2))).isEqualTo(1, within(1e-5));
    assertThat(code(found.get(1))).isEqualTo(ItemError.BLOB_MISSING);
  }

  private static EmbedInput stored(Contents contents, String sha256, long size) {
    Content content = new Content(Optional.empty(), Optional.of(sha256), Optional.empty());
    return new EmbedInput.Stored(Tower.AUDIO, content, contents, size);
  }

  private static ItemError code(EmbedOutcome outcome) {
    return outcome.failure().orElseThrow().code();
  }

  @Test
  void whatIsNoSoundCostsItselfAlone() {
    EmbedInput words = EmbedInput.audio("no sound at all".getBytes(StandardCharsets.UTF_8));
    EmbedInput empty = EmbedInput.audio(Waves.mono(MelSpec.RATE, 0, i -> 0));

    List<EmbedOutcome> found = encode(words, sound(1), empty);

    assertThat(code(found.get(0))).isEqualTo(ItemError.UNSUPPORTED_FORMAT);
    assertThat(found.get(1).vector()).isPresent();
    assertThat(code(found.get(2))).isEqualTo(ItemError.ZERO_DURATION);
  }

  @Test
  void towersWhoseVectorsStandTogetherAreOneEncoder() {
    ModelBundle bundle = Bundles.resolve(ThreeSenses.NAME, root());

    assertThat(bundle.towerNames()).containsExactly("audio", "image", "text");
    assertThat(bundle.dimension()).isEqualTo(1024);
    assertThat(spec(Tower.AUDIO).encoder())
        .isEqualTo(spec(Tower.IMAGE).encoder())
        .isNotEqualTo(spec(Tower.TEXT).encoder());
    assertThat(spec(Tower.IMAGE).towers()).isEqualTo("audio+image");
    assertThat(spec(Tower.TEXT).towers()).isEqualTo("text");
    assertThat(bundle.describe()).contains("layout: n-1-bands-frames").doesNotContain("norm:");
  }

  @Test
  void towersOfOneEncoderAreRunInOnePrecision() throws IOException {
    Path yaml = folder.resolve("three-senses/model.yaml");
    String pixels = "inputs: {pixel_values: pixels},";
    String variant =
        " variants: [{precision: fp16, file: half.onnx, sha256: %s, runtime: onnx}],"
            .formatted("0".repeat(64));
    Files.writeString(yaml, Files.readString(yaml).replace(pixels, pixels + variant));
    ModelBundle bundle = Bundles.resolve(ThreeSenses.NAME, root());

    List<EncoderSpec> images = EncoderSpecs.all(bundle, root(), Tower.IMAGE, LIMITS);
    List<EncoderSpec> sounds = EncoderSpecs.all(bundle, root(), Tower.AUDIO, LIMITS);

    assertThat(bundle.precisions(Tower.AUDIO)).containsExactly(Precision.FP32, Precision.FP16);
    assertThat(bundle.precisions(Tower.TEXT)).containsExactly(Precision.FP32);
    assertThat(images)
        .extracting(EncoderSpec::precision)
        .containsExactly(Precision.FP32, Precision.FP16);
    assertThat(sounds)
        .extracting(EncoderSpec::precision)
        .containsExactly(Precision.FP32, Precision.FP32); // it has no other
    assertThat(sounds)
        .extracting(EncoderSpec::encoder)
        .doesNotHaveDuplicates()
        .containsExactlyElementsOf(images.stream().map(EncoderSpec::encoder).toList());
  }

  @Test
  void itIsTriedOnSoundsOfItsOwn() {
    List<EmbedInput> samples = new AudioTower().samples(4);

    List<EmbedOutcome> found = encode(samples.toArray(EmbedInput[]::new));

    assertThat(found).allSatisfy(outcome -> assertThat(outcome.vector()).isPresent());
    assertThat(Pooled.cosine(vector(found.get(0)), vector(found.get(3)))).isLessThan(0.9999);
  }

  /** Which clips are kept, told by their loudness. */
  @ParameterizedTest
  @CsvSource({
    "0.4, 0",
    "1, 0",
    "1.4, 0",
    "1.5, 0 1",
    "4, 0 1 2 3",
    "4.6, 0 2 4",
    "7, 0 2 4 6",
    "9, 0 4 8",
    "100, 0 32 64 96"
  })
  void clipsAreLeftOutEvenly(double length, String kept) {
    SoundPreprocessing how =
        new SoundPreprocessing(
            SoundPreprocessing.Mel.DECIBEL,
            Optional.of(SoundPreprocessing.Scale.HTK),
            Optional.of(SoundPreprocessing.Norm.NONE),
            1,
            10,
            0.1,
            4,
            0,
            1,
            SoundPreprocessing.Layout.FRAMES_BANDS);
    SoundClips clips = new SoundClips(how);
    float[] sample = new float[1];
    for (int i = 0; i < length * LOUDER_EACH; i++) {
      sample[0] = louder(i);
      clips.accept(sample, 1);
    }

    List<float[]> found = clips.finish();

    float first = found.get(0)[0];
    assertThat(found.stream().map(clip -> Math.round(2 * (clip[0] - first))))
        .containsExactlyElementsOf(Stream.of(kept.split(" ")).map(Integer::valueOf).toList());
  }

  /** Half a decibel more in each clip. */
  private static float louder(int at) {
    double amplitude = Math.pow(10, -3 + at / LOUDER_EACH / 40.0);
    return (float) (at % 4 < 2 ? amplitude : -amplitude);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "layout: n-1-bands-frames | layout: upside-down | layout",
        "frames: 204 | frames: 0 | frames 0: expected 1 to 10000",
        "seconds: 2 | seconds: 60 | seconds 60.0: expected more than 0",
        "std: 9.138 | std: 0 | std 0.0: expected more than 0",
        "inputs: {mel: mel} | inputs: {mel: pixels} | none is mel",
        "family: joint | family: clip | expected the towers [image, text]"
      })
  void aDescriptionThatMakesNoSenseIsRefused(String good, String bad, String message)
      throws IOException {
    Path yaml = folder.resolve("three-senses/model.yaml");
    String written = Files.readString(yaml);
    assertThat(written).contains(good);
    Files.writeString(yaml, written.replace(good, bad));

    assertThatThrownBy(() -> Bundles.resolve(ThreeSenses.NAME, root()))
        .isInstanceOf(LakehouseException.class)
        .hasMessageContaining(message);
  }
}
