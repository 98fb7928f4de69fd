// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.serve;

import java.util.Set;

/**
 * How a browser is told to take a content that nobody vouches for. What can hold a program is text,
 * or is saved and not shown.
 *
 * @param type the header Content-Type
 * @param disposition inline or attachment
 * @param policy the header Content-Security-Policy
 */
record ServedType(String type, String disposition, String policy) {
  private static final String NOTHING = "sandbox; default-src 'none'";
  private static final String BYTES = "application/octet-stream";
  private static final String PDF = "application/pdf";

  private static final Set<String> PICTURES =
      Set.of("image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp", "image/avif");

  /** The way of a media type, as the bytes say it. */
  static ServedType of(String mediaType) {
    if (PICTURES.contains(mediaType) || mediaType.matches("(audio|video)/[a-z0-9.+-]{1,60}")) {
      return new ServedType(mediaType, "inline", NOTHING);
    }
    if (mediaType.equals(PDF)) {
      // browsers show no PDF in a sandbox; their viewers are one themselves
      return new ServedType(mediaType, "inline", "default-src 'none'; frame-ancestors 'self'");
    }
    if (mediaType.startsWith("text/")) {
      return new ServedType("text/plain; charset=utf-8", "inline", NOTHING);
    }
    return new ServedType(BYTES, "attachment", NOTHING);
  }

  /**
   * With a name to save it by: what a source calls it, without what means something to a header.
   */
  String disposition(String title) {
    String name = title.replaceAll("[^A-Za-z0-9._ -]", "_").replaceAll("^[. ]+", "");
    String shortened = name.length() > 100 ? name.substring(name.length() - 100) : name;
    return "%s; filename=\"%s\""
        .formatted(disposition, shortened.isBlank() ? "content" : shortened);
  }
}
