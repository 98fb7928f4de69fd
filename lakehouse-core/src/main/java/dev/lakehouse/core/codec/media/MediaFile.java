// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.media;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.child.Finished;
import dev.lakehouse.core.child.MediaTools;
import dev.lakehouse.core.codec.MediaTypes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A file of sound or moving pictures, with what its header says.
 *
 * @param file on this machine
 * @param mediaType by its first bytes
 * @param demuxer FFmpeg's name of what reads its container
 * @param streams in the order in which it has them
 * @param seconds that the container claims to last
 * @param bitRate of all streams together
 * @param tools that read it
 */
public record MediaFile(
    Path file,
    String mediaType,
    String demuxer,
    List<MediaStream> streams,
    OptionalDouble seconds,
    OptionalLong bitRate,
    MediaTools tools) {
  private static final int MAX_HEADER = 8 << 20;
  private static final List<String> EVERYTHING =
      List.of("-of", "json", "-show_streams", "-show_format");

  /**
   * Reads the header of a file.
   *
   * @throws ItemException UNSUPPORTED_FORMAT if it is none that is known, CORRUPT or TRUNCATED if
   *     it cannot be read, or as {@link dev.lakehouse.core.child.Command#run} says
   */
  public static MediaFile open(Path file, MediaTools tools) throws ItemException, IOException {
    String type = mediaType(file);
    String demuxer =
        Demuxers.of(type)
            .orElseThrow(
                () ->
                    new ItemException(ItemError.UNSUPPORTED_FORMAT, "Nothing here reads " + type));
    MediaLog log = new MediaLog();
    Finished<byte[]> probed =
        tools.probe(file, demuxer, EVERYTHING).run(in -> in.readNBytes(MAX_HEADER), log);
    if (probed.exit() != 0) {
      throw log.refusal("The header cannot be read", probed.complaints());
    }
    JsonNode header = parse(probed.value());
    JsonNode format = header.path("format");
    List<MediaStream> streams = new ArrayList<>();
    header.path("streams").forEach(stream -> streams.add(MediaStream.of(stream)));
    return new MediaFile(
        file,
        type,
        demuxer,
        List.copyOf(streams),
        MediaStream.seconds(format),
        MediaStream.bitRate(format),
        tools);
  }

  private static String mediaType(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return MediaTypes.detect(in.readNBytes(MediaTypes.HEAD_BYTES), "").mediaType();
    }
  }

  private static JsonNode parse(byte[] json) throws ItemException {
    try {
      return Json.mapper().readTree(new String(json, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new ItemException(ItemError.CORRUPT, "Its header is said in no JSON", e);
    }
  }

  /** The first stream of sound. */
  public Optional<MediaStream> sound() {
    return streams.stream().filter(stream -> stream.kind().equals("audio")).findFirst();
  }

  /** The first stream of moving pictures. */
  public Optional<MediaStream> film() {
    return streams.stream()
        .filter(stream -> stream.kind().equals("video") && !stream.isCover())
        .findFirst();
  }

  /**
   * The first stream of sound, to be decoded.
   *
   * @throws ItemException NO_AUDIO_STREAM, or as {@link MediaStream#requireDecodable} says
   */
  public MediaStream requireSound() throws ItemException {
    return sound()
        .orElseThrow(
            () -> new ItemException(ItemError.NO_AUDIO_STREAM, "The file has no stream of sound"))
        .requireDecodable();
  }

  /**
   * The first stream of moving pictures, to be decoded.
   *
   * @throws ItemException NO_VIDEO_STREAM, or as {@link MediaStream#requireDecodable} says
   */
  public MediaStream requireFilm() throws ItemException {
    return film()
        .orElseThrow(
            () ->
                new ItemException(ItemError.NO_VIDEO_STREAM, "The file has no stream of pictures"))
        .requireDecodable();
  }

  /** Bytes that its header promises and that are not there, as far as its container tells. */
  public long missingBytes() throws IOException {
    return demuxer.equals("wav") ? WaveClaim.missing(file) : 0;
  }

  /** The subtype of the media type, without x-. */
  public String format() {
    String subtype = mediaType.substring(mediaType.indexOf('/') + 1).toLowerCase(Locale.ROOT);
    return subtype.startsWith("x-") ? subtype.substring(2) : subtype;
  }
}
