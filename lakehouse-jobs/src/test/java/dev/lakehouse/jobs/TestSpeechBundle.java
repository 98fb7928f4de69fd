// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.SharedData;
import dev.lakehouse.core.bundle.speech.TinyDetector;
import dev.lakehouse.core.codec.media.Waves;
import dev.lakehouse.core.connect.folder.FilesSource;
import dev.lakehouse.core.curate.Policy;
import dev.lakehouse.jobs.content.IngestOptions;
import dev.lakehouse.jobs.lake.release.PublishOptions;
import dev.lakehouse.jobs.lake.release.PublishResult.Outcome;
import dev.lakehouse.jobs.pipeline.Scope;
import dev.lakehouse.jobs.watch.AuditReport;
import dev.lakehouse.jobs.watch.Explained;
import dev.lakehouse.jobs.watch.ReleaseChoice;
import dev.lakehouse.jobs.watch.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever tells speech: its figures never count for those of another. */
class TestSpeechBundle {
  private static final PublishOptions PUBLISH =
      PublishOptions.from(
          Settings.defaults().orElse(Map.of(Setting.MAX_LEAVING.key(), "1.0"), "test"));
  private static final Policy SPOKEN =
      Policy.parse(
          """
          name: spoken
          rules:
            - name: spoken
              applies_to: audio
              require: speech >= 0.5
              severity: fail
              reason: NOT_SPOKEN
          """,
          "spoken");

  @TempDir Path folder;
  private final List<String> said = new ArrayList<>();

  private Lakehouse lake(Map<String, String> told) {
    return Lakehouse.open(
        SparkTest.session(),
        folder.resolve("lake").toString(),
        Settings.defaults().orElse(told, "test"),
        said::add);
  }

  /** Whoever says nothing goes by what the lake keeps. */
  private Lakehouse lake() {
    return lake(Map.of());
  }

  private static Map<String, String> by(Object detector) {
    return Map.of(Setting.SPEECH_BUNDLE.key(), detector.toString());
  }

  private List<Intake> intakes(String in) {
    FilesSource.Options files =
        new FilesSource.Options(
            folder.resolve(in).toString(), Optional.of(in), Optional.empty(), Map.of());
    return List.of(new Intake(FilesSource.open(files), IngestOptions.defaults()));
  }

  private void sound(String name, byte[] wave) throws IOException {
    Files.write(Files.createDirectories(folder.resolve("in")).resolve(name), wave);
  }

  private static RunResult run(Lakehouse lake, List<Intake> intakes) {
    return lake.run(intakes, PUBLISH, Optional.of(SPOKEN));
  }

  /** What tells speech in the sounds that are published, by the rows of the view of rules. */
  private static Map<String, String> saidOfSpeech(Lakehouse lake) {
    Map<String, String> said = new TreeMap<>();
    for (Row row :
        lake.judged()
            .where("modality = 'audio'")
            .selectExpr("source_uri", "speech", "speech_by")
            .collectAsList()) {
      String uri = row.getString(0);
      said.put(
          uri.substring(uri.lastIndexOf('/') + 1),
          "%.1f by %s".formatted(row.getDouble(1), row.getString(2)));
    }
    return said;
  }

  private static void requireClean(Lakehouse lake) {
    AuditReport audit = lake.audit(ReleaseChoice.CURRENT, Sample.ALL).get(0);
    assertThat(audit.violations()).isEmpty();
    assertThat(audit.remarks()).isEmpty();
    assertThat(lake.damage()).isEmpty();
  }

  private Path threeSoundsAndAText() throws IOException {
    sound("loud.wav", Waves.tone(16_000, 2, 440, 0.99));
    sound("faint.wav", Waves.tone(16_000, 2, 300, 0.1));
    sound("words.wav", Waves.mono(16_000, 32_000, i -> i / 8000 % 2 == 0 ? i % 50 / 60.0 : 0));
    Files.writeString(
        folder.resolve("in/mill.txt"),
        "The old mill stands where two rivers meet, and its wheel has not turned for years.");
    return TinyDetector.write(folder.resolve("tiny.onnx"), 1.8);
  }

  @Test
  void switchingMeasuresSoundsAnewAndSwitchingBackMeasuresNothing() throws Exception {
    Path tiny = threeSoundsAndAText();

    RunResult byEnergy = run(lake(), intakes("in"));
    RunResult byDetector = run(lake(by(tiny)), intakes("in"));

    assertThat(byEnergy.measured().computed()).isEqualTo(byEnergy.measured().items());
    assertThat(byEnergy.published().release().published()).as("words, mill").isEqualTo(2);
    assertThat(byDetector.measured().computed()).as("the sounds alone").isEqualTo(3);
    assertThat(byDetector.judged().judgementId()).isNotEqualTo(byEnergy.judged().judgementId());
    assertThat(byDetector.published().outcome()).isEqualTo(Outcome.RELEASED);
    Map<String, String> heard = saidOfSpeech(lake()); // the lake keeps what it was given
    assertThat(heard.values())
        .allMatch(each -> each.endsWith(" by detector " + Digests.sha256(read(tiny))));
    assertThat(heard.get("loud.wav")).startsWith("1.0");
    assertThat(heard.get("faint.wav")).startsWith("0.0");
    requireClean(lake());
    assertThat(explained(lake(), "loud.wav"))
        .contains("audio@1+speech@1:" + Digests.sha256(read(tiny)) + ".speech")
        .doesNotContain("audio@1.speech");

    said.clear();
    RunResult back = run(lake(by("none")), intakes("in"));

    assertThat(said)
        .anyMatch(
            line -> line.contains("speech-bundle in force, " + tiny + ", is replaced by none"));
    assertThat(back.measured().computed()).isZero();
    assertThat(back.judged().judgementId()).isNotEqualTo(byDetector.judged().judgementId());
    assertThat(back.judged().reasons()).isEqualTo(byEnergy.judged().reasons());
    assertThat(saidOfSpeech(lake()))
        .containsEntry("loud.wav", "0.0 by energy")
        .containsEntry("faint.wav", "0.0 by energy")
        .containsEntry("words.wav", "0.5 by energy");
    assertThat(explained(lake(), "words.wav"))
        .contains("audio@1.speech")
        .noneMatch(name -> name.startsWith("audio@1+"));
    requireClean(lake());
  }

