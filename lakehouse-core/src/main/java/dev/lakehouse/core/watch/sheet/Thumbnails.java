// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.sheet;

import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.picture.Thumbnail;
import java.util.Base64;
import java.util.Optional;

/** Pictures made small enough to lie inside a page, as many as its size allows. */
final class Thumbnails {
  static final int SIDE = 176;

  private final Limits limits;
  private long room;

  /**
   * @param limits on what is decoded
   * @param bytes that all of them may take
   */
  Thumbnails(Limits limits, long bytes) {
    this.limits = limits;
    this.room = bytes;
  }

  /**
   * A picture as a {@code data:} URI; empty where no room is left for it.
   *
   * @throws ItemException if it cannot be decoded
   */
  Optional<String> of(byte[] bytes) throws ItemException {
    if (room <= 0) {
      return Optional.empty();
    }
    byte[] jpeg = Thumbnail.jpeg(bytes, limits, SIDE);
    room -= jpeg.length;
    return Optional.of("data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg));
  }
}
