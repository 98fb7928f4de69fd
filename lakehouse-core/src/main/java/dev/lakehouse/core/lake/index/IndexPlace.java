// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.index;

import static java.util.Objects.requireNonNull;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.connect.volume.Ability;
import dev.lakehouse.core.connect.volume.Volume;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.access.LanceStorage;
import dev.lakehouse.core.lake.access.S3Keys;
import dev.lakehouse.core.lake.copy.IndexCopies;
import dev.lakehouse.core.lake.copy.IndexCopy;
import dev.lakehouse.core.lake.copy.RemoteCopy;
import java.io.IOException;
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
  private final @Nullable RemoteCopy copy;

  private IndexPlace(
      String uri,
      Map<String, String> storage,
      Optional<StorageOptionsProvider> renewed,
      Duration patience) {
    this(uri, storage, renewed, patience, Optional.empty());
  }

  private IndexPlace(
      String uri,
      Map<String, String> storage,
      Optional<StorageOptionsProvider> renewed,
      Duration patience,
      Optional<RemoteCopy> copy) {
    this.uri = requireNonNull(uri, "uri is null");
    this.storage = new HashMap<>(storage);
    this.renewed = renewed.orElse(null);
    this.patience = requireNonNull(patience, "patience is null");
    this.copy = copy.orElse(null);
  }

  /** Path of an index below the index root: one dataset for each family and encoder. */
  public static String path(String family, String encoder) {
    return family + "/" + encoder.substring(0, ENCODER_DIGITS) + SHAPE + ".lance";
  }

  /** Whether an index has the rows and columns that {@link #path} means, wherever it was made. */
  public static boolean isOfNow(String path, String family, String encoder) {
    String now = path(family, encoder);
    return path.equals(now)
        || IndexCopy.at(path).filter(copy -> copy.store().equals(IndexCopy.store(now))).isPresent();
  }

  /**
   * Whether Lance can keep an index below a root where it is: by conditional puts in object stores,
   * by links on a disk or mount, which is tried; nowhere else.
   *
   * @throws LakehouseException TRANSIENT if nothing can be written there
   */
  public static boolean isForLance(LakeLayout layout, Configuration hadoop) {
    Path root = new Path(layout.index());
    return switch (String.valueOf(root.toUri().getScheme())) {
      case "s3a", "s3", "gs", "abfss", "abfs" -> true;
      case "file" -> {
        Volume volume = tried(root, hadoop);
        yield volume.can(Ability.LINK) && volume.can(Ability.RENAME);
      }
      default -> false;
    };
  }

  private static Volume tried(Path root, Configuration hadoop) {
    try {
      return Volume.tried(root, hadoop);
    } catch (IOException e) {
      throw LakehouseException.because(
          e,
          ErrorCode.TRANSIENT,
          "Cannot write to %s: %s. Make room or give rights there, or put indexes elsewhere with"
              + " --set lakehouse.lake.index=URI, and repeat the command",
          root,
          e.getMessage());
    }
  }

  /**
   * A folder of this machine.
   *
   * @param folder absolute
   */
  public static IndexPlace local(java.nio.file.Path folder, Duration patience) {
    return lasting(folder.toString(), Map.of(), patience);
  }

  /**
   * The place of an index.
   *
   * @param path below the index root, as {@link #path} gives it and a release names it; that of a
   *     copy is fetched by who opens it
   * @throws LakehouseException if Lance cannot read from such a file system
   */
  public static IndexPlace of(LakeLayout layout, String path, Configuration hadoop) {
    return IndexCopy.at(path)
        .map(copy -> ofCopy(layout, copy, hadoop))
        .orElseGet(() -> ofIndex(layout, path, hadoop));
  }

  private static IndexPlace ofCopy(LakeLayout layout, IndexCopy copy, Configuration hadoop) {
    RemoteCopy remote =
        new RemoteCopy(
            IndexCopies.of(layout, copy.store(), hadoop), copy.name(), layout.indexDisk());
    return new IndexPlace(
        remote.toString(), Map.of(), Optional.empty(), layout.indexPatience(), Optional.of(remote));
  }

  private static IndexPlace ofIndex(LakeLayout layout, String path, Configuration hadoop) {
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
              "Cannot open index %s: expected it on file, s3, gs or abfss, which Lance knows, but this"
                  + " is %s. Make a copy that is fetched with 'lakehouse publish --rebuild', or name"
                  + " the place of the indexes with --set lakehouse.lake.index=URI",
              full,
              root.getScheme());
    };
  }

  private static IndexPlace lasting(String uri, Map<String, String> storage, Duration patience) {
    return new IndexPlace(uri, storage, Optional.empty(), patience);
  }

  String uri() {
    return uri;
  }

  /** The copy that this is, which must be fetched to be read. */
  Optional<RemoteCopy> copy() {
    return Optional.ofNullable(copy);
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
