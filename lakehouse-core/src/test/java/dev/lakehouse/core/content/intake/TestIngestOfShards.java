// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.connect.SourceItem;
import dev.lakehouse.core.connect.tar.KeyEnd;
import dev.lakehouse.core.connect.tar.Tar;
import dev.lakehouse.core.connect.tar.TarSource;
import dev.lakehouse.core.content.BlobMode;
import dev.lakehouse.core.content.BlobStore;
import dev.lakehouse.core.content.BlobStores;
import dev.lakehouse.core.content.Content;
import dev.lakehouse.core.content.Contents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestIngestOfShards {
  private static final Limits LIMITS = Limits.from(Settings.defaults());

  @TempDir Path folder;
  private BlobStore blobs;

  @BeforeEach
  void open() throws IOException {
    blobs = BlobStores.at(folder.resolve("blobs").toUri().toString(), Map.of());
    Files.createDirectory(folder.resolve("in"));
  }

  private List<SourceItem> items() {
    try (Stream<SourceItem> items =
        TarSource.open(
                new TarSource.Options(
                    folder + "/in",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    KeyEnd.FIRST_DOT,
                    Map.of()))
            .items()) {
      return items.toList();
    }
  }

  private IngestPlan plan(BlobMode mode) {
    return new IngestPlan(blobs, mode, LIMITS, Map.of(), "r", Instant.EPOCH);
  }

  private Path shard(String name, Tar tar) throws IOException {
    Path file = folder.resolve("in").resolve(name);
    tar.to(file);
    return file;
  }

  private static byte[] recording(int seed) {
    byte[] bytes = new byte[20_000 + seed];
    new Random(seed).nextBytes(bytes);
    System.arraycopy("RIFF\0\0\0\0WAVE".getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, 12);
    return bytes;
  }

  @ParameterizedTest
  @CsvSource({"s.tar, COPY", "s.tar, REFERENCE", "s.tar.gz, COPY", "s.tar.gz, REFERENCE"})
  void membersAreKeptByTheirBytes(String name, BlobMode mode) throws Exception {
    Tar tar = Tar.posix();
    for (int i = 0; i < 200; i++) {
      tar.add("a/%03d.wav".formatted(i), recording(i)).add("a/%03d.md".formatted(i), "Nr " + i);
    }
    shard(name, tar);
    List<SourceItem> items = items();

    List<Values> rows = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (Ingestor ingestor = new Ingestor(plan(mode))) {
      List<Future<Ingested>> all =
          items.stream().map(item -> threads.submit(() -> ingestor.ingest(item))).toList();
      for (Future<Ingested> one : all) {
        rows.add(((Ingested.Asset) one.get()).row());
      }
    } finally {
      threads.shutdownNow();
    }

    Contents contents = new Contents(blobs, Map.of(), 1 << 20);
    for (int i = 0; i < 200; i++) {
      Values row = rows.get(2 * i);
      assertThat(row.text("sha256")).contains(Digests.sha256(recording(i)));
      assertThat(row.text("media_type").orElseThrow()).startsWith("audio/");
      assertThat(row.text("key")).contains(name + "#a/%03d.wav".formatted(i));
      assertThat(contents.bytes(content(row))).isEqualTo(recording(i));
      assertThat(rows.get(2 * i + 1).text("text")).contains("Nr " + i);
      assertThat(rows.get(2 * i + 1).text("media_type")).contains("text/markdown");
    }
  }

  private static Content content(Values row) {
    return new Content(row.text("text"), row.text("blob"), row.text("blob_uri"));
  }

  @Test
  void aShardThatWasWrittenAnewAfterItsListingIsNotMistaken() throws IOException {
    Path shard = shard("s.tar", Tar.posix().add("1.txt", "right").add("2.txt", "other"));
    List<SourceItem> items = items();
    FileTime later = FileTime.fromMillis(Files.getLastModifiedTime(shard).toMillis() + 5000);
    shard("s.tar", Tar.posix().add("2.txt", "other").add("1.txt", "right"));
    Files.setLastModifiedTime(shard, later);

    assertThat(code(items.get(0))).isEqualTo(ItemError.SOURCE_CHANGED.name());

    Files.delete(shard);
    assertThat(code(items.get(0))).isEqualTo(ItemError.SOURCE_GONE.name());
  }

  private String code(SourceItem item) {
    try (Ingestor ingestor = new Ingestor(plan(BlobMode.COPY))) {
      Ingested ingested = ingestor.ingest(item);
      return ((Ingested.DeadLetter) ingested).row().text("error_code").orElseThrow();
    }
  }

  @Test
  void aReferenceIntoAShardThatChangedIsTold() throws IOException {
    shard("s.tar", Tar.posix().add("1.wav", recording(1)));
    Values row;
    try (Ingestor ingestor = new Ingestor(plan(BlobMode.REFERENCE))) {
      row = ((Ingested.Asset) ingestor.ingest(items().get(0))).row();
    }
    shard("s.tar", Tar.posix().add("0.wav", recording(2)).add("1.wav", recording(1)));
    Contents contents = new Contents(blobs, Map.of(), 1 << 20);

    try {
      contents.bytes(content(row));
      throw new AssertionError("Reading should have failed");
    } catch (ItemException e) {
      assertThat(e.code()).isEqualTo(ItemError.SOURCE_CHANGED);
    }
  }
}
