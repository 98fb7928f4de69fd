// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.derive;

import java.util.Optional;

/**
 * A file in a document, which becomes an asset of its own: a picture, an attachment.
 *
 * @param segment its place in the content, which names it: {@code enclosed/2}
 * @param name what it is called there; may be empty, and is data, never a path
 * @param part number of the page, slide or sheet that it stands in; 0 where that is not known
 * @param size bytes
 * @param bytes empty where it is beyond the limits
 */
public record Enclosure(String segment, String name, int part, long size, Optional<byte[]> bytes)
    implements Piece {
  /** What stands before the number of one, which counts from 1. */
  public static final String PLACE = "enclosed/";
}
