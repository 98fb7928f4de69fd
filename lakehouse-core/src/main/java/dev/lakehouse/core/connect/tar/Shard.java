// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.tar;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.connect.Description;
import dev.lakehouse.core.connect.FileState;
import dev.lakehouse.core.connect.Offer;
import dev.lakehouse.core.connect.Piece;
import dev.lakehouse.core.connect.Piece.Packing;
import dev.lakehouse.core.connect.Place;
import dev.lakehouse.core.connect.SourceFile;
import dev.lakehouse.core.connect.SourceItem;
import dev.lakehouse.core.connect.Unpacking;
import dev.lakehouse.core.connect.UriNames;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One shard of a source.
 *
 * @param source name of the source
 * @param uri of the shard
 * @param path of the shard below the root, as text; the beginning of every key
 * @param root URI of the folder that the shard really lies below
 */
record Shard(String source, String uri, String path, String root) {
  private static final byte[] GZIP = {0x1f, (byte) 0x8b};

  /** Its items in the order of their places; a shard that cannot be read is one that is refused. */
  List<SourceItem> items(KeyEnd keys, FieldRoles roles, Map<String, String> hadoopConf) {
    SourceFile file = new SourceFile(uri, hadoopConf);
    try {
      Instant looked = Instant.now();
      FileState state = file.state();
      if (state.length() == 0) {
        return List.of(refused(ItemError.EMPTY, "The shard has no bytes"));
      }
      Packing packing = packing(file);
      TarListing.Found found = found(file, packing, state.length());
      List<SourceItem> items =
          new ArrayList<>(
              items(found, keys, roles, member -> piece(member, packing, state, looked)));
      found.damage().ifPresent(why -> items.add(refused(why.code(), why.message())));
      return items;
    } catch (FileNotFoundException e) {
      return List.of(refused(ItemError.SOURCE_GONE, "Vanished while the source was listed"));
    } catch (IOException e) {
      return List.of(refused(ItemError.SOURCE_UNREADABLE, "The shard cannot be read: " + e));
    }
  }

  private static Packing packing(SourceFile file) throws IOException {
    try (InputStream in = file.open()) {
      byte[] start = in.readNBytes(GZIP.length);
      return Arrays.equals(start, GZIP) ? Packing.GZIP : Packing.NONE;
    }
  }

  private TarListing.Found found(SourceFile file, Packing packing, long length) throws IOException {
    try (InputStream in = file.open();
        ShardStream bytes = stream(in, packing, length)) {
      return new TarListing(bytes, name -> Ending.of(name).tells()).read();
    }
  }

  private static ShardStream stream(InputStream in, Packing packing, long length)
      throws IOException {
    if (packing == Packing.NONE) {
      return new ShardStream(in, length);
    }
    return new ShardStream(Unpacking.of(in, length), ShardStream.UNKNOWN);
  }

  private List<SourceItem> items(
      TarListing.Found found, KeyEnd keys, FieldRoles roles, Function<TarMember, Offer> offered) {
    Map<String, List<TarMember>> samples = new LinkedHashMap<>();
    List<Sample.Taken> taken = new ArrayList<>();
    for (TarMember member : found.members()) {
      Optional<String> key = keys.key(member.name());
      if (key.isPresent()) {
        samples.computeIfAbsent(key.get(), any -> new ArrayList<>()).add(member);
      } else {
        taken.addAll(Sample.taken(List.of(member), Optional.empty(), roles, offered));
      }
    }
    samples.forEach(
        (key, members) ->
            taken.addAll(Sample.taken(members, Optional.of(path + "#" + key), roles, offered)));
    return taken.stream()
        .sorted(Comparator.comparingLong(one -> one.member().offset()))
        .map(this::item)
        .toList();
  }

  private Offer piece(TarMember member, Packing packing, FileState state, Instant looked) {
    String mark = Piece.mark(state);
    Piece piece = new Piece(uri, member.name(), packing, member.offset(), member.size(), mark);
    Optional<String> listed = state.part(member.size()).mark(looked);
    return new Offer.File(piece.uri(), root, ItemError.SOURCE_GONE, listed);
  }

  private SourceItem item(Sample.Taken taken) {
    TarMember member = taken.member();
    Place place = new Place(uri, "byte", member.offset());
    return new SourceItem(
        source,
        path + "#" + member.id(),
        uri + "#" + UriNames.encode(member.name()),
        taken.offer(),
        taken.description(),
        place);
  }

  /** The shard itself where it, or the rest of it, cannot be read. */
  private SourceItem refused(ItemError code, String why) {
    return new SourceItem(
        source,
        path,
        uri,
        new Offer.Refused(code, why),
        Description.none(),
        new Place(uri, "byte", Long.MAX_VALUE));
  }
}
