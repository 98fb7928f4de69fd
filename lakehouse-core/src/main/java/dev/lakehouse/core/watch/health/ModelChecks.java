// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.health;

import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.batch.BatchShape;
import dev.lakehouse.core.batch.PumpThreads;
import dev.lakehouse.core.bundle.description.FileCheck;
import dev.lakehouse.core.bundle.description.ModelBundle;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.bundle.description.Precision;
import dev.lakehouse.core.bundle.description.PrecisionChoice;
import dev.lakehouse.core.bundle.description.PrecisionWish;
import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.bundle.description.Variant;
import dev.lakehouse.core.bundle.engine.Bundles;
import dev.lakehouse.core.bundle.engine.DeviceChoice;
import dev.lakehouse.core.bundle.engine.Lease;
import dev.lakehouse.core.bundle.engine.Pooled;
import dev.lakehouse.core.bundle.speech.SpeechDetector;
import dev.lakehouse.core.bundle.speech.SpeechModel;
import dev.lakehouse.core.bundle.speech.SpeechStream;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.embed.Batching;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.embed.EmbedOutcome;
import dev.lakehouse.core.embed.Encoder;
import dev.lakehouse.core.embed.EncoderSpec;
import dev.lakehouse.core.embed.FamilySpec;
import dev.lakehouse.core.embed.WarmEncoders;
import dev.lakehouse.core.kind.EncoderSpecs;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The models that the settings name, loaded and asked: an embedded one must give its golden vector,
 * any other the same vector alone and among others.
 */
final class ModelChecks {
  private static final String AREA = "models";
  private static final double MIN_COSINE = 0.9999;
  private static final double MAX_DIFFERENCE = 1e-5;

  private final Settings settings;
  private final ModelsRoot models;
  private final Allowance allowance;
  private long inference; // bytes, of all towers that were tried

  ModelChecks(Settings settings, ModelsRoot models, Allowance allowance) {
    this.settings = settings;
    this.models = models;
    this.allowance = allowance;
  }

  List<Check> all() {
    List<Check> checks = new ArrayList<>();
    for (FamilySpec family : FamilySpec.on(settings)) {
      checks.addAll(bundle(family.bundle(), family.setting()));
    }
    if (SpeechModel.isOn(settings)) {
      checks.add(speech());
    }
    checks.add(threads());
    checks.add(memory());
    return checks;
  }

  private List<Check> bundle(String name, Setting setting) {
    List<Check> checks = new ArrayList<>();
    Check found =
        Check.attempt(
            AREA,
            name,
            "Name another with --set %s=NAME, or import it".formatted(setting.key()),
            () -> {
              ModelBundle bundle = Bundles.resolve(name, models);
              bundle.towers().forEach(tower -> checks.addAll(tower(bundle, tower)));
              return "%s, %d numbers".formatted(bundle, bundle.dimension());
            });
    checks.add(0, found);
    return checks;
  }

  private List<Check> tower(ModelBundle bundle, Tower tower) {
    List<Check> checks = new ArrayList<>();
    checks.add(inUse(bundle, tower));
    tower.graph().variants().forEach(variant -> checks.add(variant(bundle, tower, variant)));
    return checks;
  }

  /** The network that the settings choose, loaded and asked. */
  private Check inUse(ModelBundle bundle, Tower tower) {
    return Check.attempt(
        AREA,
        bundle.name() + "/" + tower.name(),
        "Run 'lakehouse model verify %s'; without a fault there, this machine computes wrongly"
            .formatted(bundle.name()),
        () -> {
          PrecisionChoice precision = PrecisionWish.from(settings).choose(bundle, tower);
          EncoderSpec spec =
              EncoderSpecs.of(
                  bundle, models, tower.name(), precision.precision(), Limits.from(settings));
          try (Lease<Encoder> encoder = WarmEncoders.lease(spec, device().device())) {
            String found = compare(bundle, tower, encoder.value());
            measure(tower, encoder.value());
            return "%s, %s on %s".formatted(found, precision, encoder.value().device());
          }
        });
  }

  /** A further network: its bytes, whether it is in use or not. */
  private static Check variant(ModelBundle bundle, Tower tower, Variant variant) {
    return Check.attempt(
        AREA,
        "%s/%s %s".formatted(bundle.name(), tower.name(), variant.precision().word()),
        "Import the model again",
        () -> {
          for (FileCheck check : Bundles.verify(bundle, variant)) {
            if (!check.intact()) {
              throw new IllegalStateException(
                  "%s is %s, expected %s".formatted(check.file(), check.found(), check.expected()));
            }
          }
          return variant
              .cosine()
              .map(
                  cosine ->
                      String.format(
                          Locale.ROOT,
                          "files intact, cosine to %s at least %.6f at import",
                          tower.graph().precision().word(),
                          cosine))
              .orElse("files intact, not tried at import");
        });
  }

