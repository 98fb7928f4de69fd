// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.media;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.child.Finished;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Decodes the sound of a file. */
public final class Sound {
  private static final int BLOCK = 1 << 16;

  /** Gaps between time stamps become silence, so that places stay true. */
  private static final String IN_TIME = "aresample=async=1";

  private Sound() {}

  /** Takes sound block by block. */
  @FunctionalInterface
  public interface Sink {
    /**
     * A block.
     *
     * @param samples of all channels in turn, full scale is -1 to 1; reused for the next block
     * @param count how many of them count
     */
    void accept(float[] samples, int count) throws ItemException;
  }

  /**
   * Decodes a stream once, at its own rate and with all its channels, while its loudness is taken.
   *
   * @param sink is given every sample
   * @throws ItemException if it cannot be decoded to its end
   */
  public static SoundReport measure(MediaFile media, MediaStream stream, Sink sink)
      throws ItemException {
    LoudnessSummary loudness = new LoudnessSummary();
    List<String> complaints =
        decode(
            media,
            loudness::accept,
            sink,
            List.of(
                "-filter_complex",
                "[0:%d]%s,asplit=2[a][b];[a]ebur128=peak=true:framelog=quiet[x]"
                    .formatted(stream.index(), IN_TIME),
                "-map",
                "[x]",
                "-f",
                "null",
                "-",
                "-map",
                "[b]"));
    return loudness.report(complaints);
  }

  /**
   * Decodes a stream at another rate, all channels mixed to one, by FFmpeg's resampler.
   *
   * @param rate samples a second
   * @param sink is given every sample
   * @throws ItemException if it cannot be decoded to its end
   */
  public static void mono(MediaFile media, MediaStream stream, int rate, Sink sink)
      throws ItemException {
    List<String> unused =
        decode(
            media,
            line -> {},
            sink,
            List.of(
                "-map",
                "0:" + stream.index(),
                "-af",
                IN_TIME,
                "-ac",
                "1",
                "-ar",
                String.valueOf(rate)));
  }

  private static List<String> decode(
      MediaFile media, Consumer<String> figures, Sink sink, List<String> what)
      throws ItemException {
    List<String> after = new ArrayList<>(what);
    after.addAll(List.of("-c:a", "pcm_f32le", "-f", "f32le", "pipe:1"));
    MediaLog log = new MediaLog(figures);
    Finished<Long> decoded =
        media
            .tools()
            .convert(media.file(), media.demuxer(), List.of("-v", "level+info"), after)
            .run(in -> read(in, sink), log);
    if (decoded.exit() != 0) {
      throw log.refusal("The sound cannot be decoded", decoded.complaints());
    }
    return log.complaints();
  }

  private static long read(InputStream in, Sink sink) throws IOException, ItemException {
    byte[] bytes = new byte[BLOCK];
    float[] samples = new float[BLOCK / Float.BYTES];
    long all = 0;
    int count;
    while ((count = in.readNBytes(bytes, 0, BLOCK)) > 0) {
      int read = count / Float.BYTES;
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(samples, 0, read);
      requireNumbers(samples, read);
      sink.accept(samples, read);
      all += read;
    }
    return all;
  }

  private static void requireNumbers(float[] samples, int count) throws ItemException {
    for (int i = 0; i < count; i++) {
      if (!Float.isFinite(samples[i])) {
        throw new ItemException(ItemError.CORRUPT, "Samples that are no numbers");
      }
    }
  }
}
