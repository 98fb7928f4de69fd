// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Map;
import java.util.Optional;

/**
 * Containers that hold sound, film or both: which of them one is, as far as its first bytes say so.
 *
 * <p>Whether there is film in it may be said at its very end only. Where the first bytes leave that
 * open, a name may settle it, and to no more than that is a name listened to.
 */
final class Containers {
  private static final String ISO = "iso";
  private static final String MATROSKA = "matroska";
  private static final String OGG = "ogg";
  private static final String ASF = "asf";

  private static final Map<String, String> OF_TYPE =
      Map.ofEntries(
          Map.entry("video/mp4", ISO),
          Map.entry("video/x-m4v", ISO),
          Map.entry("video/quicktime", ISO),
          Map.entry("video/3gpp", ISO),
          Map.entry("video/3gpp2", ISO),
          Map.entry("audio/mp4", ISO),
          Map.entry("audio/3gpp", ISO),
          Map.entry("application/mp4", ISO),
          Map.entry("application/x-matroska", MATROSKA),
          Map.entry("video/x-matroska", MATROSKA),
          Map.entry("audio/x-matroska", MATROSKA),
          Map.entry("video/webm", MATROSKA),
          Map.entry("audio/webm", MATROSKA),
          Map.entry("application/ogg", OGG),
          Map.entry("audio/ogg", OGG),
          Map.entry("audio/vorbis", OGG),
          Map.entry("audio/opus", OGG),
          Map.entry("audio/speex", OGG),
          Map.entry("video/ogg", OGG),
          Map.entry("video/theora", OGG),
          Map.entry("video/x-ms-asf", ASF),
          Map.entry("video/x-ms-wmv", ASF),
          Map.entry("audio/x-ms-wma", ASF));

  private Containers() {}

  /** Whether a name may promise one of these where the bytes are the other. */
  static boolean same(String type, String other) {
    String container = OF_TYPE.get(type);
    return container != null && container.equals(OF_TYPE.get(other));
  }

  /**
   * What a container is, more exactly.
   *
   * @param type what its first bytes were taken for
   * @param head those bytes
   * @param nameType what its name says
   */
  static String refine(String type, byte[] head, Optional<String> nameType) {
    String container = OF_TYPE.get(type);
    if (container == null) {
      return type;
    }
    boolean namedSound = nameType.filter(name -> name.startsWith("audio/")).isPresent();
    return switch (container) {
      case ISO -> iso(type, head, namedSound);
      case MATROSKA -> matroska(head);
      case OGG -> type.equals("application/ogg") ? "audio/ogg" : type;
      default ->
          namedSound ? "audio/x-ms-wma" : type.startsWith("audio/") ? type : "video/x-ms-wmv";
    };
  }

  /** By the brand behind {@code ftyp}, and by the kinds of its tracks where they stand in front. */
  private static String iso(String type, byte[] head, boolean namedSound) {
    if (!has(head, 4, "ftyp")) {
      return type;
    }
    String brand = at(head, 8, 4);
    if (brand.startsWith("M4A") || brand.startsWith("M4B") || brand.startsWith("F4A")) {
      return "audio/mp4";
    }
    if (namedSound && !text(head).contains("vide")) {
      return "audio/mp4";
    }
    if (brand.equals("qt  ")) {
      return "video/quicktime";
    }
    return brand.startsWith("3g") ? "video/3gpp" : "video/mp4";
  }

  /** Tracks stand in front of everything; each names its coding: V_VP9, A_OPUS. */
  private static String matroska(byte[] head) {
    String text = text(head);
    String kind = !text.contains("V_") && text.contains("A_") ? "audio/" : "video/";
    return kind + (at(head, 0, 64).contains("webm") ? "webm" : "x-matroska");
  }

  private static boolean has(byte[] head, int from, String mark) {
    return at(head, from, mark.length()).equals(mark);
  }

  private static String at(byte[] head, int from, int length) {
    return from >= head.length
        ? ""
        : new String(head, from, Math.min(length, head.length - from), ISO_8859_1);
  }

  private static String text(byte[] head) {
    return new String(head, ISO_8859_1);
  }
}