  /** The detector that tells speech, loaded and given half a minute of silence to hear. */
  private Check speech() {
    return Check.attempt(
        AREA,
        "speech",
        "Name another with --set %s=PATH, or none".formatted(Setting.SPEECH_BUNDLE.key()),
        () -> {
          SpeechModel model = SpeechModel.from(settings, models).orElseThrow();
          try (Lease<SpeechDetector> detector = SpeechDetector.lease(model)) {
            return "%s, %.0f times as fast as sound".formatted(model, speed(detector.value()));
          }
        });
  }

  private static double speed(SpeechDetector detector) {
    SpeechStream stream = detector.stream();
    long windows = 30L * SpeechStream.RATE / SpeechStream.WINDOW;
    long start = System.nanoTime();
    for (long i = 0; i < windows; i++) {
      float unused = stream.probability(new float[SpeechStream.WINDOW]);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return windows * SpeechStream.WINDOW / (SpeechStream.RATE * seconds);
  }

  private DeviceChoice device() {
    return DeviceChoice.of(settings.text(Setting.EMBED_DEVICE), Optional.empty());
  }

  private static String compare(ModelBundle bundle, Tower tower, Encoder encoder) {
    Optional<GoldenVector> golden = GoldenVector.of(bundle, tower);
    EmbedInput input =
        golden.map(GoldenVector::input).orElseGet(() -> encoder.spec().kind().samples(1).get(0));
    float[] alone = vector(encoder.encode(List.of(input)));
    float[] amongOthers = vector(encoder.encode(List.of(input, input, input)));
    requireSame(encoder.spec().precision(), alone, amongOthers);
    if (golden.isEmpty()) {
      return encoder.isBatchDependent()
          ? "given one item at a time, since it quantises as it runs; no golden vector to compare with"
          : "the same vector alone and in a batch; no golden vector to compare with";
    }
    double cosine = Pooled.cosine(golden.get().values(), alone);
    if (cosine < MIN_COSINE) {
      throw new IllegalStateException(
          "cosine to the golden vector is %.6f, expected at least %.4f"
              .formatted(cosine, MIN_COSINE));
    }
    return "golden vector met, cosine %.6f".formatted(cosine);
  }

  /** Sums in another order differ by what the number format can tell apart. */
  private static void requireSame(Precision precision, float[] alone, float[] amongOthers) {
    double difference = difference(alone, amongOthers);
    boolean same =
        precision == Precision.FP32
            ? difference <= MAX_DIFFERENCE
            : Pooled.cosine(alone, amongOthers) >= MIN_COSINE;
    if (!same) {
      throw new IllegalStateException(
          "a vector changes by %.1e with its batch".formatted(difference));
    }
  }

  private static float[] vector(List<EmbedOutcome> outcomes) {
    EmbedOutcome first = outcomes.get(0);
    return first
        .vector()
        .orElseThrow(() -> new IllegalStateException("no vector: " + first.failure()));
  }

  private static double difference(float[] a, float[] b) {
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }

  private Check threads() {
    return Check.attempt(
        AREA,
        "threads",
        "Set %s to what this machine has".formatted(Setting.EMBED_DEVICE.key()),
        () -> {
          DeviceChoice choice = device();
          return "%d cores, device %s: %s"
              .formatted(allowance.cores(), choice, threads(choice.device()).sentence());
        });
  }

  private PumpThreads threads(String device) {
    return device.equals(DeviceChoice.CPU)
        ? PumpThreads.onCpu(allowance.cores())
        : PumpThreads.besideDevice(allowance.cores(), (int) settings.integer(Setting.EMBED_LANES));
  }

  /** After the models were loaded and run: what one JVM needs at most. */
  private Check memory() {
    MemoryPlan plan =
        new MemoryPlan(
            Runtime.getRuntime().maxMemory(),
            WarmEncoders.bytes(),
            inference,
            settings.integer(Setting.EMBED_BYTES_IN_FLIGHT));
    return plan.check(allowance);
  }

  private void measure(Tower tower, Encoder encoder) throws Exception {
    boolean onCpu = encoder.device().equals(DeviceChoice.CPU);
    int threads = onCpu ? allowance.cores() : (int) settings.integer(Setting.EMBED_LANES);
    BatchShape shape = Batching.from(settings).shape(encoder.spec().kind(), encoder.device());
    inference += new InferenceProbe(threads, shape).bytes(tower, encoder);
  }
}
