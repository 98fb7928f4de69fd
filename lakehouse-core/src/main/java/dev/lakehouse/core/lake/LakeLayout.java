// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake;

import static java.util.Objects.requireNonNull;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.Table;
import java.io.Serializable;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;

/**
 * Where the parts of a lake are.
 *
 * <p>Every place is a URI with a scheme and without a slash at its end, as Hadoop's {@code Path}
 * reads it: not percent-encoded.
 *
 * @param root the lake itself
 * @param tables folder of the Delta tables
 * @param blobs folder of the blob store
 * @param index folder of the search indexes
 * @param models folder of the model bundles
 * @param indexPatience how long nothing may move before work on an index is given up
 * @param indexDisk of each machine, for indexes that Lance cannot work on where they are
 */
public record LakeLayout(
    String root,
    String tables,
    String blobs,
    String index,
    String models,
    Duration indexPatience,
    LocalDisk indexDisk)
    implements Serializable {

  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

  public LakeLayout {
    requireNonNull(root, "root is null");
    requireNonNull(tables, "tables is null");
    requireNonNull(blobs, "blobs is null");
    requireNonNull(index, "index is null");
    requireNonNull(models, "models is null");
    requireNonNull(indexPatience, "indexPatience is null");
    requireNonNull(indexDisk, "indexDisk is null");
  }

  /**
   * The layout of a lake: everything below it, unless a setting puts a part elsewhere.
   *
   * @param lake a URI, or a local path, relative to the working directory where it is relative
   */
  public static LakeLayout of(String lake, Settings settings) {
    if (lake.isBlank()) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "The place of the lake is empty: expected a folder or a URI. Give it with --lake");
    }
    String root = uri(lake);
    return new LakeLayout(
        root,
        part(settings, Setting.LAKE_TABLES, root + "/tables"),
        part(settings, Setting.LAKE_BLOBS, root + "/blobs"),
        part(settings, Setting.LAKE_INDEX, root + "/index"),
        part(settings, Setting.MODELS, root + "/models"),
        Duration.ofSeconds(settings.integer(Setting.INDEX_STALL_SECONDS)),
        LocalDisk.from(settings));
  }

  private static String part(Settings settings, Setting setting, String fallback) {
    return settings.find(setting).map(LakeLayout::uri).orElse(fallback);
  }

  /** A place as Hadoop spells it: Delta takes two spellings of a place for two places. */
  public static String uri(String place) {
    if (SCHEME.matcher(place).matches()) {
      return new Path(place).toString();
    }
    return new Path("file:" + java.nio.file.Path.of(place).toAbsolutePath().normalize()).toString();
  }

  /** Whether a place, spelt as {@link #uri} spells it, is in the lake, is the lake, or holds it. */
  public boolean overlaps(String place) {
    return Stream.of(root, tables, blobs, index, models)
        .anyMatch(part -> isIn(place, part) || isIn(part, place));
  }

  private static boolean isIn(String inner, String outer) {
    return (inner + "/").startsWith(outer.endsWith("/") ? outer : outer + "/");
  }

  /** The blob store as a percent-encoded URI, which is how {@code content} takes places. */
  public String blobsUri() {
    return new Path(blobs).toUri().toString();
  }

  /** The models folder as a percent-encoded URI, which is how {@code bundle} takes places. */
  public String modelsUri() {
    return new Path(models).toUri().toString();
  }

  /** Folder of a table. */
  public String table(Table table) {
    return tables + "/" + table.name();
  }

  /** Folder of the texts of policies. */
  public String policies() {
    return root + "/policies";
  }

  /** Folder of what the lake was given. */
  public String memory() {
    return root + "/memory";
  }

  /** Folder of the questions that are asked again. */
  public String replay() {
    return root + "/replay";
  }

  /** Folder of from which score on an answer convinces. */
  public String calibration() {
    return root + "/calibration";
  }

  /** File that says from where on a whole run has nothing to do. */
  public String settled() {
    return root + "/settled.json";
  }

  /** Folder of the reports of runs. */
  public String runs() {
    return root + "/runs";
  }
}
