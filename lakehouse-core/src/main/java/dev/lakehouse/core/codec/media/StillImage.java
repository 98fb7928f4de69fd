// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.media;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.child.Finished;
import dev.lakehouse.core.child.MediaTools;
import dev.lakehouse.core.codec.Limits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * A picture of a format that FFmpeg decodes, in a process of its own.
 *
 * @param width pixels as stored
 * @param height pixels as stored
 * @param layout FFmpeg's name of how its pixels lie: {@code yuv420p10le}
 * @param rgba red, green, blue and opacity of each, row by row; not copied
 */
@SuppressWarnings("ArrayRecordComponent")
public record StillImage(int width, int height, String layout, byte[] rgba) {
  private static final int MAX_HEADER = 1 << 20;
  private static final int PIXEL = 4;
  private static final int MAX_STREAMS = 100_000;
  private static final List<String> HEADER = List.of("-of", "json", "-show_streams");
  private static final List<String> PIXELS =
      List.of("-map", "0:v:0", "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "rgba", "pipe:1");

  /** Bits of a sample, where they are more than eight. */
  private static final Pattern DEPTH =
      Pattern.compile("(?:p|gray|gbrap?|[xr]gba?|ya)(\\d+)(?:le|be)");

  /**
   * Decodes the largest picture of a file.
   *
   * @param demuxer FFmpeg's name of what reads it
   * @throws ItemException PIXEL_LIMIT, CORRUPT or TRUNCATED if it cannot be decoded to its end, or
   *     as {@link dev.lakehouse.core.child.Command#run} says
   */
  public static StillImage decode(Path file, String demuxer, Limits limits) throws ItemException {
    JsonNode stream = largest(file, demuxer, limits.media());
    int width = stream.path("width").asInt();
    int height = stream.path("height").asInt();
    limits.requireArea(width, height);
    MediaLog log = new MediaLog();
    int expected = Math.toIntExact((long) PIXEL * width * height);
    Finished<byte[]> decoded =
        limits
            .media()
            .convert(file, demuxer, List.of("-noautorotate"), pixels(stream))
            .run(in -> in.readNBytes(expected), log);
    if (decoded.exit() != 0 || decoded.value().length < expected || !log.complaints().isEmpty()) {
      throw log.refusal("The picture cannot be decoded", decoded.complaints());
    }
    return new StillImage(width, height, stream.path("pix_fmt").asText(), decoded.value());
  }

  private static List<String> pixels(JsonNode stream) {
    List<String> words = new ArrayList<>(List.of("-map", "0:" + stream.path("index").asInt()));
    words.addAll(PIXELS);
    return words;
  }

  private static JsonNode largest(Path file, String demuxer, MediaTools tools)
      throws ItemException {
    MediaLog log = new MediaLog();
    Finished<byte[]> probed =
        tools.probe(file, demuxer, HEADER).run(in -> in.readNBytes(MAX_HEADER), log);
    if (probed.exit() != 0) {
      throw log.refusal("The header cannot be read", probed.complaints());
    }
    try {
      JsonNode streams = Json.mapper().readTree(new String(probed.value(), StandardCharsets.UTF_8));
      return StreamSupport.stream(streams.path("streams").spliterator(), false)
          .filter(stream -> stream.path("codec_type").asText().equals("video"))
          .max(Comparator.comparingLong(StillImage::rank))
          .orElseThrow(() -> new ItemException(ItemError.CORRUPT, "There is no picture in it"));
    } catch (JsonProcessingException e) {
      throw new ItemException(ItemError.CORRUPT, "Its header is said in no JSON", e);
    }
  }

  /** More pixels first, then more colours; of equals the first. */
  private static long rank(JsonNode stream) {
    long area = stream.path("width").asLong() * stream.path("height").asLong();
    int colours = stream.path("pix_fmt").asText().equals("pal8") ? 0 : 1;
    return (2 * area + colours) * MAX_STREAMS - stream.path("index").asInt();
  }

  /** Bits of a sample. */
  public int bitDepth() {
    Matcher depth = DEPTH.matcher(layout);
    OptionalInt more =
        depth.find() ? OptionalInt.of(Integer.parseInt(depth.group(1))) : OptionalInt.empty();
    return more.orElse(8);
  }

  /** Samples of a pixel, opacity included; 1 for palettes. */
  public int channels() {
    if (layout.startsWith("ya")) {
      return 2;
    }
    if (layout.startsWith("gray") || layout.startsWith("mono") || layout.equals("pal8")) {
      return 1;
    }
    return layout.contains("a") && !layout.startsWith("gray") ? 4 : 3;
  }
}
