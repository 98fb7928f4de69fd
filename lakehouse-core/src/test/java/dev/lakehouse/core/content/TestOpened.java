// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.LakehouseException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TestOpened {
  private static final byte[] BYTES = "eight by".getBytes(); // eight bytes
  private static final long HUGE = 3L << 30;

  /** Of {@link #HUGE} bytes that are all zero. */
  private static final String HUGE_SHA256 =
      "305b66a59d15b252092fbda9d09711230c429f351897cbd430e7b55a35fd3b97";

  @TempDir Path folder;
  private BlobStore blobs;
  private String sha256;

  @BeforeEach
  void store() throws IOException {
    blobs = BlobStores.at(folder.resolve("blobs").toUri().toString(), Map.of());
    sha256 = blobs.put(new ByteArrayInputStream(BYTES));
  }

  @Test
  void aTextIsReadInEveryWay() throws Exception {
    try (Opened text = open("é", null, null)) {
      assertThat(text.text()).isEqualTo("é");
      assertThat(text.bytes()).isEqualTo(new byte[] {(byte) 0xC3, (byte) 0xA9});
      assertThat(text.size()).isEqualTo(2);
      assertThat(text.sha256()).isEqualTo(Digests.sha256("é"));
      assertThat(text.file()).hasContent("é");
    }
  }

  @Test
  void aBlobIsReadInEveryWay() throws Exception {
    try (Opened blob = open(null, sha256, null)) {
      assertThat(blob.text()).isEqualTo("eight by");
      assertThat(blob.bytes()).isEqualTo(BYTES);
      assertThat(blob.size()).isEqualTo(BYTES.length);
      assertThat(blob.sha256()).isEqualTo(sha256);
      assertThat(fromThird(blob)).isEqualTo((byte) 'h');
    }
  }

  private static byte fromThird(Opened opened) throws Exception {
    try (SeekableByteChannel channel = opened.channel()) {
      ByteBuffer one = ByteBuffer.allocate(1);
      channel.position(3).read(one);
      return one.get(0);
    }
  }

  @Test
  void aFileOfTheSourceIsSpooledAndItsCopyGoes() throws Exception {
    Path source = Files.write(folder.resolve("source"), BYTES);
    Path copy;
    try (Opened referenced = open(null, sha256, source.toUri().toString())) {
      copy = referenced.file();
      Files.writeString(source, "changed since");
      assertThat(copy).hasBinaryContent(BYTES);
      assertThat(referenced.file()).isEqualTo(copy);
    }
    assertThat(copy).doesNotExist();
  }

  @Test
  void whatChangedIsNeverHandedOut() throws Exception {
    Path source = Files.writeString(folder.resolve("source"), "other");
    try (Opened referenced = open(null, sha256, source.toUri().toString())) {
      assertThatThrownBy(referenced::file)
          .isInstanceOfSatisfying(
              ItemException.class, e -> assertThat(e.code()).isEqualTo(ItemError.SOURCE_CHANGED));
    }
  }

  @Test
  void aDamagedBlobIsNoFile() throws Exception {
    Files.writeString(blobs.file(sha256).orElseThrow(), "eight BY");
    try (Opened blob = open(null, sha256, null)) {
      assertThatThrownBy(blob::file)
          .isInstanceOf(LakehouseException.class)
          .hasMessageContaining(sha256);
    }
  }

  @Test
  void whatIsAbsentSaysSoHoweverItIsRead() {
    try (Opened absent = open(null, "ab".repeat(32), null)) {
      for (var reading : new ThrowingReading[] {Opened::bytes, Opened::size, Opened::file}) {
        assertThatThrownBy(() -> reading.of(absent))
            .isInstanceOfSatisfying(
                ItemException.class, e -> assertThat(e.code()).isEqualTo(ItemError.BLOB_MISSING));
      }
    }
  }

  private interface ThrowingReading {
    Object of(Opened opened) throws Exception;
  }

  @Test
  void memoryHasALimitAndAFileHasNone() throws Exception {
    Contents contents = new Contents(blobs, Map.of(), BYTES.length - 1);
    try (Opened blob = contents.open(Content.ofColumns(null, sha256, null))) {
      assertThatThrownBy(blob::bytes)
          .isInstanceOf(ItemException.class)
          .hasMessageContaining("more than 7 bytes");
      assertThat(blob.sha256()).isEqualTo(sha256);
      assertThat(blob.file()).hasBinaryContent(BYTES);
    }
  }

  @Test
  void moreBytesThanAnArrayHoldsAreHashed() throws Exception {
    Contents contents = new Contents(new HugeBlobStore(blobs), Map.of(), Long.MAX_VALUE);
    try (Opened blob = contents.open(Content.ofColumns(null, HUGE_SHA256, null))) {
      assertThat(blob.sha256()).isEqualTo(HUGE_SHA256);
    }
  }

  private Opened open(@Nullable String text, @Nullable String blob, @Nullable String uri) {
    return new Contents(blobs, Map.of(), 1 << 20).open(Content.ofColumns(text, blob, uri));
  }

  /** Has one blob, of zeros. */
  private static final class HugeBlobStore extends PassingBlobStore {
    private static final long serialVersionUID = 1L;

    HugeBlobStore(BlobStore store) {
      super(store);
    }

    @Override
    public InputStream open(String name) {
      return VerifiedStream.ofBlob(new Zeros(), name, "zeros");
    }
  }

  private static final class Zeros extends InputStream {
    private long left = HUGE;

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      int count = (int) Math.min(left, length);
      Arrays.fill(into, offset, offset + count, (byte) 0);
      left -= count;
      return count == 0 ? -1 : count;
    }
  }
}
