// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.manifest;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How the text of a manifest is written as bytes.
 *
 * @param charset the encoding
 * @param why what says so, for people
 */
public record Encoding(Charset charset, String why) {
  private static final int SAMPLE = 4096;
  private static final Map<String, byte[]> MARKS = new LinkedHashMap<>();

  static {
    MARKS.put("UTF-8", new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF});
    MARKS.put("UTF-32LE", new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 0}); // before UTF-16LE
    MARKS.put("UTF-32BE", new byte[] {0, 0, (byte) 0xFE, (byte) 0xFF});
    MARKS.put("UTF-16LE", new byte[] {(byte) 0xFF, (byte) 0xFE});
    MARKS.put("UTF-16BE", new byte[] {(byte) 0xFE, (byte) 0xFF});
  }

  /**
   * The encoding that was asked for; else that of the mark at the beginning; else UTF-16 where
   * every other byte is zero; else UTF-8.
   *
   * @throws IOException if another was asked for than the mark says
   */
  static Encoding of(InputStream in, Optional<Charset> asked) throws IOException {
    byte[] head = in.readNBytes(SAMPLE);
    Optional<Charset> marked = marked(head);
    if (asked.isPresent()) {
      if (marked.isPresent() && !agrees(asked.get(), marked.get())) {
        throw new IOException(
            "encoding %s was asked for, but the file begins with the mark of %s"
                .formatted(asked.get(), marked.get()));
      }
      return new Encoding(marked.orElse(asked.get()), "as asked");
    }
    return marked
        .map(charset -> new Encoding(charset, "from the mark at its beginning"))
        .or(() -> zeros(head).map(found -> new Encoding(found, "from the zero bytes in it")))
        .orElseGet(() -> new Encoding(StandardCharsets.UTF_8, "unless told otherwise"));
  }

  private static Optional<Charset> marked(byte[] head) {
    return MARKS.entrySet().stream()
        .filter(mark -> startsWith(head, mark.getValue()))
        .map(mark -> Charset.forName(mark.getKey()))
        .findFirst();
  }

  private static boolean startsWith(byte[] head, byte[] mark) {
    return head.length >= mark.length && Arrays.equals(head, 0, mark.length, mark, 0, mark.length);
  }

  /** UTF-16 without byte order is either. */
  private static boolean agrees(Charset asked, Charset marked) {
    return marked.name().startsWith(asked.name());
  }

  private static Optional<Charset> zeros(byte[] head) {
    int[] zeros = new int[2];
    for (int i = 0; i < head.length; i++) {
      zeros[i % 2] += head[i] == 0 ? 1 : 0;
    }
    if (zeros[1] > head.length / 4 && zeros[0] < zeros[1] / 8) {
      return Optional.of(StandardCharsets.UTF_16LE);
    }
    boolean big = zeros[0] > head.length / 4 && zeros[1] < zeros[0] / 8;
    return big ? Optional.of(StandardCharsets.UTF_16BE) : Optional.empty();
  }

  /** The same text in UTF-8. */
  InputStream utf8(InputStream in) {
    boolean same =
        charset.equals(StandardCharsets.UTF_8) || charset.equals(StandardCharsets.US_ASCII);
    return same ? in : new BufferedInputStream(new Transcoding(in, charset));
  }
}
