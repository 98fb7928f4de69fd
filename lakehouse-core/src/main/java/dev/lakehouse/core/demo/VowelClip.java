// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.demo;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/**
 * A voice that says vowels, one after the other with pauses, and the subtitles of what it says.
 *
 * <p>It is a voice of pulses that three resonators in a row give their colour, as in Klatt's
 * "Software for a cascade/parallel formant synthesizer" (1980); the formants are those of
 * Peterson's and Barney's men (1952).
 */
final class VowelClip {
  /** A vowel and its three formants in Hz. */
  private record Vowel(String told, double first, double second, double third) {}

  private static final List<Vowel> VOWELS =
      List.of(
          new Vowel("This is the vowel of father, said with an open mouth.", 730, 1090, 2440),
          new Vowel("This is the vowel of machine, said with spread lips.", 270, 2290, 3010),
          new Vowel("This is the vowel of rule, said with round lips.", 300, 870, 2240),
          new Vowel("This is the vowel of thought, said low in the throat.", 570, 840, 2410));

  private static final int RATE = 16_000;
  private static final int SECONDS = 6; // of each, with a pause that tells it from the next
  private static final double VOICED = 2.4; // seconds
  private static final double PITCH = 110; // Hz
  private static final int[] BANDWIDTHS = {60, 90, 150}; // Hz

  private VowelClip() {}

  /** Writes {@code name.wav}, 16 kHz and 16 bits, and {@code name.srt} into a folder. */
  static void write(Path folder, String name) throws IOException {
    Files.createDirectories(folder);
    AudioFormat format = new AudioFormat(RATE, Short.SIZE, 1, true, false);
    byte[] samples = samples();
    try (AudioInputStream sound =
        new AudioInputStream(
            new ByteArrayInputStream(samples), format, samples.length / Short.BYTES)) {
      AudioSystem.write(sound, AudioFileFormat.Type.WAVE, folder.resolve(name + ".wav").toFile());
    }
    Files.writeString(folder.resolve(name + ".srt"), subtitles());
  }

  private static String subtitles() {
    return IntStream.range(0, VOWELS.size())
        .mapToObj(
            i ->
                String.format(
                    Locale.ROOT,
                    "%d\n00:00:%02d,000 --> 00:00:%02d,500\n%s\n",
                    i + 1,
                    i * SECONDS,
                    i * SECONDS + (int) VOICED,
                    VOWELS.get(i).told()))
        .collect(Collectors.joining("\n"));
  }

  private static byte[] samples() {
    ByteBuffer out =
        ByteBuffer.allocate(VOWELS.size() * SECONDS * RATE * Short.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    for (Vowel vowel : VOWELS) {
      for (double sample : said(vowel)) {
        out.putShort((short) Math.round(sample * 0.5 * Short.MAX_VALUE));
      }
    }
    return out.array();
  }

  /** Samples between -1 and 1. */
  private static double[] said(Vowel vowel) {
    double[] sound = pulses();
    double[] formants = {vowel.first(), vowel.second(), vowel.third()};
    for (int i = 0; i < formants.length; i++) {
      resonate(sound, formants[i], BANDWIDTHS[i]);
    }
    double loudest = 0;
    for (double sample : sound) {
      loudest = Math.max(loudest, Math.abs(sample));
    }
    for (int i = 0; i < sound.length; i++) {
      sound[i] *= envelope(i) / loudest;
    }
    return sound;
  }

  /** One for each opening of the glottis, whose pitch falls a little towards the end. */
  private static double[] pulses() {
    double[] pulses = new double[SECONDS * RATE];
    double phase = 0;
    for (int i = 0; i < VOICED * RATE; i++) {
      phase += PITCH * (1 - 0.15 * i / (VOICED * RATE)) / RATE;
      if (phase >= 1) {
        phase -= 1;
        pulses[i] = 1;
      }
    }
    return pulses;
  }

  /** Klatt's resonator: two poles, and no gain at 0 Hz. */
  private static void resonate(double[] sound, double frequency, double bandwidth) {
    double c = -Math.exp(-2 * Math.PI * bandwidth / RATE);
    double b = 2 * Math.exp(-Math.PI * bandwidth / RATE) * Math.cos(2 * Math.PI * frequency / RATE);
    double a = 1 - b - c;
    double before = 0;
    double beforeThat = 0;
    for (int i = 0; i < sound.length; i++) {
      double now = a * sound[i] + b * before + c * beforeThat;
      beforeThat = before;
      before = now;
      sound[i] = now;
    }
  }

  /** Swells and fades within a tenth of a second. */
  private static double envelope(int sample) {
    double second = (double) sample / RATE;
    return Math.max(0, Math.min(1, Math.min(second, VOICED - second) * 10));
  }
}
