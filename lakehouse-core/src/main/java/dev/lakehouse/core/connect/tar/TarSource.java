// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.tar;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.connect.Offer;
import dev.lakehouse.core.connect.Source;
import dev.lakehouse.core.connect.SourceItem;
import dev.lakehouse.core.connect.folder.FilesSource;
import dev.lakehouse.core.connect.manifest.RowMapping;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Shards of a folder, or one shard: tars, plain or packed with gzip, as WebDataset writes them.
 *
 * <p>Keys count within their shard: members of one key are one sample wherever they stand in it,
 * and what is called alike in another shard is another sample. The key of an asset is {@code
 * path/of/shard.tar#name/of/member}. Contents are not read here but where their bytes stand.
 */
public final class TarSource implements Source {
  private static final Pattern SHARDS = Pattern.compile("(?i).*\\.(tar|tgz|tar\\.gz)");

  /**
   * What to list.
   *
   * @param path of a folder or a shard: a URI, or a local path; or one with a pattern, as {@code
   *     shards/train-{000..127}.tar}
   * @param name of the source; by default the URI of the path, links resolved
   * @param glob which relative paths; by default every tar
   * @param mapping of the fields of {@code .json} members; by default by their usual names
   * @param keyEnd where the key of a member ends
   * @param hadoopConf Hadoop settings on top of the defaults
   */
  public record Options(
      String path,
      Optional<String> name,
      Optional<String> glob,
      Optional<RowMapping> mapping,
      KeyEnd keyEnd,
      Map<String, String> hadoopConf) {}

  private final FilesSource shards;
  private final FieldRoles roles;
  private final Options options;
  private final Predicate<String> isShard;
  private final AtomicLong others = new AtomicLong();

  private TarSource(FilesSource shards, FieldRoles roles, Options options) {
    this.shards = shards;
    this.roles = roles;
    this.options = options;
    // what somebody names is a shard, whatever it is called
    boolean named = options.glob().isPresent() || ShardPattern.is(options.path());
    this.isShard = named || shards.isOneFile() ? any -> true : SHARDS.asMatchPredicate();
  }

  /**
   * Checks that the folder can be listed, or the shard be read.
   *
   * @throws LakehouseException SOURCE_UNAVAILABLE, or CONFIG_INVALID for a bad glob or mapping
   */
  public static TarSource open(Options options) {
    FieldRoles roles = FieldRoles.of(options.mapping());
    TarSource source = new TarSource(FilesSource.open(files(options)), roles, options);
    try (Stream<SourceItem> files = source.shards.items()) {
      if (files.noneMatch(file -> source.isShard.test(file.key()))) {
        throw LakehouseException.of(
            ErrorCode.SOURCE_UNAVAILABLE,
            "Cannot read source %s: expected shards (.tar, .tar.gz, .tgz), but found none. Check the"
                + " path and the pattern; nothing was done",
            options.path());
      }
    }
    return source;
  }

  private static FilesSource.Options files(Options options) {
    if (ShardPattern.is(options.path()) && options.glob().isEmpty()) {
      ShardPattern pattern = ShardPattern.of(options.path());
      return new FilesSource.Options(
          pattern.folder(), options.name(), Optional.of(pattern.glob()), options.hadoopConf());
    }
    return new FilesSource.Options(
        options.path(), options.name(), options.glob(), options.hadoopConf());
  }

  /** Whether a name is one that shards have. */
  public static boolean isShard(String name) {
    return SHARDS.matcher(name).matches();
  }

  @Override
  public String name() {
    return shards.name();
  }

  @Override
  public Map<String, String> reading() {
    Map<String, String> reading = new LinkedHashMap<>(shards.reading());
    reading.put(
        "keys end at",
        options.keyEnd() == KeyEnd.FIRST_DOT
            ? "the first dot of the last segment"
            : "the last dot");
    reading.put("fields of .json", roles.words());
    return reading;
  }

  @Override
  public boolean hasArchives() {
    return true;
  }

  @Override
  public Stream<SourceItem> items() {
    others.set(0);
    return shards.items().flatMap(this::items);
  }

  private Stream<SourceItem> items(SourceItem file) {
    if (!isShard.test(file.key())) {
      others.incrementAndGet();
      return Stream.empty();
    }
    return file.offer() instanceof Offer.File found
        ? new Shard(name(), found.uri(), file.key(), found.root())
            .items(options.keyEnd(), roles, options.hadoopConf()).stream()
        : Stream.of(file);
  }

  @Override
  public Map<String, Long> passedOver() {
    Map<String, Long> passedOver = new TreeMap<>(shards.passedOver());
    if (others.get() > 0) {
      passedOver.put("not a tar", others.get());
    }
    return passedOver;
  }
}
