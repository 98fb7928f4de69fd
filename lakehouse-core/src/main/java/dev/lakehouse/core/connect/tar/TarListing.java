// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.tar;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.connect.Offer;
import dev.lakehouse.core.connect.Unpacking;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * What a shard has in it: reads the headers one after the other and of the contents only texts that
 * say something about other members. Contents are passed over.
 */
final class TarListing {
  static final int MAX_MEMBERS = 1_000_000;

  /** Of one text that says something about a member; a longer one is a member like any other. */
  static final long MAX_TEXT = 1 << 20;

  /** Of all such texts of a shard, since they are held in memory. */
  static final long MAX_TEXTS = 128L << 20;

  /** A name, the extended headers of one member, a map of holes. */
  private static final long MAX_HEADER = 1 << 20;

  private static final int RECORD = 512;

  /** What tars are filled up to with zeros, as most programs write them. */
  private static final int BLOCK = 20 * RECORD;

  private final ShardStream bytes;
  private final TarArchiveInputStream tar;
  private final Predicate<String> tells;
  private final List<TarMember> members = new ArrayList<>();
  private final Map<String, Long> places = new HashMap<>();
  private long texts;

  /**
   * A listing at the beginning of a shard.
   *
   * @param tells whether a member of that name says something about others
   */
  TarListing(ShardStream bytes, Predicate<String> tells) {
    this.bytes = bytes;
    this.tar = new TarArchiveInputStream(bytes, RECORD, RECORD, "UTF-8", true);
    this.tells = tells;
  }

  /**
   * What there is.
   *
   * @param members in their order
   * @param damage why there may be more that cannot be found
   */
  record Found(List<TarMember> members, Optional<Offer.Refused> damage) {}

  /** Reads to the end, or to where nothing can be found any more. */
  Found read() {
    try {
      Optional<TarArchiveEntry> entry = next();
      while (entry.isPresent()) {
        if (members.size() >= MAX_MEMBERS) {
          return found(
              ItemError.EXPANSION_LIMIT,
              "More than %d members; what follows was not read. Split the shard"
                  .formatted(MAX_MEMBERS));
        }
        take(entry.get());
        entry = next();
      }
      return atTheEnd();
    } catch (EndedException e) {
      return new Found(members, Optional.empty()); // stands under the last member
    } catch (IOException | RuntimeException e) { // a header may hold anything
      return damaged(e);
    }
  }

  /** Reading stops at the mark of the end, or at the end of the file where there is no mark. */
  private Found atTheEnd() throws IOException {
    if (bytes.position() % RECORD != 0) {
      return found(ItemError.TRUNCATED, "The shard ends within a header; it was cut");
    }
    bytes.allow(BLOCK);
    long end = bytes.position();
    for (byte one : bytes.readNBytes(BLOCK)) {
      if (one != 0) {
        return found(
            ItemError.UNSUPPORTED_FEATURE,
            "More follows the mark of the end, at byte %d, and was not read; pack it as one tar"
                .formatted(end));
      }
    }
    return new Found(members, Optional.empty());
  }

  private Optional<TarArchiveEntry> next() throws IOException {
    requireAllOfTheLast();
    bytes.allow(MAX_HEADER);
    Optional<TarArchiveEntry> entry = Optional.ofNullable(tar.getNextTarEntry());
    if (entry.isPresent() && !entry.get().isCheckSumOK()) {
      throw new IOException("the checksum of a header is wrong");
    }
    return entry;
  }

  private void take(TarArchiveEntry entry) throws IOException {
    if (entry.isDirectory()) {
      return;
    }
    long offset = bytes.position();
    String name = entry.getName().replaceFirst("^(?:\\./+)+", "");
    Optional<Long> first = Optional.ofNullable(places.putIfAbsent(name, offset));
    TarMember found =
        new TarMember(name, name, offset, entry.getSize(), Optional.empty(), refusal(entry, name));
    TarMember member = first.map(found::twinOf).orElse(found);
    members.add(member);
    if (member.refused().isEmpty() && tells.test(name) && member.size() <= MAX_TEXT) {
      members.set(members.size() - 1, withText(member));
    }
  }

  private TarMember withText(TarMember member) throws IOException {
    texts += member.size();
    if (texts > MAX_TEXTS) {
      return member.refused(
          new Offer.Refused(
              ItemError.TEXT_LIMIT,
              "The texts of this shard have more than %d bytes together; split the shard"
                  .formatted(MAX_TEXTS)));
    }
    bytes.allow(member.size());
    byte[] text = tar.readNBytes((int) member.size());
    return member.holding(text);
  }

  private static Optional<Offer.Refused> refusal(TarArchiveEntry entry, String name) {
    if (entry.isLink() || entry.isSymbolicLink()) {
      return refused(
          ItemError.PATH_REFUSED,
          "A link to '%s'; links in a shard are not followed".formatted(entry.getLinkName()));
    }
    if (entry.isBlockDevice() || entry.isCharacterDevice() || entry.isFIFO()) {
      return refused(ItemError.SOURCE_UNREADABLE, "Neither a file nor a folder");
    }
    if (entry.isSparse()) {
      return refused(
          ItemError.UNSUPPORTED_FEATURE, "Stored with holes (sparse); pack it as a plain file");
    }
    if (name.startsWith("/") || Arrays.asList(name.split("/")).contains("..")) {
      return refused(
          ItemError.PATH_REFUSED, "The name is absolute or leads out of the shard; rename it");
    }
    return name.isEmpty() || name.endsWith("/")
        ? refused(ItemError.MALFORMED_ROW, "A member without a name")
        : Optional.empty();
  }

  private static Optional<Offer.Refused> refused(ItemError code, String why) {
    return Optional.of(new Offer.Refused(code, why));
  }

  /** A shard that ends within a member ends the listing; the member is marked. */
  private void requireAllOfTheLast() throws IOException {
    if (members.isEmpty()) {
      return;
    }
    TarMember last = members.get(members.size() - 1);
    if (bytes.endsBefore(last.offset() + last.size())) {
      cutLast();
      throw new EndedException();
    }
  }

  private void cutLast() {
    TarMember last = members.get(members.size() - 1);
    members.set(
        members.size() - 1,
        last.refused(
            new Offer.Refused(
                ItemError.TRUNCATED,
                "The shard ends before the %d bytes that its header claims are there"
                    .formatted(last.size()))));
  }

  private Found damaged(Exception e) {
    boolean within =
        !members.isEmpty()
            && bytes.position() < members.get(members.size() - 1).offset() + lastSize();
    if (within && e instanceof IOException && !(e instanceof Unpacking.BombException)) {
      cutLast();
      return new Found(members, Optional.empty());
    }
    if (e instanceof Unpacking.BombException) {
      return found(ItemError.EXPANSION_LIMIT, e.getMessage() + "; the rest was not read");
    }
    return found(
        bytes.position() % RECORD == 0 ? ItemError.CORRUPT : ItemError.TRUNCATED,
        "No member can be found from about byte %d on: %s. What stands before it was taken"
            .formatted(bytes.position(), e.getMessage()));
  }

  private long lastSize() {
    return members.get(members.size() - 1).size();
  }

  private Found found(ItemError code, String why) {
    return new Found(members, Optional.of(new Offer.Refused(code, why)));
  }

  /** The shard ended within a member. */
  private static final class EndedException extends IOException {
    private static final long serialVersionUID = 1L;
  }
}
