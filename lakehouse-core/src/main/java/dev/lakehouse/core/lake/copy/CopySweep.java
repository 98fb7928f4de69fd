// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.copy;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.content.StoredFile;
import dev.lakehouse.core.lake.LakeLayout;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds and removes the files of copies that no release needs. */
public record CopySweep(IndexCopies copies) {
  private static final Logger LOG = LoggerFactory.getLogger(CopySweep.class);

  /** The stores of copies of a lake, below the index root. */
  public static List<String> stores(LakeLayout layout, Configuration hadoop) {
    Path root = new Path(layout.index());
    try {
      FileSystem files = root.getFileSystem(hadoop);
      List<String> stores = new ArrayList<>();
      for (Path family : folders(files, root)) {
        for (Path store : folders(files, family)) {
          if (store.getName().endsWith(IndexCopy.SUFFIX)) {
            stores.add(family.getName() + "/" + store.getName());
          }
        }
      }
      return stores.stream().sorted().toList();
    } catch (IOException e) {
      throw unreadable(root.toString(), e);
    }
  }

  private static List<Path> folders(FileSystem files, Path folder) throws IOException {
    try {
      return Stream.of(files.listStatus(folder))
          .filter(FileStatus::isDirectory)
          .map(FileStatus::getPath)
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  /**
   * Finds them; none where not every copy that is needed can be read.
   *
   * @param needed names of the copies that releases name
   * @param horizon whatever is younger may be somebody's work
   */
  public List<StoredFile> find(Collection<String> needed, Instant horizon) {
    Set<String> named = new HashSet<>(needed);
    try {
      for (String name : needed) {
        copies.list(name).files().values().forEach(file -> named.add(file.sha256()));
      }
    } catch (LakehouseException e) {
      LOG.warn("Copies in {} are left alone: {}", copies.store().root(), e.getMessage());
      return List.of();
    }
    List<StoredFile> unneeded = new ArrayList<>();
    try {
      copies
          .store()
          .list(
              file -> {
                boolean stored = file.sha256().filter(name -> !named.contains(name)).isPresent();
                if (file.lastPut().isBefore(horizon) && (stored || file.isUpload())) {
                  unneeded.add(file);
                }
              });
    } catch (IOException e) {
      throw unreadable(copies.store().root(), e);
    }
    return unneeded;
  }

  /** Removes what was found, unless it was put again since the horizon. */
  public void remove(List<StoredFile> found, Instant horizon) {
    try {
      for (StoredFile file : found) {
        copies.store().discard(file, horizon);
      }
    } catch (IOException e) {
      throw unreadable(copies.store().root(), e);
    }
  }

  /** Where it looks. */
  public String place() {
    return copies.store().root();
  }

  private static LakehouseException unreadable(String place, IOException e) {
    return LakehouseException.because(
        e, ErrorCode.TRANSIENT, "Cannot look through copies in %s: %s", place, e.getMessage());
  }
}
