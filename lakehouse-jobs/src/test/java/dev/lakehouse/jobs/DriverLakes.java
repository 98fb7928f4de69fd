// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import dev.lakehouse.core.Settings;
import dev.lakehouse.core.connect.folder.FilesSource;
import dev.lakehouse.core.content.BlobStores;
import dev.lakehouse.core.curate.Policy;
import dev.lakehouse.jobs.content.IngestOptions;
import dev.lakehouse.jobs.lake.Progress;
import dev.lakehouse.jobs.lake.release.PublishOptions;
import dev.lakehouse.jobs.pipeline.Scope;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.commons.io.FileUtils;

/**
 * A small lake as it is before each stage of its second release, and what it says after each, when
 * one command follows another.
 */
public final class DriverLakes {
  static final Settings SETTINGS = Settings.defaults();

  /** What a lake is ready for. */
  public enum Ready {
    TO_INGEST,
    TO_EMBED,
    TO_PUBLISH
  }

  private final Path folder;
  private final Path source;
  private final Policy strict;
  final List<String> ingested;
  final List<String> embedded;
  final List<String> published;

  /** Makes them, in a folder that is kept while copies of them are asked for. */
  public DriverLakes(Path folder) throws IOException {
    this.folder = folder;
    this.source = Files.createDirectories(folder.resolve("in"));
    this.strict = StrictPolicy.parse();
    Files.writeString(strictPolicy(), strict.text());
    Path lake = folder.resolve("lake");
    release(lake);
    keep(lake, Ready.TO_INGEST);
    Lakehouse driver = open(lake);
    ingest(driver);
    this.ingested = LakeState.of(driver, lake);
    driver.measure(Scope.CHANGED);
    driver.dedup(Scope.CHANGED);
    driver.judge(Optional.empty(), Scope.CHANGED);
    keep(lake, Ready.TO_EMBED);
    driver.embed(List.of(), Optional.empty(), Scope.CHANGED);
    this.embedded = LakeState.of(driver, lake);
    keep(lake, Ready.TO_PUBLISH);
    publish(driver);
    this.published = LakeState.of(driver, lake);
  }

  /** What it says when it was judged strictly and published after that. */
  List<String> judgedAndPublished() {
    try {
      Path lake = copy(Ready.TO_PUBLISH, Files.createTempDirectory(folder, "judged-"));
      Lakehouse driver = open(lake);
      judgeStrictly(driver);
      publish(driver);
      return LakeState.of(driver, lake);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes the first release; new files wait, and the bytes of one are an old leftover. */
  private void release(Path lake) throws IOException {
    text("note", 1, 12);
    text("letter", 2, 80);
    picture("first", 3);
    Lakehouse driver = open(lake);
    driver.run(List.of(intake()), PublishOptions.from(SETTINGS));
    text("note", 4, 14);
    text("essay", 5, 90);
    text("broken", 6, 0);
    byte[] waiting = Files.readAllBytes(picture("second", 7));
    BlobStores.at(driver.layout().blobsUri(), Map.of()).put(new ByteArrayInputStream(waiting));
    age(lake);
  }

  private void text(String name, int seed, int words) throws IOException {
    Random random = new Random(seed);
    List<String> vocabulary =
        List.of("tide", "moon", "harbour", "boat", "evening", "water", "rises", "falls", "quietly");
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words; i++) {
      text.append(i == 0 ? "The " : " ").append(vocabulary.get(random.nextInt(vocabulary.size())));
    }
    Files.writeString(source.resolve(name + ".txt"), text.toString());
  }

  private Path picture(String name, int seed) throws IOException {
    Random random = new Random(seed);
    BufferedImage image = new BufferedImage(96, 96, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 96 * 96; i++) {
      image.setRGB(i % 96, i / 96, random.nextInt(1 << 24));
    }
    Path file = source.resolve(name + ".png");
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  private static void age(Path lake) throws IOException {
    FileTime old = FileTime.from(Instant.now().minus(Duration.ofDays(3)));
    try (Stream<Path> files = Files.walk(lake)) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, old);
      }
    }
  }

  private void keep(Path lake, Ready ready) throws IOException {
    FileUtils.copyDirectory(lake.toFile(), folder.resolve(ready.name()).toFile());
  }

  /** A lake of its own; tables name their files relative to themselves, so a copy is a lake. */
  public Path copy(Ready ready, Path to) throws IOException {
    FileUtils.copyDirectory(folder.resolve(ready.name()).toFile(), to.toFile());
    return to;
  }

  Path source() {
    return source;
  }

  Path strictPolicy() {
    return folder.resolve("strict.yaml");
  }

  public static Lakehouse open(Path lake) {
    return Lakehouse.open(SparkTest.session(), lake.toString(), SETTINGS, Progress.silent());
  }

  private Intake intake() {
    FilesSource.Options options =
        new FilesSource.Options(source.toString(), Optional.of("in"), Optional.empty(), Map.of());
    return new Intake(FilesSource.open(options), IngestOptions.defaults());
  }

  void ingest(Lakehouse driver) {
    Intake intake = intake();
    driver.ingest(intake.source(), intake.options());
  }

  void judgeStrictly(Lakehouse driver) {
    driver.judge(Optional.of(strict), Scope.CHANGED);
  }

  static void publish(Lakehouse driver) {
    driver.publish(PublishOptions.from(SETTINGS).allowLeaving());
  }
}
