// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.curate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.asset.Modality;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.bundle.speech.SpeechModel;
import dev.lakehouse.core.bundle.speech.TinyDetector;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.media.Waves;
import dev.lakehouse.core.content.BlobStore;
import dev.lakehouse.core.content.BlobStores;
import dev.lakehouse.core.content.Contents;
import dev.lakehouse.core.curate.Probes;
import dev.lakehouse.core.kind.Kinds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A detector of speech as tasks meet it. */
class TestMeasureSpeech {
  @TempDir Path root;
  private BlobStore blobs;

  @BeforeEach
  void open() {
    blobs = BlobStores.at(root.resolve("blobs").toUri().toString(), Map.of());
  }

  private static Probes probes(Path detector) {
    Map<String, String> told = Map.of(Setting.SPEECH_BUNDLE.key(), detector.toString());
    Optional<SpeechModel> model =
        SpeechModel.from(Settings.defaults().orElse(told, "test"), ModelsRoot.at("none"));
    return Kinds.probes(model);
  }

  private MeasurePartition measure(Probes probes, Map<String, String> told) {
    Limits limits = Limits.from(Settings.defaults().orElse(told, "test"));
    return new MeasurePartition(
        probes,
        new Contents(blobs, Map.of(), limits.maxBytes()),
        limits,
        Duration.ofSeconds(30),
        "run-1");
  }

  private Row sound(Probes probes, double seconds) throws IOException {
    byte[] wave = Waves.tone(16_000, seconds, 440, 0.9);
    String sha256 = blobs.put(new ByteArrayInputStream(wave));
    String probe = probes.of(Modality.AUDIO.word()).orElseThrow().name();
    return RowFactory.create(sha256, probe, null, sha256, null);
  }

  private static List<Row> measured(MeasurePartition measure, Row... inputs) {
    List<Row> rows = new ArrayList<>();
    measure.call(List.of(inputs).iterator()).forEachRemaining(rows::add);
    return rows;
  }

  private static Object value(Row row, String column) {
    return row.get(Kinds.MEASUREMENTS.indexOf(column));
  }

  @Test
  void aTaskCarriesItsNameAndLeasesItWhereItRuns() throws Exception {
    Path tiny = TinyDetector.write(root.resolve("tiny.onnx"), 1.8);
    Probes probes = probes(tiny);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(measure(probes, Map.of()));
    assertThat(bytes.size()).as("no network in it").isLessThan(20_000);
    MeasurePartition copy =
        (MeasurePartition)
            new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

    List<Row> rows = measured(copy, sound(probes, 2), sound(probes, 0.5));

    assertThat(rows)
        .hasSize(2)
        .allSatisfy(row -> assertThat(value(row, "error_message")).isNull())
        .allSatisfy(row -> assertThat((double) value(row, "speech")).isGreaterThan(0.5))
        .allSatisfy(row -> assertThat(value(row, "speech_by").toString()).startsWith("detector "));
  }

  @Test
  void oneThatTakesTooLongCostsTheSoundThatItHearsAndNoOther() throws Exception {
    Probes probes = probes(TinyDetector.writeSlow(root.resolve("slow.onnx"), 400));
    MeasurePartition measure = measure(probes, Map.of(Setting.CHILD_ITEM_SECONDS.key(), "1"));
    Row shorter = sound(probes, 0.1);
    measured(measure, shorter); // what loading takes is not held against it

    List<Row> rows = measured(measure, shorter, sound(probes, 120), shorter);

    assertThat(rows)
        .extracting(row -> value(row, "error_code"))
        .containsExactly(null, "TIME_LIMIT", null);
  }

  @Test
  void oneThatIsNotThereEndsTheTaskNotTheSound() throws Exception {
    Path tiny = TinyDetector.write(root.resolve("gone.onnx"), 0.77);
    Probes probes = probes(tiny);
    Row sound = sound(probes, 0.1);
    Files.delete(tiny);

    assertThatThrownBy(() -> measured(measure(probes, Map.of()), sound))
        .isInstanceOf(LakehouseException.class)
        .hasMessageContaining("gone.onnx");
  }
}
