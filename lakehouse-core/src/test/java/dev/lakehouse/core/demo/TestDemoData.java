// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.connect.Source;
import dev.lakehouse.core.connect.SourceItem;
import dev.lakehouse.core.connect.folder.FilesSource;
import dev.lakehouse.core.connect.manifest.ManifestOptions;
import dev.lakehouse.core.connect.manifest.RowMapping;
import dev.lakehouse.core.connect.object.JsonlSource;
import dev.lakehouse.core.content.BlobMode;
import dev.lakehouse.core.content.BlobStores;
import dev.lakehouse.core.content.intake.IngestPlan;
import dev.lakehouse.core.content.intake.Ingested;
import dev.lakehouse.core.content.intake.Ingestor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestDemoData {
  @TempDir static Path folder;
  private static DemoData data;

  @BeforeAll
  static void write() throws IOException {
    data = DemoData.write(folder.resolve("one"), 1);
  }

  @Test
  void theSameSeedGivesTheSameBytes() throws IOException {
    DemoData.write(folder.resolve("two"), 1);

    Map<String, String> one = digests(folder.resolve("one"));
    assertThat(one).hasSizeGreaterThan(400).isEqualTo(digests(folder.resolve("two")));
  }

  private static Map<String, String> digests(Path root) throws IOException {
    Map<String, String> digests = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        digests.put(root.relativize(file).toString(), Digests.sha256(Files.readAllBytes(file)));
      }
    }
    return digests;
  }

  @Test
  void aHundredDifferentTextsStandInThreeLanguages() throws IOException {
    Set<String> texts = new HashSet<>();
    for (String language : TextFolder.LANGUAGES) {
      assertThat(TextFolder.texts(language)).hasSizeBetween(33, 34);
      texts.addAll(TextFolder.texts(language).values());
    }
    assertThat(texts).hasSize(100).allMatch(text -> text.length() > 100 && text.endsWith("."));
  }

  @Test
  void everythingIsAnAssetOrADeadLetter() {
    RowMapping mapping = RowMapping.parse(DemoData.MAPPING);
    Source scenes =
        JsonlSource.open(
            new ManifestOptions(
                data.manifest().toString(), mapping, Optional.empty(), Optional.empty(), Map.of()));
    Source texts =
        FilesSource.open(
            new FilesSource.Options(
                data.texts().toString(), Optional.empty(), Optional.empty(), Map.of()));

    assertThat(outcomes(scenes))
        .isEqualTo(
            Map.of(
                "image", 334,
                "text", 1,
                "unknown", 1,
                "EMPTY", 1,
                "MISSING_FILE", 1,
                "PATH_REFUSED", 1,
                "MALFORMED_ROW", 2));
    assertThat(outcomes(texts))
        .containsAllEntriesOf(Map.of("EMPTY", 1, "INVALID_ENCODING", 1, "table", 1, "image", 1));
  }

  private static Map<String, Integer> outcomes(Source source) {
    Limits limits = new Limits(1 << 30, 1 << 20, 4096, 10, 1 << 20);
    Ingestor ingestor =
        new Ingestor(
            new IngestPlan(
                BlobStores.at(folder.toUri() + "blobs", Map.of()),
                BlobMode.REFERENCE,
                limits,
                Map.of(),
                "run",
                Instant.EPOCH));
    Map<String, Integer> outcomes = new TreeMap<>();
    try (Stream<SourceItem> items = source.items()) {
      items.forEach(item -> outcomes.merge(outcome(ingestor.ingest(item)), 1, Integer::sum));
    }
    return outcomes;
  }

  private static String outcome(Ingested ingested) {
    if (ingested instanceof Ingested.DeadLetter letter) {
      return letter.row().text("error_code").orElseThrow();
    }
    Ingested.Asset asset = (Ingested.Asset) ingested;
    return asset.row().text("content_error").or(() -> asset.row().text("modality")).orElseThrow();
  }

  @Test
  void theQuestionsHaveAnswers() throws IOException {
    String shown = data.questions().get(1).words();
    assertThat(Files.readString(data.manifest())).contains("\"" + shown + "\"");
    assertThat(ImageIO.read(data.imageQuery().toFile()).getWidth()).isEqualTo(224);
    assertThat(data.questions()).hasSize(6).noneMatch(question -> question.words().isBlank());
  }
}
