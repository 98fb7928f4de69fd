// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.media;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.child.Finished;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Decodes the moving pictures of a file. */
public final class Film {
  /** Of the reduced pictures. */
  public static final int WIDTH = 64;

  /** Of the reduced pictures. */
  public static final int HEIGHT = 48;

  /** Before anything else, so that the change is that of whole pictures. */
  private static final String FILTER =
      "select='gte(scene,0)',metadata=print:file=pipe\\\\:2:direct=1,scale=%d:%d:flags=fast_bilinear,format=gray"
          .formatted(WIDTH, HEIGHT);

  private Film() {}

  /** Takes pictures one by one. */
  @FunctionalInterface
  public interface Sink {
    void accept(FrameFigures frame) throws ItemException;
  }

  /**
   * Decodes every picture once.
   *
   * @param sink is given each in the order of their times
   * @return what the decoder complained of, each once
   * @throws ItemException if it cannot be decoded to its end
   */
  public static List<String> measure(MediaFile media, MediaStream stream, Sink sink)
      throws ItemException {
    FrameStamps stamps = FrameStamps.ofAll();
    MediaLog log = new MediaLog(stamps::accept);
    List<String> after =
        List.of(
            "-map",
            "0:" + stream.index(),
            "-vf",
            FILTER,
            "-fps_mode",
            "passthrough",
            "-c:v",
            "rawvideo",
            "-f",
            "rawvideo",
            "pipe:1");
    Finished<Long> decoded =
        media
            .tools()
            .convert(media.file(), media.demuxer(), List.of(), after)
            .run(in -> read(in, stamps, sink), log);
    if (decoded.exit() != 0) {
      throw log.refusal("The pictures cannot be decoded", decoded.complaints());
    }
    return log.complaints();
  }

  private static long read(InputStream in, FrameStamps stamps, Sink sink)
      throws IOException, ItemException {
    byte[] picture = new byte[WIDTH * HEIGHT];
    long frames = 0;
    while (in.readNBytes(picture, 0, picture.length) == picture.length) {
      FrameStamps.Stamp stamp =
          stamps
              .next()
              .orElseThrow(
                  () -> new ItemException(ItemError.INTERNAL, "A picture came without its time"));
      sink.accept(new FrameFigures(stamp.seconds(), stamp.change(), picture));
      frames++;
    }
    return frames;
  }
}
