// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind.audio;

import dev.lakehouse.core.codec.media.MelSpec;
import dev.lakehouse.core.embed.EmbedInput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Something to try a tower on: a tone that rises and falls, with noise; a RIFF WAVE of 16 bits. */
final class SampleSound {
  private static final int HEADER = 44;
  private static final double SWING = 0.5; // of the pitch

  private SampleSound() {}

  /** The same sound for the same number. */
  static EmbedInput of(int number, double seconds) {
    Random random = new Random(number);
    int samples = (int) Math.max(1, seconds * MelSpec.RATE);
    ByteBuffer wave = header(samples);
    double pitch = 100 + random.nextInt(2000);
    double noise = 0.3 * random.nextDouble();
    double phase = 0;
    for (int i = 0; i < samples; i++) {
      double hertz = pitch * (1 + SWING * Math.sin(2 * Math.PI * i / MelSpec.RATE));
      phase += 2 * Math.PI * hertz / MelSpec.RATE;
      double sample = 0.5 * Math.sin(phase) + noise * (random.nextDouble() - 0.5);
      wave.putShort((short) Math.round(sample * Short.MAX_VALUE));
    }
    return EmbedInput.audio(wave.array());
  }

  private static ByteBuffer header(int samples) {
    int bytes = 2 * samples;
    ByteBuffer wave = ByteBuffer.allocate(HEADER + bytes).order(ByteOrder.LITTLE_ENDIAN);
    wave.put(ascii("RIFF")).putInt(HEADER - 8 + bytes).put(ascii("WAVEfmt ")).putInt(16);
    wave.putShort((short) 1).putShort((short) 1).putInt(MelSpec.RATE).putInt(2 * MelSpec.RATE);
    return wave.putShort((short) 2).putShort((short) 16).put(ascii("data")).putInt(bytes);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
