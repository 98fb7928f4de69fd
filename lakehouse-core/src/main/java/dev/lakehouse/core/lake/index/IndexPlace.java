// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.index;

import static java.util.Objects.requireNonNull;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.lake.LakeLayout;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;
import org.lance.io.StorageOptionsProvider;

/**
 * Where one index is, in the words of Lance: a URI that its native library can write to, and the
 * access that it needs there. Plain values; may hold secrets, so its text shows none.
 */
public final class IndexPlace implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int ENCODER_DIGITS = 8;

  /**
   * Rows of other columns are another dataset: Lance adds to none what does not look like it. The
   * first, without words, had no number.
   */
  private static final String SHAPE = "-2";

  private final String uri;
  private final HashMap<String, String> storage;
  private final @Nullable StorageOptionsProvider renewed;
  private final Duration patience;

  private IndexPlace(
      String uri,
      Map<String, String> storage,
      Optional<StorageOptionsProvider> renewed,
      Duration patience) {
    this.uri = requireNonNull(uri, "uri is null");
    this.storage = new HashMap<>(storage);
    this.renewed = renewed.orElse(null);
    this.patience = requireNonNull(patience, "patience is null");
  }

  /** Path of an index below the index root: one dataset for each family and encoder. */
  public static String path(String family, String encoder) {
    return family + "/" + encoder.substring(0, ENCODER_DIGITS) + SHAPE + ".lance";
  }

  /**
   * The place of an index.
   *
   * @param path below the index root, as {@link #path} gives it and a release names it
   * @throws LakehouseException if Lance cannot write to such a file system
   */
  public static IndexPlace of(LakeLayout layout, String path, Configuration hadoop) {
    String full = layout.index() + "/" + path;
    URI root = new Path(layout.index()).toUri();
    Duration patience = layout.indexPatience();
    return switch (root.getScheme()) {
      case "file" -> lasting(root.getPath() + "/" + path, Map.of(), patience);
      case "s3a", "s3" -> {
        Map<String, String> storage = LanceStorage.s3(root, hadoop);
        yield new IndexPlace(
            full.replaceFirst("^s3a:", "s3:"),
            storage,
            S3Keys.renewed(storage, root, hadoop),
            patience);
      }
      case "gs" -> lasting(full, LanceStorage.gs(hadoop), patience);
      case "abfss", "abfs" ->
          lasting(LanceStorage.azUri(full), LanceStorage.az(root, hadoop), patience);
      default ->
          throw LakehouseException.of(
              ErrorCode.CONFIG_INVALID,
              "Cannot keep a search index at %s: Lance commits safely on file, s3, gs and abfss, and"
                  + " this is %s. Put the index elsewhere with --set lakehouse.lake.index=URI; the"
                  + " tables and blobs may stay",
              layout.index(),
              root.getScheme());
    };
  }

  private static IndexPlace lasting(String uri, Map<String, String> storage, Duration patience) {
    return new IndexPlace(uri, storage, Optional.empty(), patience);
  }

  String uri() {
    return uri;
  }

  Map<String, String> storage() {
    return storage;
  }

  /** Access as it is now, for a call that is given nobody to ask again. */
  Map<String, String> access() {
    return renewed == null ? storage : S3Keys.withoutEnd(renewed.fetchStorageOptions());
  }

  /** Who gives access anew, where it ends. */
  Optional<StorageOptionsProvider> renewed() {
    return Optional.ofNullable(renewed);
  }

  /** How long nothing may move before work on the index is given up. */
  Duration patience() {
    return patience;
  }

  @Override
  public String toString() {
    return uri;
  }
}
