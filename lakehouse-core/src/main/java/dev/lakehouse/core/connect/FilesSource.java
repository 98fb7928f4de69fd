// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.codec.CodecException.Code;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Every file below a folder, hidden ones included, wherever the folder is.
 *
 * <p>The key of a file is its path below the folder. Names may hold anything.
 */
public final class FilesSource implements Source {

  /**
   * What to list.
   *
   * @param folder a URI, or a local path
   * @param name of the source; by default the URI of the folder, links resolved
   * @param glob which relative paths; by default all
   * @param hadoopConf Hadoop settings on top of the defaults
   */
  public record Options(
      String folder,
      Optional<String> name,
      Optional<String> glob,
      Map<String, String> hadoopConf) {}

  private final String root;
  private final String name;
  private final Optional<Glob> glob;
  private final Map<String, String> hadoopConf;

  private FilesSource(
      String root, String name, Optional<Glob> glob, Map<String, String> hadoopConf) {
    this.root = root;
    this.name = name;
    this.glob = glob;
    this.hadoopConf = hadoopConf;
  }

  /**
   * Checks that the folder can be listed.
   *
   * @throws LakehouseException SOURCE_UNAVAILABLE, or CONFIG_INVALID for a bad glob
   */
  public static FilesSource open(Options options) {
    Optional<Glob> glob = options.glob().map(Glob::of);
    String root = Places.folder(options.folder(), options.hadoopConf());
    return new FilesSource(root, options.name().orElse(root), glob, options.hadoopConf());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Stream<SourceItem> items() {
    int traits = Spliterator.ORDERED | Spliterator.NONNULL;
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(walk(), traits), false)
        .map(this::item)
        .filter(item -> glob.isEmpty() || glob.get().matches(item.key()));
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
            : new Offer.File(found.uri(), root, Code.SOURCE_GONE);
    String title = key.substring(key.lastIndexOf('/') + 1);
    return new SourceItem(name, key, found.uri(), offer, Description.titled(title));
  }
}
