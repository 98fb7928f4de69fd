// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.media;

import java.util.Map;
import java.util.Optional;

/**
 * Which of FFmpeg's readers takes which media type. What is not here is not given to it: playlists,
 * scripts and lists of files among them, which name other files.
 */
final class Demuxers {
  private static final Map<String, String> BY_TYPE =
      Map.ofEntries(
          Map.entry("audio/vnd.wave", "wav"),
          Map.entry("audio/x-aiff", "aiff"),
          Map.entry("audio/basic", "au"),
          Map.entry("audio/x-caf", "caf"),
          Map.entry("audio/mpeg", "mp3"),
          Map.entry("audio/x-flac", "flac"),
          Map.entry("audio/mp4", "mov"),
          Map.entry("audio/x-aac", "aac"),
          Map.entry("audio/ac3", "ac3"),
          Map.entry("audio/amr", "amr"),
          Map.entry("audio/vorbis", "ogg"),
          Map.entry("audio/opus", "ogg"),
          Map.entry("audio/speex", "ogg"),
          Map.entry("audio/x-oggflac", "ogg"),
          Map.entry("audio/ogg", "ogg"),
          Map.entry("audio/webm", "matroska"),
          Map.entry("audio/x-matroska", "matroska"),
          Map.entry("audio/x-ms-wma", "asf"),
          Map.entry("video/mp4", "mov"),
          Map.entry("video/x-m4v", "mov"),
          Map.entry("video/quicktime", "mov"),
          Map.entry("video/3gpp", "mov"),
          Map.entry("video/3gpp2", "mov"),
          Map.entry("video/webm", "matroska"),
          Map.entry("video/x-matroska", "matroska"),
          Map.entry("video/ogg", "ogg"),
          Map.entry("video/theora", "ogg"),
          Map.entry("video/x-msvideo", "avi"),
          Map.entry("video/x-flv", "flv"),
          Map.entry("video/x-ms-wmv", "asf"),
          Map.entry("video/x-ms-asf", "asf"),
          Map.entry("video/mpeg", "mpeg"),
          Map.entry("video/mp2t", "mpegts"));

  private Demuxers() {}

  /** The name of the reader of a media type. */
  static Optional<String> of(String mediaType) {
    return Optional.ofNullable(BY_TYPE.get(mediaType));
  }
}
