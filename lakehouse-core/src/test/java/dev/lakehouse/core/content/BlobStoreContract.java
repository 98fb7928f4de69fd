// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link BlobStore} promises. A new store adds one subclass and no test methods. */
abstract class BlobStoreContract {
  private static final String EMPTY =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  @TempDir Path folder;

  /** A store whose root is the folder, so that damage can be done to it from outside. */
  abstract BlobStore store();

  String rootUri() {
    return URI.create("file://" + folder.resolve("blobs")).toString();
  }

  @RepeatedTest(20)
  void readsBackWhatWasPut(RepetitionInfo repetition) throws IOException {
    byte[] content = randomBytes(repetition.getCurrentRepetition()); // the repetition is the seed

    String sha256 = put(content);

    assertThat(sha256).isEqualTo(Digests.sha256(content));
    try (InputStream in = store().open(sha256)) {
      assertThat(in.readAllBytes()).isEqualTo(content);
    }
    assertThat(store().has(sha256)).isTrue();
  }

  @Test
  void theSizeOfABlobIsKnownWithoutReadingIt() throws IOException {
    String sha256 = put(randomBytes(5));

    assertThat(store().size(sha256)).isEqualTo(randomBytes(5).length);
    assertThatThrownBy(() -> store().size("ab".repeat(32)))
        .isInstanceOf(FileNotFoundException.class);
  }

  @Test
  void aFileOfTheBlobIsTheBlob() throws Exception {
    byte[] content = randomBytes(6);
    String sha256 = put(content);

    try (Opened opened =
        new Contents(store(), Map.of(), 1).open(Content.ofColumns(null, sha256, null))) {
      assertThat(opened.file()).hasBinaryContent(content);
    }
    assertThat(files()).hasSize(1);
  }

  @Test
  void blobsStandWhereTheLayoutSays() throws IOException {
    String sha256 = put(new byte[] {1, 2, 3});

    Path expected =
        Path.of("sha256", sha256.substring(0, 2), sha256.substring(2, 4)).resolve(sha256);
    assertThat(files()).containsExactly(expected.toString());
    assertThat(store().uri(sha256)).isEqualTo(store().root() + "/" + expected);
  }

  @Test
  void whatWasRemovedIsGoneAndMayComeBack() throws IOException {
    String sha256 = put(new byte[] {1, 2, 3});

    store().remove(sha256);
    store().remove(sha256); // it may be gone already

    assertThat(store().has(sha256)).isFalse();
    assertThat(put(new byte[] {1, 2, 3})).isEqualTo(sha256);
    assertThat(store().has(sha256)).isTrue();
  }

  @Test
  void anEmptyBlobIsLegal() throws IOException {
    assertThat(put(new byte[0])).isEqualTo(EMPTY);

    try (InputStream in = store().open(EMPTY)) {
      assertThat(in.readAllBytes()).isEmpty();
    }
  }

  @Test
  void puttingTwiceIsOneBlob() throws IOException {
    String first = put(new byte[] {7});
    String second = put(new byte[] {7});

    assertThat(second).isEqualTo(first);
    assertThat(files()).hasSize(1);
  }

  @Test
  void putsOfTheSameBytesAtOnceAreOneBlob() throws Exception {
    byte[] content = randomBytes(99);
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      List<Future<String>> puts = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        puts.add(
            pool.submit(
                () -> {
                  start.await();
                  return put(content);
                }));
      }
      start.countDown();
      for (Future<String> put : puts) {
        assertThat(put.get()).isEqualTo(Digests.sha256(content));
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(files()).hasSize(1);
  }

