// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.health;

import dev.lakehouse.core.JvmFolder;
import dev.lakehouse.core.child.Cage;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.document.Document;
import dev.lakehouse.core.codec.document.DocumentCodec;
import dev.lakehouse.core.codec.document.DocumentTypes;
import dev.lakehouse.core.codec.media.MediaFile;
import dev.lakehouse.core.codec.media.Sound;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The processes that read sound, film and documents, each tried on a small file. */
final class DecoderChecks {
  private static final String AREA = "decoders";
  private static final String REMEDY =
      "Processes must be able to start from java.io.tmpdir: give it a folder that is not mounted"
          + " noexec, with 200 MiB free. FFmpeg of your own: set lakehouse.media.tools";

  private static final int RATE = 8_000;
  private static final int HEADER = 44;

  private final Limits limits;

  DecoderChecks(Limits limits) {
    this.limits = limits;
  }

  List<Check> all() {
    return List.of(
        Check.attempt(AREA, "sound and film", REMEDY, this::sound),
        Check.attempt(AREA, "documents", REMEDY, this::document),
        cage());
  }

  private String sound() throws Exception {
    Path folder = JvmFolder.newFolder("doctor");
    try {
      Path file = Files.write(folder.resolve("sound.wav"), wave());
      MediaFile media = MediaFile.open(file, limits.media());
      long[] samples = {0};
      Sound.mono(media, media.sound().orElseThrow(), RATE, (block, count) -> samples[0] += count);
      if (samples[0] != RATE) {
        throw new IllegalStateException("decoded %d samples of %d".formatted(samples[0], RATE));
      }
      return "FFmpeg decodes a second of sound";
    } finally {
      JvmFolder.delete(folder);
    }
  }

  /** A second of silence as RIFF WAVE, 16 bits, one channel. */
  private static byte[] wave() {
    int bytes = 2 * RATE;
    return ByteBuffer.allocate(HEADER + bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("RIFF".getBytes(StandardCharsets.US_ASCII))
        .putInt(HEADER - 8 + bytes)
        .put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
        .putInt(16)
        .putShort((short) 1)
        .putShort((short) 1)
        .putInt(RATE)
        .putInt(bytes)
        .putShort((short) 2)
        .putShort((short) 16)
        .put("data".getBytes(StandardCharsets.US_ASCII))
        .putInt(bytes)
        .array();
  }

  private String document() throws Exception {
    Path folder = JvmFolder.newFolder("doctor");
    try {
      Path file =
          Files.writeString(folder.resolve("note.rtf"), "{\\rtf1\\ansi\\pard All is well.\\par}");
      Document document = DocumentCodec.read(file, DocumentTypes.RTF, limits.documents());
      if (!document.text().contains("All is well.")) {
        throw new IllegalStateException("read '%s'".formatted(document.text()));
      }
      return "a process of its own reads a note";
    } finally {
      JvmFolder.delete(folder);
    }
  }

  private static Check cage() {
    List<String> missing = Cage.missing();
    return missing.isEmpty()
        ? Check.ok(AREA, "limits", "memory and time of FFmpeg are bounded; it ends with this JVM")
        : Check.warn(
            AREA, "limits", String.join("; ", missing), "Install util-linux 2.33 or newer");
  }
}
