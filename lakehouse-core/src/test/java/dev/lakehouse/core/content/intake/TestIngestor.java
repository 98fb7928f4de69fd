// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.SharedData;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.asset.AssetId;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.connect.Description;
import dev.lakehouse.core.connect.Offer;
import dev.lakehouse.core.connect.SourceItem;
import dev.lakehouse.core.connect.folder.FilesSource;
import dev.lakehouse.core.content.BlobMode;
import dev.lakehouse.core.content.BlobStore;
import dev.lakehouse.core.content.BlobStores;
import dev.lakehouse.core.content.Content;
import dev.lakehouse.core.content.Contents;
import dev.lakehouse.core.content.FailingBlobStore;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestIngestor {
  private static final Limits LIMITS = new Limits(1 << 20, 1 << 20, 4096, 10, 1000);
  private static final String EMPTY =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  @TempDir Path folder;
  private BlobStore blobs;
  private BlobMode mode = BlobMode.COPY;

  @BeforeEach
  void makeStore() {
    blobs = BlobStores.at(folder.toUri() + "blobs", Map.of());
  }

  @Test
  void aShortTextStandsInItsRow() throws IOException {
    Values row = asset(item(write("a.md", "\uFEFF# Grüße\r\n")));

    assertThat(row.text("text")).contains("# Grüße\r\n");
    assertThat(row.text("sha256")).contains(Digests.sha256("# Grüße\r\n"));
    assertThat(row.text("source_sha256")).contains(Digests.sha256("\uFEFF# Grüße\r\n"));
    assertThat(row.text("source_charset")).contains("UTF-8");
    assertThat(row.find("size_bytes")).contains(14L);
    assertThat(row.text("modality")).contains("text");
    assertThat(row.text("media_type")).contains("text/markdown");
    assertThat(row.find("blob")).isEmpty();
    assertThat(row.find("content_error")).isEmpty();
    assertThat(row.text("asset_id")).contains(AssetId.of("s", "a.md"));
    assertThat(Files.exists(folder.resolve("blobs"))).isFalse();
  }

  @Test
  void aTextOfExactlyTheLimitStandsInItsRow() throws IOException {
    assertThat(asset(write("a.txt", "x".repeat(1000))).find("text")).isPresent();
    assertThat(asset(write("b.txt", "\uFEFF" + "x".repeat(1000))).find("text")).isPresent();
  }

  @Test
  void aLongTextIsABlob() throws IOException {
    for (String text : List.of("x".repeat(1001), "x".repeat(1003), "é ".repeat(100_000))) {
      Values row = asset(item(write("a.txt", text)));

      assertThat(row.text("content_error")).contains("TEXT_LIMIT");
      assertThat(row.find("text")).isEmpty();
      assertThat(row.text("blob")).contains(Digests.sha256(text));
      assertThat(stored(row)).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void aTextInAnotherEncodingIsABlob() throws IOException {
    Path file = folder.resolve("latin.txt");
    Files.write(file, "Grüße aus Köln\n".repeat(9).getBytes(StandardCharsets.ISO_8859_1));

    Values row = asset(item(file));

    assertThat(row.text("content_error")).contains("INVALID_ENCODING");
    assertThat(stored(row)).isEqualTo(Files.readAllBytes(file));
  }

  @Test
  void anEmptyFileIsTheEmptyBlob() throws IOException {
    Values row = asset(item(write("a.jpg", "")));

    assertThat(row.text("content_error")).contains("EMPTY");
    assertThat(row.text("blob")).contains(EMPTY);
    assertThat(row.text("sha256")).contains(EMPTY);
    assertThat(row.text("name_modality")).contains("image");
    assertThat(stored(row)).isEmpty();
  }

  @Test
  void aBinaryFileIsABlob() throws IOException {
    byte[] bytes = randomBytes(200_000);
    Path file = Files.write(folder.resolve("x.bin"), bytes);

    Values row = asset(item(file));

    assertThat(row.text("blob")).contains(Digests.sha256(bytes));
    assertThat(row.find("size_bytes")).contains(200_000L);
    assertThat(stored(row)).isEqualTo(bytes);
  }

  @Test
  void aReferencedFileStaysWhereItIs() throws IOException {
    mode = BlobMode.REFERENCE;
    Path file = Files.write(folder.resolve("x y.bin"), randomBytes(200_000));

    Values row = asset(item(file));

    assertThat(row.text("blob_uri")).contains(file.toUri().toString());
    assertThat(Files.exists(folder.resolve("blobs"))).isFalse();
    assertThat(stored(row)).isEqualTo(Files.readAllBytes(file));
  }

  @Test
  void aReferencedFileThatChangedIsNotTakenForTheOldOne() throws IOException {
    mode = BlobMode.REFERENCE;
    Path file = Files.write(folder.resolve("x.bin"), randomBytes(1000));
    Values row = asset(item(file));

    Files.write(file, randomBytes(1001));
    assertThat(codeOfReading(row)).isEqualTo(ItemError.SOURCE_CHANGED);

    Files.delete(file);
    assertThat(codeOfReading(row)).isEqualTo(ItemError.SOURCE_GONE);
  }

  @Test
  void aBlobThatIsGoneIsAnOutcome() throws IOException {
    Values row = asset(item(write("a.txt", "x".repeat(2000))));
    Path blob = Path.of(URI.create(blobs.uri(row.text("blob").orElseThrow())));

    Files.delete(blob);

    assertThat(codeOfReading(row)).isEqualTo(ItemError.BLOB_MISSING);
  }

  @Test
  void aPlantedBlobStopsTheReader() throws IOException {
    Values row = asset(item(write("a.txt", "x".repeat(2000))));
    Path blob = Path.of(URI.create(blobs.uri(row.text("blob").orElseThrow())));

    Files.writeString(blob, "y".repeat(2000));

    assertThatThrownBy(() -> stored(row))
        .isInstanceOf(LakehouseException.class)
        .extracting(thrown -> ((LakehouseException) thrown).code())
        .isEqualTo(ErrorCode.INTEGRITY);
  }

  @Test
  void aFileBeyondTheLimitIsRefused() throws IOException {
    Path file = Files.write(folder.resolve("x.bin"), new byte[(1 << 20) + 1]);

    assertThat(deadLetter(item(file)).text("error_code")).contains("BYTE_LIMIT");
    assertThat(Files.exists(folder.resolve("blobs"))).isFalse();
  }

  @Test
  void aFileThatGrowsBeyondTheLimitIsRefusedBeforeItsEnd() throws IOException {
    Path file = Files.write(folder.resolve("x.bin"), randomBytes(100_000));
    blobs =
        new MeddlingBlobStore(
            blobs, 2, () -> Files.write(file, new byte[2 << 20], StandardOpenOption.APPEND));

    assertThat(deadLetter(item(file)).text("error_code")).contains("BYTE_LIMIT");
    assertThat(blobFiles()).isEmpty();
  }

  @Test
  void aFileThatKeepsChangingIsADeadLetterAndNoMixtureIsStored() throws IOException {
    Path file = Files.write(folder.resolve("x.bin"), randomBytes(100_000));
    blobs =
        new MeddlingBlobStore(
            blobs, 2, () -> Files.write(file, new byte[1], StandardOpenOption.APPEND));

    Values row = deadLetter(item(file));

    assertThat(row.text("error_code")).contains("SOURCE_CHANGED");
    assertThat(row.text("source_uri")).contains(file.toUri().toString());
    assertThat(blobFiles()).isEmpty();
  }

  @Test
  void aFileThatChangedOnceIsReadAgain() throws IOException {
    Path file = Files.write(folder.resolve("x.bin"), randomBytes(100_000));
    blobs =
        new MeddlingBlobStore(
            blobs, 1, () -> Files.write(file, new byte[1], StandardOpenOption.APPEND));

    assertThat(asset(item(file)).text("blob")).contains(Digests.sha256(Files.readAllBytes(file)));
  }

  @Test
  void aFileThatVanishesIsADeadLetter() throws IOException {
    Path file = Files.write(folder.resolve("x.bin"), randomBytes(100_000));
    SourceItem item = item(file);
    blobs = new MeddlingBlobStore(blobs, 1, () -> Files.delete(file));

    assertThat(deadLetter(item).text("error_code")).contains("SOURCE_GONE");
    assertThat(deadLetter(item).text("error_code")).contains("SOURCE_GONE");
    assertThat(blobFiles()).isEmpty();
  }

  @Test
  void aFileThatAManifestPromisedAndIsNotThereIsMissing() {
    Offer offer =
        new Offer.File(
            folder.toUri() + "no.png", folder.toUri().toString(), ItemError.MISSING_FILE);

    assertThat(deadLetter(item("1", offer)).text("error_code")).contains("MISSING_FILE");
  }

  @Test
  void aLinkThatLeadsOutIsNeverRead() throws IOException {
    Path root = Files.createDirectory(folder.resolve("root"));
    Path secret = Files.writeString(folder.resolve("secret.txt"), "secret");
    Files.createSymbolicLink(root.resolve("link.txt"), secret);
    String rootUri = root.toUri().toString().replaceFirst("/$", "");

    Values row =
        deadLetter(
            item("1", new Offer.File(rootUri + "/link.txt", rootUri, ItemError.MISSING_FILE)));

    assertThat(row.text("error_code")).contains("PATH_REFUSED");
    assertThat(row.text("error_message").orElseThrow()).doesNotContain("secret");
  }

  @Test
  void aTextOfAManifestIsContentAndNeverAPath() throws IOException {
    Path file = write("real.txt", "the file");

    Values row = asset(item("1", new Offer.Text(file.toString())));

    assertThat(row.text("text")).contains(file.toString());
    assertThat(row.text("media_type")).contains("text/plain");
    assertThat(asset(item("2", new Offer.Text(""))).text("content_error")).contains("EMPTY");
    assertThat(asset(item("3", new Offer.Text("x".repeat(1001)))).text("content_error"))
        .contains("TEXT_LIMIT");
  }

  @Test
  void captionsStandWithTheirDigests() {
    Description said =
        new Description(
            List.of("a dog", ""),
            true,
            Optional.empty(),
            Optional.of("en"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of("k", "v"));

    Values row = asset(new SourceItem("s", "1", "u", new Offer.Text("t"), said));

    assertThat((List<?>) row.find("captions").orElseThrow())
        .satisfiesExactly(
            dog -> assertThat((Object[]) dog).containsExactly("a dog", Digests.sha256("a dog")),
            empty -> assertThat((Object[]) empty).containsExactly("", EMPTY));
    assertThat(row.find("captions_declared")).contains(true);
    assertThat(row.find("facts")).contains(Map.of("k", "v"));
  }

  @Test
  void aStoreThatCannotBeWrittenStopsTheTask() throws IOException {
    Path file = Files.write(folder.resolve("x.bin"), randomBytes(1000));
    blobs = new FailingBlobStore(blobs, 1);

    assertThatThrownBy(() -> ingest(item(file)))
        .isInstanceOf(LakehouseException.class)
        .hasMessageContaining("Cannot store a blob in")
        .extracting(thrown -> ((LakehouseException) thrown).code())
        .isEqualTo(ErrorCode.TRANSIENT);

    assertThat(asset(item(file)).text("blob")).isPresent(); // the next attempt succeeds
    assertThat(blobFiles()).hasSize(1);
  }

  @Test
  void theSameItemGivesTheSameRow() throws IOException {
    SourceItem item = item(write("a.txt", "same"));

    assertThat(Arrays.deepToString(asset(item).toArray()))
        .isEqualTo(Arrays.deepToString(asset(item).toArray()));
  }

  @Test
  void everySharedFileBecomesAnAsset() {
    Path images = SharedData.require("data/images");
    Path texts = SharedData.require("data/text");
    mode = BlobMode.REFERENCE; // the same reading, without a thousand files forced to disk
    Map<String, Integer> errors = new HashMap<>();
    int files = 0;
    for (Path root : List.of(images, texts)) {
      for (SourceItem item : items(root)) {
        Values row = asset(item, new Limits(1 << 30, 1 << 20, 4096, 10, 1 << 20));
        row.text("content_error").ifPresent(code -> errors.merge(code, 1, Integer::sum));
        row.toArray(); // every required column is there
        files++;
      }
    }
    assertThat(files).isGreaterThan(1000);
    assertThat(errors).containsOnlyKeys("EMPTY", "INVALID_ENCODING");
  }

  private static List<SourceItem> items(Path root) {
    FilesSource.Options options =
        new FilesSource.Options(root.toString(), Optional.empty(), Optional.empty(), Map.of());
    try (Stream<SourceItem> items = FilesSource.open(options).items()) {
      return items.toList();
    }
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private SourceItem item(Path file) {
    String root = folder.toUri().toString().replaceFirst("/$", "");
    return item(
        file.getFileName().toString(),
        new Offer.File(file.toUri().toString(), root, ItemError.SOURCE_GONE));
  }

  private static SourceItem item(String key, Offer offer) {
    String uri = offer instanceof Offer.File file ? file.uri() : "manifest#" + key;
    return new SourceItem("s", key, uri, offer, Description.none());
  }

  private Values asset(Path file) {
    return asset(item(file));
  }

  private Values asset(SourceItem item) {
    return asset(item, LIMITS);
  }

  private Values asset(SourceItem item, Limits limits) {
    Ingested ingested = ingest(item, limits);
    assertThat(ingested).as(item.key()).isInstanceOf(Ingested.Asset.class);
    return ((Ingested.Asset) ingested).row();
  }

  private Values deadLetter(SourceItem item) {
    Ingested ingested = ingest(item);
    assertThat(ingested).isInstanceOf(Ingested.DeadLetter.class);
    Values row = ((Ingested.DeadLetter) ingested).row();
    row.toArray(); // every required column is there
    return row;
  }

  private Ingested ingest(SourceItem item) {
    return ingest(item, LIMITS);
  }

  private Ingested ingest(SourceItem item, Limits limits) {
    IngestPlan plan = new IngestPlan(blobs, mode, limits, Map.of(), "run-1", Instant.EPOCH);
    return new Ingestor(plan).ingest(item);
  }

  private byte[] stored(Values row) throws IOException {
    try {
      return new Contents(blobs, Map.of(), 1 << 20).bytes(content(row));
    } catch (ItemException e) {
      throw new IOException(e);
    }
  }

  private ItemError codeOfReading(Values row) {
    try {
      new Contents(blobs, Map.of(), 1 << 20).bytes(content(row));
      throw new AssertionError("Reading should have failed");
    } catch (ItemException e) {
      return e.code();
    }
  }

  private static Content content(Values row) {
    return new Content(row.text("text"), row.text("blob"), row.text("blob_uri"));
  }

  private List<Path> blobFiles() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("blobs"))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    new SplittableRandom(length).nextBytes(bytes);
    return bytes;
  }
}
