// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.tar;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.connect.Offer;
import java.util.Optional;

/**
 * A member of a shard that is no folder.
 *
 * @param name as the shard has it, without {@code ./} at its beginning
 * @param id the name, and of a name's second member its place as well
 * @param offset of its first byte in the unpacked shard
 * @param size in bytes
 * @param text its bytes where they say something about other members, so that they were read
 * @param refused why it cannot be taken
 */
record TarMember(
    String name,
    String id,
    long offset,
    long size,
    Optional<byte[]> text,
    Optional<Offer.Refused> refused) {

  /** The same, refused. */
  TarMember refused(Offer.Refused why) {
    return new TarMember(name, id, offset, size, Optional.empty(), Optional.of(why));
  }

  /** A second member of its name, refused since the first one counts. */
  TarMember twinOf(long first) {
    Offer.Refused why =
        refused.orElse(
            new Offer.Refused(
                ItemError.MALFORMED_ROW,
                "A member of this name stands at byte %d already; the first one counts"
                    .formatted(first)));
    return new TarMember(
        name, name + "@" + offset, offset, size, Optional.empty(), Optional.of(why));
  }

  /** The same with its bytes. */
  TarMember holding(byte[] bytes) {
    return new TarMember(name, id, offset, size, Optional.of(bytes), refused);
  }
}
