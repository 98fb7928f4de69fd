// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.media;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.IntToDoubleFunction;

/** Sounds in the plainest of files: RIFF WAVE, 16 bits. */
public final class Waves {
  private static final int HEADER = 44;

  private Waves() {}

  /**
   * A sound of one channel.
   *
   * @param sample of each place, -1 to 1
   */
  public static byte[] mono(int rate, int samples, IntToDoubleFunction sample) {
    ByteBuffer wave = header(rate, 1, 2 * samples);
    for (int i = 0; i < samples; i++) {
      double clamped = Math.max(-1, Math.min(1, sample.applyAsDouble(i)));
      wave.putShort((short) Math.round(clamped * Short.MAX_VALUE));
    }
    return wave.array();
  }

  /** A tone. */
  public static byte[] tone(int rate, double seconds, double hertz, double amplitude) {
    return mono(
        rate, (int) (rate * seconds), i -> amplitude * Math.sin(2 * Math.PI * hertz * i / rate));
  }

  private static ByteBuffer header(int rate, int channels, int dataBytes) {
    ByteBuffer wave = ByteBuffer.allocate(HEADER + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    wave.put(ascii("RIFF")).putInt(HEADER - 8 + dataBytes).put(ascii("WAVEfmt ")).putInt(16);
    wave.putShort((short) 1).putShort((short) channels).putInt(rate).putInt(2 * rate * channels);
    wave.putShort((short) (2 * channels)).putShort((short) 16).put(ascii("data"));
    return wave.putInt(dataBytes);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
