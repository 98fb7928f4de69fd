// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.delta;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.udfs.ParquetFiles;
import dev.lakehouse.udfs.SparkColumns;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The data files of a table, parted into those that somebody needs and those that nobody does.
 *
 * <p>Delta's own VACUUM knows no named versions; here the log says which files they hold. The log
 * itself stays.
 *
 * @param table whose files they are
 * @param needed files of named versions and of those that somebody may still read
 * @param unneeded old files of versions that were replaced, or of none
 */
public record TableSweep(LakeTable table, List<String> needed, List<FileStatus> unneeded) {
  private static final String LOG = "_delta_log";

  public TableSweep {
    needed = List.copyOf(needed);
    unneeded = List.copyOf(unneeded);
  }

  /**
   * Looks through a table.
   *
   * @param named versions that stay
   * @param changesSince the version from which on its change feed is still to be read
   * @param horizon versions that were current since then stay too, and files that were made since
   */
  public static TableSweep of(
      LakeTable table, Set<Long> named, long changesSince, Instant horizon) {
    Optional<Set<String>> needed =
        table.history().foreignVersions().isEmpty()
            ? new FileLives(named, changesSince, horizon).needed(table)
            : Optional.empty(); // a repair goes back to before somebody else wrote to it
    List<String> kept = new ArrayList<>();
    List<FileStatus> unneeded = new ArrayList<>();
    for (FileStatus file : files(table)) {
      String uri = file.getPath().toString();
      boolean old = file.getModificationTime() < horizon.toEpochMilli();
      if (old && needed.filter(files -> !files.contains(uri)).isPresent()) {
        unneeded.add(file);
      } else {
        kept.add(uri);
      }
    }
    return new TableSweep(table, kept, unneeded);
  }

  /** Parquet files alone: what we do not know we leave. */
  private static List<FileStatus> files(LakeTable table) {
    List<FileStatus> found = new ArrayList<>();
    Path root = new Path(table.uri());
    try {
      FileSystem files = root.getFileSystem(table.hadoop());
      for (FileStatus entry : files.listStatus(root)) {
        if (!entry.getPath().getName().equals(LOG)) {
          collect(files, entry.getPath(), found);
        }
      }
      return found;
    } catch (FileNotFoundException e) {
      return found;
    } catch (IOException e) {
      throw unreadable(table, e);
    }
  }

  private static void collect(FileSystem files, Path entry, List<FileStatus> found)
      throws IOException {
    RemoteIterator<LocatedFileStatus> listing = files.listFiles(entry, true);
    while (listing.hasNext()) {
      FileStatus file = listing.next();
      if (file.getPath().getName().endsWith(".parquet")) {
        found.add(file);
      }
    }
  }

  /** The rows of all needed files; a row may stand in several. */
  public Dataset<Row> rows() {
    String[] files =
        needed.stream().filter(file -> !file.contains("/_change_data/")).toArray(String[]::new);
    return files.length == 0
        ? table.rowsAt(LakeTable.ABSENT)
        : ParquetFiles.read(table.spark(), SparkColumns.schema(table.table()), files);
  }

  /** Removes what nobody needs. */
  public void remove() {
    try {
      FileSystem files = new Path(table.uri()).getFileSystem(table.hadoop());
      for (FileStatus file : unneeded) {
        files.delete(file.getPath(), false);
      }
    } catch (IOException e) {
      throw unreadable(table, e);
    }
  }

  private static LakehouseException unreadable(LakeTable table, IOException e) {
    return LakehouseException.because(
        e,
        ErrorCode.TRANSIENT,
        "Cannot look through table %s: %s. Repeat the command",
        table.uri(),
        e.getMessage());
  }
}
