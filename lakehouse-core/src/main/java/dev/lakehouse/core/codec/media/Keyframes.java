// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.media;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.child.Finished;
import dev.lakehouse.core.codec.media.FrameChoice.Method;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Takes pictures out of a film, decoding it once from its beginning to its end: nothing seeks, so
 * that no long group of pictures and no missing index leads astray. Times are those at which
 * pictures are shown.
 */
public final class Keyframes {
  /** Whether a picture differs so much from the one before that a shot begins, in the filter. */
  private static final String CUT = "gt(scene," + KeyframeList.CUT + ")";

  private static final String FIRST = "isnan(prev_selected_t)";

  /** Prints what is known of a picture: of all, their change; again of those that are kept. */
  private static final String PRINT = "metadata=print:file=pipe\\\\:2:direct=1";

  private Keyframes() {}

  /**
   * The pictures of a film.
   *
   * @throws ItemException if it cannot be decoded, or has no picture
   */
  public static List<Keyframe> of(MediaFile media, FrameChoice choice) throws ItemException {
    if (choice.method() == Method.NONE) {
      return List.of();
    }
    MediaStream stream = media.requireFilm();
    FrameStamps stamps = FrameStamps.ofSelected();
    KeyframeList frames = new KeyframeList(choice);
    MediaLog log = new MediaLog(stamps::accept);
    Finished<Long> decoded =
        media
            .tools()
            .convert(
                media.file(),
                media.demuxer(),
                List.of("-progress", "pipe:2", "-stats_period", "5"), // no silence in long shots
                after(stream, selected(media, choice), choice.side()))
            .run(in -> read(in, stamps, frames), log);
    if (decoded.exit() != 0) {
      throw log.refusal("The pictures cannot be decoded", decoded.complaints());
    }
    List<Keyframe> kept = frames.upTo(Math.max(stamps.end(), seconds(media, stream)));
    if (kept.isEmpty()) {
      throw new ItemException(
          ItemError.ZERO_DURATION, "No picture in it: " + String.join("; ", log.complaints()));
    }
    return kept;
  }

  private static double seconds(MediaFile media, MediaStream stream) {
    return stream.seconds().orElse(media.seconds().orElse(0));
  }

  private static List<String> after(MediaStream stream, String selected, int side) {
    return List.of(
        "-map",
        "0:" + stream.index(),
        "-vf",
        "select='gte(scene,0)',%1$s,select='%2$s',metadata=add:key=%3$s:value=1,%1$s:key=%3$s,%4$s"
            .formatted(PRINT, selected, FrameStamps.KEPT, squarePixels(side)),
        "-fps_mode",
        "passthrough",
        "-flags",
        "+bitexact",
        "-fflags",
        "+bitexact",
        "-c:v",
        "mjpeg",
        "-q:v",
        "3",
        "-f",
        "mpjpeg",
        "pipe:1");
  }

  /** As it is shown, no side longer than that, in the colours that a JPEG means. */
  private static String squarePixels(int side) {
    String factor = "min(1,%d/max(iw*sar,ih))".formatted(side);
    return ("scale=w='max(2,2*round(iw*sar*%1$s/2))':h='max(2,2*round(ih*%1$s/2))'"
            + ":flags=area:out_range=full:out_color_matrix=bt601,setsar=1,format=yuvj420p")
        .formatted(factor);
  }

  private static String selected(MediaFile media, FrameChoice choice) throws ItemException {
    String even =
        "%1$s+gt(floor(t/%2$d),floor(prev_selected_t/%2$d))"
            .formatted(FIRST, choice.everySeconds());
    return switch (choice.method()) {
      case SCENE -> scenes(choice.everySeconds());
      case AUDIO -> media.sound().isEmpty() ? even : at(LoudMoments.of(media, choice));
      default -> even;
    };
  }

  /** At each cut, once when the shot has settled, and every so often in a long one. */
  private static String scenes(int everySeconds) {
    String cut = FIRST + "+" + CUT;
    return "st(1,if(%1$s,t,ld(1)));%1$s+gte(t-prev_selected_t,%2$d)+gte(t-ld(1),%3$s)*lt(prev_selected_t,ld(1)+%3$s)"
        .formatted(cut, everySeconds, KeyframeList.SETTLED);
  }

  /** The first picture at or after each of these times. */
  private static String at(List<Double> times) {
    String passed =
        times.stream()
            .map(time -> String.format(Locale.ROOT, "gte(t,%.3f)", time))
            .collect(Collectors.joining("+"));
    return "st(2,%s);gt(ld(2),ld(3))*(1+0*st(3,ld(2)))".formatted(passed);
  }

  private static long read(InputStream in, FrameStamps stamps, KeyframeList frames)
      throws IOException, ItemException {
    JpegParts parts = new JpegParts(in);
    long count = 0;
    for (Optional<byte[]> jpeg = parts.next(); jpeg.isPresent(); jpeg = parts.next()) {
      FrameStamps.Stamp stamp =
          stamps
              .next()
              .orElseThrow(
                  () -> new ItemException(ItemError.INTERNAL, "A picture came without its time"));
      frames.add(stamp.seconds(), stamp.change(), jpeg.get());
      count++;
    }
    return count;
  }
}
