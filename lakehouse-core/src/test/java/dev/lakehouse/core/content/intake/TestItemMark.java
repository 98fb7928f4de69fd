// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.connect.Description;
import dev.lakehouse.core.connect.Offer;
import dev.lakehouse.core.connect.Place;
import dev.lakehouse.core.connect.SourceItem;
import dev.lakehouse.core.content.BlobMode;
import dev.lakehouse.core.content.BlobStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestItemMark {
  @TempDir Path folder;

  private IngestPlan plan(BlobMode mode, String run) {
    return new IngestPlan(
        BlobStores.at(folder.resolve("blobs").toUri().toString(), Map.of()),
        mode,
        Limits.from(Settings.defaults()),
        Map.of(),
        run,
        Instant.EPOCH);
  }

  private SourceItem item(String name, Optional<String> listed, Description said, long line) {
    String root = folder.toUri().toString().replaceFirst("/$", "");
    Offer file = new Offer.File(root + "/" + name, root, ItemError.SOURCE_GONE, listed);
    return new SourceItem("s", name, root + "/" + name, file, said, Place.line("m.csv", line));
  }

  private String mark(BlobMode mode, String run, String state, Description said, long line) {
    SourceItem item = item("a.png", Optional.of(state), said, line);
    return new ItemMark(plan(mode, run)).now(item).orElseThrow();
  }

  @Test
  void allThatDecidesIsInItAndNothingElse() {
    Description said = Description.titled("a");
    String mark = mark(BlobMode.COPY, "r1", "7 abc", said, 1);
    assertThat(mark(BlobMode.COPY, "r2", "7 abc", said, 9)).isEqualTo(mark);
    assertThat(mark(BlobMode.REFERENCE, "r1", "7 abc", said, 1)).isNotEqualTo(mark);
    assertThat(mark(BlobMode.COPY, "r1", "7 abd", said, 1)).isNotEqualTo(mark);
    assertThat(mark(BlobMode.COPY, "r1", "7 abc", Description.titled("b"), 1)).isNotEqualTo(mark);
    SourceItem bytes =
        new SourceItem("s", "a.png", "u", new Offer.Bytes(new byte[1]), said, Place.none());
    assertThat(new ItemMark(plan(BlobMode.COPY, "r1")).now(bytes)).isEmpty();
  }

  @Test
  void aTextThatStandsInItsSourceIsToldByItself() {
    ItemMark marks = new ItemMark(plan(BlobMode.COPY, "r1"));
    Optional<String> mark = marks.now(text("a caption", Description.none(), 1));
    assertThat(mark).isPresent();
    assertThat(marks.now(text("a caption", Description.none(), 7))).isEqualTo(mark);
    assertThat(marks.now(text("a captain", Description.none(), 1))).isNotEqualTo(mark);
    assertThat(marks.now(text("a caption", Description.titled("t"), 1))).isNotEqualTo(mark);
    try (Ingestor ingestor = new Ingestor(plan(BlobMode.COPY, "r2"))) {
      SourceItem item = text("a caption", Description.none(), 1);
      assertThat(((Ingested.Asset) ingestor.ingest(item)).mark()).isEqualTo(mark);
      assertThat(ingestor.ingestUnless(mark, item)).isInstanceOf(Ingested.Unread.class);
      assertThat(ingestor.ingestUnless(mark, text("another", Description.none(), 1)))
          .isInstanceOf(Ingested.Asset.class);
    }
  }

  private static SourceItem text(String text, Description said, long line) {
    return new SourceItem("s", "a", "u", new Offer.Text(text), said, Place.line("m.jsonl", line));
  }

  /**
   * What ingest makes of bytes. Where this fails because it makes something else of them now,
   * {@link ItemMark#VERSION} must be raised together with it: files that did not change would stay
   * as they came in before.
   */
  @Test
  void theVersionStandsForWhatIngestMakesOfBytes() throws IOException {
    Map<String, byte[]> samples = new TreeMap<>();
    samples.put("plain.txt", "one text\n".getBytes(UTF_8));
    samples.put("latin.txt", "café, façade, naïve, Ärger über Öl".getBytes(ISO_8859_1));
    samples.put("wide.txt", "\uFEFFtwo bytes each".getBytes(UTF_16LE));
    samples.put("page.html", "<html><p>A page.</p></html>".getBytes(UTF_8));
    samples.put("empty.txt", new byte[0]);
    samples.put("no-picture.png", "text in fact".getBytes(UTF_8));
    samples.put("liar.txt", HexFormat.of().parseHex("89504e470d0a1a0a0000000d49484452"));
    samples.put("photo.jpg", HexFormat.of().parseHex("ffd8ffe000104a46494600010100000100010000"));
    samples.put("sound.flac", "fLaC\0\0\0\"".getBytes(ISO_8859_1));
    samples.put("paper.pdf", "%PDF-1.7\n%\u00e2\u00e3".getBytes(ISO_8859_1));
    samples.put("letter.eml", "What is written as text may be named as mail.".getBytes(UTF_8));
    samples.put("unknown.bin", new byte[] {0, 1, 2, (byte) 0x80});
    StringBuilder made = new StringBuilder();
    try (Ingestor ingestor = new Ingestor(plan(BlobMode.COPY, "r1"))) {
      for (Map.Entry<String, byte[]> sample : samples.entrySet()) {
        Files.write(folder.resolve(sample.getKey()), sample.getValue());
        SourceItem item = item(sample.getKey(), Optional.empty(), Description.none(), 1);
        Values row = ((Ingested.Asset) ingestor.ingest(item)).row();
        for (String column : Ingestor.KNOWN.names()) {
          if (!column.equals("source_uri")) {
            made.append(row.find(column).orElse(null)).append('|');
          }
        }
        made.append('\n');
      }
    }
    assertThat(ItemMark.VERSION).isEqualTo(2);
    assertThat(Digests.sha256(made.toString()))
        .as(made.toString())
        .isEqualTo("a0100edf7a80e07d23fbb821d2162b9fdaecf20df39daae0d2846f98e38c96e2");
  }
}
