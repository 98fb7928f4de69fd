// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.media;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * One stream of a container, as its header describes it.
 *
 * @param index place in the container, from 0
 * @param kind audio, video, or another word of FFmpeg
 * @param codec FFmpeg's name of the coding; {@code none} if unknown
 * @param seconds that the header claims
 * @param bitRate bits a second
 * @param sampleRate samples a second of one channel; 0 where there is no sound
 * @param channels of sound; 0 where there is none
 * @param width pixels as stored, before rotation; 0 where there is no picture
 * @param height pixels as stored, before rotation
 * @param rotation degrees to turn by, clockwise: 0, 90, 180 or 270
 * @param framesPerSecond on average; 0 if unsaid
 * @param frames that the container claims to have; 0 if unsaid
 * @param tag four letters by which the container names the coding
 * @param isCover whether it is a picture that belongs to a piece of music rather than a film
 */
public record MediaStream(
    int index,
    String kind,
    String codec,
    OptionalDouble seconds,
    OptionalLong bitRate,
    int sampleRate,
    int channels,
    int width,
    int height,
    int rotation,
    double framesPerSecond,
    long frames,
    String tag,
    boolean isCover) {
  /** Of codings that a key is needed for. */
  private static final Set<String> LOCKED = Set.of("drms", "drmi", "enca", "encv");

  static MediaStream of(JsonNode stream) {
    return new MediaStream(
        stream.path("index").asInt(),
        stream.path("codec_type").asText(),
        stream.path("codec_name").asText("none"),
        seconds(stream),
        bitRate(stream),
        stream.path("sample_rate").asInt(),
        stream.path("channels").asInt(),
        stream.path("width").asInt(),
        stream.path("height").asInt(),
        rotation(stream),
        ratio(stream.path("avg_frame_rate").asText()),
        stream.path("nb_frames").asLong(),
        stream.path("codec_tag_string").asText(),
        stream.path("disposition").path("attached_pic").asInt() != 0);
  }

  /**
   * Makes sure that it can be decoded, as far as its header tells.
   *
   * @throws ItemException ENCRYPTED, UNSUPPORTED_FEATURE or CORRUPT
   */
  public MediaStream requireDecodable() throws ItemException {
    if (LOCKED.contains(tag)) {
      throw new ItemException(ItemError.ENCRYPTED, "It is locked by digital rights management");
    }
    if (codec.equals("none") || codec.equals("unknown")) {
      throw new ItemException(
          ItemError.UNSUPPORTED_FEATURE, "Nothing here decodes '%s'".formatted(tag));
    }
    boolean hasSize = kind.equals("audio") ? sampleRate > 0 && channels > 0 : width > 0;
    if (!hasSize) {
      throw new ItemException(
          ItemError.CORRUPT, "The header says nothing of rate, channels or size");
    }
    return this;
  }

  static OptionalDouble seconds(JsonNode node) {
    JsonNode seconds = node.path("duration");
    return seconds.isMissingNode() ? OptionalDouble.empty() : OptionalDouble.of(seconds.asDouble());
  }

  static OptionalLong bitRate(JsonNode node) {
    JsonNode rate = node.path("bit_rate");
    return rate.isMissingNode() ? OptionalLong.empty() : OptionalLong.of(rate.asLong());
  }

  /** FFmpeg says by how much the picture was turned, counter-clockwise. */
  private static int rotation(JsonNode stream) {
    for (JsonNode side : stream.path("side_data_list")) {
      if (side.has("rotation")) {
        return Math.floorMod(-side.path("rotation").asInt(), 360);
      }
    }
    return 0;
  }

  private static double ratio(String written) {
    String[] parts = written.split("/");
    if (parts.length != 2) {
      return 0;
    }
    double below = Double.parseDouble(parts[1]);
    return below == 0 ? 0 : Double.parseDouble(parts[0]) / below;
  }
}
