// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether a RIFF WAVE file has all the bytes of sound that it claims; its decoder says nothing when
 * they end early.
 */
final class WaveClaim {
  private static final int DATA = 0x61746164; // 'data'
  private static final int HEADER = 12;
  private static final int CHUNK = 8;
  private static final int MOST_CHUNKS = 1000;

  /** Claims above it are written by those who do not know the length yet. */
  private static final long UNKNOWN = 0x7FFF_0000L;

  private WaveClaim() {}

  /** Bytes of sound that are missing at its end; 0 where none are, or nothing was claimed. */
  static long missing(Path file) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
      long at = HEADER;
      for (int i = 0; i < MOST_CHUNKS && at + CHUNK <= channel.size(); i++) {
        channel.position(at);
        chunk.clear();
        while (chunk.hasRemaining() && channel.read(chunk) >= 0) {
          // goes on
        }
        chunk.flip();
        int name = chunk.getInt();
        long size = chunk.getInt() & 0xFFFF_FFFFL;
        if (name == DATA) {
          long there = channel.size() - at - CHUNK;
          return size >= UNKNOWN ? 0 : Math.max(0, size - there);
        }
        at += CHUNK + size + (size & 1);
      }
      return 0;
    }
  }
}
