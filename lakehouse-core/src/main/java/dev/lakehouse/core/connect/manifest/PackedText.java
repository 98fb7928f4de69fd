// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.manifest;

import dev.lakehouse.core.connect.SourceFile;
import dev.lakehouse.core.connect.Unpacking;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** How a text is packed, told by its first bytes: names lie, and servers unpack unasked. */
enum PackedText {
  GZIP("1f8b08"),
  XZ("fd377a585a00"),
  ZSTD("28b52ffd"),
  ZIP("504b0304");

  private static final int LONGEST = 6;

  private final byte[] start;

  PackedText(String start) {
    this.start = HexFormat.of().parseHex(start);
  }

  /**
   * Opens a text, unpacked where it is packed with gzip.
   *
   * @throws IOException if it cannot be read, or is packed in another way
   */
  static InputStream open(SourceFile file) throws IOException {
    long length = file.state().length();
    InputStream in = new BufferedInputStream(file.open());
    try {
      Optional<PackedText> packed = of(in);
      if (packed.isEmpty()) {
        return in;
      }
      if (packed.get() == GZIP) {
        return Unpacking.of(in, length);
      }
      throw new IOException(
          "it is packed with %s, and only gzip is unpacked; unpack it first"
              .formatted(packed.get().word()));
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private static Optional<PackedText> of(InputStream in) throws IOException {
    in.mark(LONGEST);
    byte[] head = in.readNBytes(LONGEST);
    in.reset();
    return Arrays.stream(values()).filter(packing -> packing.begins(head)).findFirst();
  }

  private boolean begins(byte[] head) {
    return head.length >= start.length
        && Arrays.equals(head, 0, start.length, start, 0, start.length);
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
