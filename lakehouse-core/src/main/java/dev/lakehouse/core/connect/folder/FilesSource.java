// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.folder;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.connect.Description;
import dev.lakehouse.core.connect.HadoopFileSystems;
import dev.lakehouse.core.connect.Offer;
import dev.lakehouse.core.connect.Places;
import dev.lakehouse.core.connect.Source;
import dev.lakehouse.core.connect.SourceItem;
import dev.lakehouse.core.connect.UriNames;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Every file below a folder, hidden ones included, wherever the folder is; or one file.
 *
 * <p>The key of a file is its path below the folder. Names may hold anything. Lakes, version
 * control and what systems leave behind are passed over and counted; a file that is named itself is
 * taken whatever it is called.
 */
public final class FilesSource implements Source {

  /**
   * What to list.
   *
   * @param path of a folder or a file: a URI, or a local path
   * @param name of the source; by default the URI of the path, links resolved
   * @param glob which relative paths; by default all
   * @param hadoopConf Hadoop settings on top of the defaults
   */
  public record Options(
      String path, Optional<String> name, Optional<String> glob, Map<String, String> hadoopConf) {}

  private final String root;
  private final Optional<String> only;
  private final String name;
  private final Optional<Glob> glob;
  private final Map<String, String> hadoopConf;
  private Optional<TreeWalk<?>> walk = Optional.empty();

  private FilesSource(String root, Optional<String> only, Optional<Glob> glob, Options options) {
    this.root = root;
    this.only = only;
    this.name = options.name().orElse(only.orElse(root));
    this.glob = glob;
    this.hadoopConf = options.hadoopConf();
  }

  /**
   * Checks that the folder can be listed, or the file be read.
   *
   * @throws LakehouseException SOURCE_UNAVAILABLE, or CONFIG_INVALID for a bad glob
   */
  public static FilesSource open(Options options) {
    Optional<Glob> glob = options.glob().map(Glob::of);
    try {
      String folder = Places.folder(options.path(), options.hadoopConf());
      return new FilesSource(folder, Optional.empty(), glob, options);
    } catch (LakehouseException noFolder) {
      String file = fileOr(noFolder, options);
      return new FilesSource(Places.parent(file), Optional.of(file), glob, options);
    }
  }

  /** The URI of the file that a path names, where it is no folder. */
  private static String fileOr(LakehouseException noFolder, Options options) {
    try {
      return Places.file(options.path(), options.hadoopConf());
    } catch (LakehouseException noFile) {
      throw noFolder;
    }
  }

  @Override
  public String name() {
    return name;
  }

  /** Whether one file was named, and not a folder of them. */
  public boolean isOneFile() {
    return only.isPresent();
  }

  @Override
  public Map<String, String> reading() {
    return Map.of("folder", root);
  }

  @Override
  public Stream<SourceItem> items() {
    return (only.isPresent() ? only.map(TreeWalk.Found::file).stream() : below())
        .map(this::item)
        .filter(item -> glob.isEmpty() || glob.get().matches(item.key()));
  }

  private Stream<TreeWalk.Found> below() {
    TreeWalk<?> begun = walk();
    walk = Optional.of(begun);
    int traits = Spliterator.ORDERED | Spliterator.NONNULL;
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(begun, traits), false);
  }

  @Override
  public Map<String, Long> passedOver() {
    return walk.map(TreeWalk::passedOver).orElse(Map.of());
  }

  private TreeWalk<?> walk() {
    try {
      return HadoopFileSystems.isLocal(root)
          ? new LocalTree(root)
          : new HadoopTree(root, hadoopConf);
    } catch (IOException e) {
      throw LakehouseException.because(
          e, ErrorCode.SOURCE_UNAVAILABLE, "Cannot list source %s: %s", root, e);
    }
  }

  private SourceItem item(TreeWalk.Found found) {
    String key = UriNames.decode(found.uri().substring(root.length() + 1));
    Offer offer =
        found.refused().isPresent()
            ? found.refused().get()
            : new Offer.File(found.uri(), root, ItemError.SOURCE_GONE, found.mark());
    String title = key.substring(key.lastIndexOf('/') + 1);
    return new SourceItem(name, key, found.uri(), offer, Description.titled(title));
  }
}
