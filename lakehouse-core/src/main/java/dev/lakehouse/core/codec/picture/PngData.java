// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.picture;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The zlib stream that lies in the IDAT chunks of a PNG, one after the other. */
final class PngData implements AutoCloseable {
  /** The most that deflate can pack into a byte. */
  private static final int MAX_RATIO = 1032;

  private final Inflater inflater = new Inflater();
  private final byte[] file;
  private final List<int[]> parts = new ArrayList<>();
  private long packed;
  private int next;

  PngData(byte[] file) {
    this.file = file;
  }

  /** Adds the data of one chunk. */
  void add(long at, long count) {
    parts.add(new int[] {(int) at, (int) count});
    packed += count;
  }

  /** Refuses what cannot hold its picture, before anything is allocated for it. */
  void requireRoomFor(long rawBytes) throws ItemException {
    if (packed * MAX_RATIO + MAX_RATIO < rawBytes) {
      throw new ItemException(
          ItemError.TRUNCATED,
          "%d bytes of PNG data cannot hold the %d bytes of its rows".formatted(packed, rawBytes));
    }
  }

  /** Fills a buffer to its end. */
  void fill(byte[] buffer) throws ItemException {
    int filled = 0;
    while (filled < buffer.length) {
      int count = inflate(buffer, filled);
      if (count == 0) {
        throw new ItemException(ItemError.TRUNCATED, "The PNG data ends before the last row");
      }
      filled += count;
    }
  }

  /** Reads to the end of the stream, which checks its sum; true if there is nothing more. */
  boolean endsHere() throws ItemException {
    return inflate(new byte[1], 0) == 0;
  }

  /** Some more bytes; 0 where the stream ends. */
  private int inflate(byte[] buffer, int from) throws ItemException {
    try {
      while (!inflater.finished()) {
        int count = inflater.inflate(buffer, from, buffer.length - from);
        if (count > 0) {
          return count;
        }
        if (inflater.needsDictionary() || (inflater.needsInput() && next == parts.size())) {
          return 0;
        }
        if (inflater.needsInput()) {
          int[] part = parts.get(next++);
          inflater.setInput(file, part[0], part[1]);
        }
      }
      return 0;
    } catch (DataFormatException e) {
      throw new ItemException(ItemError.CORRUPT, "PNG data: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    inflater.end();
  }
}
