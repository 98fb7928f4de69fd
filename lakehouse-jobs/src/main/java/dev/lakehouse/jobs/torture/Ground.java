// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.torture;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Settings;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.Path;

/**
 * Where torture works. A mark says that the place is its own, so that nothing else is ever written
 * into or removed.
 */
final class Ground {
  private static final String MARK = ".lakehouse-torture";

  private final String root;
  private final Settings settings;
  private final Configuration hadoop;

  private Ground(String root, Settings settings, Configuration hadoop) {
    this.root = root;
    this.settings = settings;
    this.hadoop = hadoop;
  }

  /**
   * Takes an empty place, or that of an earlier torture, which is emptied.
   *
   * @throws LakehouseException if it holds something else
   */
  static Ground take(String root, Settings settings, Configuration hadoop) {
    Ground ground = new Ground(root, settings, hadoop);
    try {
      ground.requireOwn();
      ground.clear();
      ground.files(ground.mark()).create(ground.mark(), true).close();
      return ground;
    } catch (IOException e) {
      throw ground.failed("use", root, e);
    }
  }

  private void requireOwn() throws IOException {
    Path folder = new Path(root);
    FileSystem files = files(folder);
    boolean foreign =
        files.exists(folder) && !files.exists(mark()) && files.listStatus(folder).length > 0;
    if (foreign) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "%s holds something that no torture made. Give an empty place with --lake",
          root);
    }
  }

  private void clear() throws IOException {
    for (String name : List.of("base", "clean", "tortured")) {
      remove(lake(name));
    }
    Path folder = new Path(root);
    if (files(folder).exists(folder)) {
      for (FileStatus each : files(folder).listStatus(folder)) {
        if (!each.getPath().getName().equals(MARK)) {
          files(folder).delete(each.getPath(), true);
        }
      }
    }
  }

  private Path mark() {
    return new Path(root, MARK);
  }

  private FileSystem files(Path path) throws IOException {
    return path.getFileSystem(hadoop);
  }

  /** A lake below the place. */
  TrialLake lake(String name) {
    return TrialLake.of(root, name, settings);
  }

  Configuration hadoop() {
    return hadoop;
  }

  /** Makes one lake what another is; tables and indexes name their files relative to themselves. */
  void copy(TrialLake from, TrialLake to) {
    remove(to);
    for (int i = 0; i < from.folders().size(); i++) {
      copy(new Path(from.folders().get(i)), new Path(to.folders().get(i)));
    }
  }

  private void copy(Path from, Path to) {
    try {
      if (files(from).exists(from)) {
        files(to).mkdirs(to.getParent());
        FileUtil.copy(files(from), from, files(to), to, false, hadoop);
      }
    } catch (IOException e) {
      throw failed("copy " + from + " to", to, e);
    }
  }

  void remove(TrialLake lake) {
    lake.folders().forEach(folder -> remove(new Path(folder)));
    remove(new Path(lake.layout().root()));
  }

  private void remove(Path folder) {
    try {
      files(folder).delete(folder, true);
    } catch (IOException e) {
      throw failed("remove", folder, e);
    }
  }

  /** Puts local files below the place and returns where they are. */
  String keep(java.nio.file.Path local, String name) {
    Path place = new Path(root, name);
    try {
      files(place).mkdirs(place.getParent());
      remove(place);
      Path from = new Path(local.toUri());
      FileUtil.copy(from.getFileSystem(hadoop), from, files(place), place, false, hadoop);
      return place.toString();
    } catch (IOException e) {
      throw failed("write", place, e);
    }
  }

  /** Leaves nothing behind. */
  void giveBack() {
    try {
      clear();
      remove(new Path(root));
    } catch (IOException e) {
      throw failed("remove", root, e);
    }
  }

  private LakehouseException failed(String what, Object place, IOException e) {
    return LakehouseException.because(
        e, ErrorCode.TRANSIENT, "Cannot %s %s: %s", what, place, e.getMessage());
  }
}
