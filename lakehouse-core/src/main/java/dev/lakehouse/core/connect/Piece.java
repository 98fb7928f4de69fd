// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect;

import dev.lakehouse.core.Digests;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A member of an archive, by where its bytes stand: what a {@link SourceFile} can read without
 * looking at the other members.
 *
 * <p>As a URI {@code shard.tar#name@1024+500~1f2e3d4c}: 500 bytes from byte 1024 on. An archive
 * that is packed as a whole counts bytes unpacked: {@code shard.tgz#name@gzip:1024+500~1f2e3d4c}.
 *
 * @param file URI of the archive
 * @param name of the member, as the archive has it
 * @param packing of the archive as a whole
 * @param offset of the first byte
 * @param length in bytes
 * @param state mark of the archive in which it stands there; empty where nobody cares
 */
public record Piece(
    String file, String name, Packing packing, long offset, long length, String state) {
  private static final Pattern PLACE =
      Pattern.compile("(?:(gzip):)?(\\d{1,18})\\+(\\d{1,18})(?:~([0-9a-f]{8}))?");

  /** How an archive as a whole is packed. */
  public enum Packing {
    /** Not at all, so that any byte can be read. */
    NONE,
    /** From the beginning only. */
    GZIP
  }

  /** The piece that a URI names, if it names one. */
  public static Optional<Piece> of(String uri) {
    int hash = uri.indexOf('#');
    int at = uri.lastIndexOf('@');
    if (hash < 0 || at < hash) {
      return Optional.empty();
    }
    Matcher place = PLACE.matcher(uri.substring(at + 1));
    if (!place.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new Piece(
            uri.substring(0, hash),
            UriNames.decode(uri.substring(hash + 1, at)),
            place.group(1) == null ? Packing.NONE : Packing.GZIP,
            Long.parseLong(place.group(2)),
            Long.parseLong(place.group(3)),
            Optional.ofNullable(place.group(4)).orElse("")));
  }

  /** What marks a state of an archive. */
  public static String mark(FileState state) {
    return Digests.sha256(state.length() + " " + state.etag().orElse(state.modified()))
        .substring(0, 8);
  }

  /** The same piece in whatever state its archive is. */
  public Piece inAnyState() {
    return new Piece(file, name, packing, offset, length, "");
  }

  /** The piece as a URI. */
  public String uri() {
    return "%s#%s@%s%d+%d%s"
        .formatted(
            file,
            UriNames.encode(name),
            packing == Packing.NONE ? "" : packing.name().toLowerCase(Locale.ROOT) + ":",
            offset,
            length,
            state.isEmpty() ? "" : "~" + state);
  }
}