  private List<String> explained(Lakehouse lake, String name) {
    return lake.explain(folder.resolve("in/" + name).toUri().toString()).stream()
        .map(Explained::name)
        .toList();
  }

  /** Each release by the detector that it was judged with, whatever the settings name now. */
  @Test
  @Tag("slow")
  void everyReleaseIsAuditedByWhatItWasJudgedWith() throws Exception {
    Path tiny = threeSoundsAndAText();
    Path other = TinyDetector.write(folder.resolve("other.onnx"), 0.9);
    run(lake(), intakes("in"));
    RunResult first = run(lake(by(tiny)), List.of());
    RunResult again = run(lake(), List.of());
    run(lake(by("none")), List.of());
    RunResult later = run(lake(by(tiny)), List.of());

    assertThat(again.measured().computed()).isZero();
    assertThat(again.published().outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(again.judged().judgementId()).isEqualTo(first.judged().judgementId());
    assertThat(later.measured().computed()).isZero();
    for (Path told : List.of(tiny, Path.of("none"), other)) {
      List<AuditReport> audits = lake(by(told)).audit(ReleaseChoice.ALL, Sample.ALL);

      assertThat(audits).hasSize(4).allSatisfy(each -> assertThat(each.violations()).isEmpty());
      assertThat(audits.stream().flatMap(each -> each.remarks().stream()))
          .hasSize(told.equals(tiny) ? 0 : 2)
          .allMatch(remark -> remark.contains("audio@1+speech@1:" + Digests.sha256(read(tiny))))
          .allMatch(remark -> remark.contains("not measured again"));
    }
  }

  @Test
  @Tag("slow")
  void otherBytesUnderTheSameNameAreAnotherDetector() throws Exception {
    sound("loud.wav", Waves.tone(16_000, 2, 440, 0.99));
    sound("faint.wav", Waves.tone(16_000, 2, 300, 0.1));
    Path tiny = TinyDetector.write(folder.resolve("tiny.onnx"), 1.8);
    Thread.sleep(2_100); // until no file may change once more at the time that it says of itself
    run(lake(by(tiny)), intakes("in"));
    String before = Digests.sha256(Files.readAllBytes(tiny));
    assertThat(idle()).isPresent();
    TinyDetector.write(tiny, 1.7);

    assertThat(idle()).as("nothing to do").isEmpty();
    RunResult after = run(lake(), intakes("in"));

    assertThat(after.measured().computed()).isEqualTo(2);
    assertThat(saidOfSpeech(lake()).values())
        .hasSize(2)
        .noneMatch(each -> each.contains(before))
        .allMatch(each -> each.contains(Digests.sha256(read(tiny))));
    requireClean(lake());

    Files.delete(tiny);
    assertThatThrownBy(() -> lake().judge(Optional.empty(), Scope.CHANGED))
        .isInstanceOfSatisfying(
            LakehouseException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_UNAVAILABLE))
        .hasMessageContaining(tiny.toString());
    assertThat(lake().status().seen()).as("a look needs no detector").isEqualTo(2);
  }

  private Optional<IdleRuns.Answer> idle() {
    return new IdleRuns(lake().layout(), Settings.defaults(), Map.of())
        .run(() -> intakes("in"), PUBLISH, Optional.of(SPOKEN));
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatIsNoDetectorIsRefusedBeforeAnyWork() throws Exception {
    sound("loud.wav", Waves.tone(16_000, 1, 440, 0.9));
    Path text = Files.writeString(folder.resolve("text.onnx"), "no network");

    assertThatThrownBy(() -> run(lake(by(text)), intakes("in")))
        .isInstanceOfSatisfying(
            LakehouseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_INVALID))
        .hasMessageContaining(text.toString())
        .hasMessageContaining(Setting.SPEECH_BUNDLE.key());
    assertThat(folder.resolve("lake/tables/assets")).doesNotExist();
  }

  @Test
  void aRealDetectorDecidesWhatIsSpoken() throws Exception {
    Path silero = SharedData.require("models/silero-vad");
    Path audio = SharedData.require("data/audio");
    for (String file :
        List.of(
            "speech/jfk.flac",
            "speech/english.wav",
            "librosa/198-209-0000.ogg",
            "librosa/147793__setuniman__sweet-waltz-0i-22mi.ogg",
            "librosa/sorohanro_-_solo-trumpet-06.ogg",
            "bad/noise_only.wav")) {
      sound(Path.of(file).getFileName().toString(), Files.readAllBytes(audio.resolve(file)));
    }

    RunResult run = run(lake(by(silero)), intakes("in"));

    assertThat(run.published().release().published()).isEqualTo(3);
    assertThat(run.judged().reasons().toString()).contains("NOT_SPOKEN");
    assertThat(saidOfSpeech(lake()).values())
        .allMatch(each -> each.contains("by detector 2623a2953f6ff3d2c1e61740c6cdb716"));
    requireClean(lake());
  }
}