  @Test
  void aStreamThatBreaksLeavesNothing() throws IOException {
    InputStream breaking =
        new SequenceInputStream(
            new ByteArrayInputStream(randomBytes(1)),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("Injected: the line is cut");
              }
            });

    assertThatThrownBy(() -> store().put(breaking)).hasMessageContaining("Injected");

    assertThat(files()).isEmpty();
  }

  @Test
  void retryAfterALostAcknowledgementStoresOneBlob() throws IOException {
    BlobStore store = new FailingBlobStore(store(), 1);
    byte[] content = {1, 2};

    assertThatThrownBy(() -> store.put(new ByteArrayInputStream(content)))
        .hasMessageStartingWith("Injected");
    String sha256 = store.put(new ByteArrayInputStream(content));

    assertThat(sha256).isEqualTo(Digests.sha256(content));
    assertThat(files()).hasSize(1);
  }

  @Test
  void bytesThatDoNotMatchTheirNameAreRefused() throws IOException {
    String sha256 = put("original".getBytes());
    damage(sha256, "0riginal");

    assertThatThrownBy(() -> readAll(sha256))
        .isInstanceOf(LakehouseException.class)
        .hasMessageContaining(sha256)
        .hasMessageContaining(Digests.sha256("0riginal"))
        .extracting(thrown -> ((LakehouseException) thrown).code())
        .isEqualTo(ErrorCode.INTEGRITY);
  }

  @Test
  void skippedBytesAreCheckedToo() throws IOException {
    String sha256 = put("original".getBytes());
    damage(sha256, "0riginal");

    assertThatThrownBy(
            () -> {
              try (InputStream in = store().open(sha256)) {
                in.skipNBytes(4);
                in.readAllBytes();
              }
            })
        .isInstanceOf(LakehouseException.class);
  }

  @Test
  void aPlantedFileOfAnotherLengthIsNotTakenForTheBlob() throws IOException {
    String sha256 = put("original".getBytes());
    damage(sha256, "cut");

    assertThatThrownBy(() -> put("original".getBytes()))
        .isInstanceOf(LakehouseException.class)
        .hasMessageContaining("3 bytes");
  }

  @Test
  void openingAnUnknownBlobFails() throws IOException {
    assertThat(store().has(EMPTY)).isFalse();
    assertThatThrownBy(() -> readAll(EMPTY)).isInstanceOf(FileNotFoundException.class);
  }

  @Test
  void aNameThatIsNoDigestIsRefused() {
    assertThatThrownBy(() -> store().open("../../../etc/passwd"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Not a blob name");
  }

  @Test
  void listsBlobsAndUnfinishedUploads() throws IOException {
    assertThat(listed()).isEmpty();
    String sha256 = put(new byte[] {5, 6});
    Path upload = folder.resolve("blobs").resolve(BlobNames.STAGING).resolve("half");
    Files.createDirectories(upload.getParent());
    Files.write(upload, new byte[3]);

    assertThat(listed())
        .extracting(file -> file.sha256().orElse(file.path()), StoredFile::bytes)
        .containsExactlyInAnyOrder(tuple(sha256, 2L), tuple(BlobNames.STAGING + "/half", 3L));
  }

  @Test
  void discardsWhatWasNotPutSince() throws IOException {
    String sha256 = put(new byte[] {5});
    StoredFile blob = listed().get(0);

    assertThat(store().discard(blob, Instant.EPOCH)).isFalse();
    assertThat(store().has(sha256)).isTrue();
    assertThat(store().discard(blob, Instant.now().plusSeconds(60))).isTrue();
    assertThat(store().discard(blob, Instant.now().plusSeconds(60))).isTrue();
    assertThat(files()).isEmpty();
  }

  private List<StoredFile> listed() throws IOException {
    List<StoredFile> listed = new ArrayList<>();
    store().list(listed::add);
    return listed;
  }

  @Test
  void travelsInATask() throws Exception {
    String sha256 = put(new byte[] {4});

    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(store());
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(((BlobStore) in.readObject()).has(sha256)).isTrue();
    }
  }

  private String put(byte[] content) throws IOException {
    return store().put(new ByteArrayInputStream(content));
  }

  private byte[] readAll(String sha256) throws IOException {
    try (InputStream in = store().open(sha256)) {
      return in.readAllBytes();
    }
  }

  private void damage(String sha256, String content) throws IOException {
    Files.writeString(folder.resolve("blobs").resolve(BlobNames.path(sha256)), content);
  }

  /** Every file below the root, as relative paths. */
  private List<String> files() throws IOException {
    Path root = folder.resolve("blobs");
    if (!Files.exists(root)) {
      return List.of();
    }
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private static byte[] randomBytes(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] bytes = new byte[random.nextInt(200_000)];
    random.nextBytes(bytes);
    return bytes;
  }
}
