// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.delta;

import dev.lakehouse.core.connect.volume.CommitByRename;
import io.delta.storage.HDFSLogStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;

/**
 * How Delta commits on file systems that neither it nor we know: by a rename, as on HDFS, or, where
 * one fails and a trial shows that none can be had, by creating the file of the commit, which one
 * of several can.
 */
public final class VolumeLogStore extends HDFSLogStore {
  /** For these Delta has a way of its own, or whoever runs it. */
  private static final Set<String> KNOWN =
      Set.of(
          "hdfs", "viewfs", "s3", "s3a", "s3n", "gs", "abfs", "abfss", "wasb", "wasbs", "adl",
          "dbfs", "oss", "cosn");

  private static final String OF_ALL = "spark.delta.logStore.class";

  /** Folders of logs, and whether a trial showed that nothing can be renamed there. */
  private final Map<Path, Boolean> created = new ConcurrentHashMap<>();

  /** For Delta. */
  public VolumeLogStore(Configuration hadoop) {
    super(hadoop);
  }

  /** Has Delta commit by this where it knows nothing better and nobody said anything. */
  static void register(String place) {
    String scheme = new Path(place).toUri().getScheme();
    SparkEnv environment = SparkEnv.get();
    if (scheme != null && !KNOWN.contains(scheme) && environment != null) {
      SparkConf conf = environment.conf();
      if (!conf.contains(OF_ALL)) {
        conf.setIfMissing(
            "spark.delta.logStore.%s.impl".formatted(scheme), VolumeLogStore.class.getName());
      }
    }
  }

  @Override
  public void write(Path path, Iterator<String> actions, Boolean overwrite, Configuration hadoop)
      throws IOException {
    List<String> lines = new ArrayList<>();
    actions.forEachRemaining(lines::add);
    if (isKnownToCreate(path, hadoop)) {
      create(path, lines, overwrite, hadoop);
      return;
    }
    try {
      super.write(path, lines.iterator(), overwrite, hadoop);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (IOException | RuntimeException e) { // as each file system says that it cannot
      if (!mustCreate(path.getParent(), hadoop)) {
        throw e;
      }
      create(path, lines, overwrite, hadoop);
    }
  }

  /** On a disk a rename that fails becomes a copy, in Hadoop's hands: it is tried before. */
  private boolean isKnownToCreate(Path path, Configuration hadoop) {
    return "file".equals(path.toUri().getScheme())
        ? mustCreate(path.getParent(), hadoop)
        : created.getOrDefault(path.getParent(), !CommitByRename.isOffered(path, hadoop));
  }

  private boolean mustCreate(Path folder, Configuration hadoop) {
    return created.computeIfAbsent(folder, each -> CommitByRename.isImpossible(each, hadoop));
  }

  private static void create(Path path, List<String> lines, boolean overwrite, Configuration hadoop)
      throws IOException {
    byte[] bytes = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    if (overwrite) {
      try (OutputStream out = path.getFileSystem(hadoop).create(path, true)) {
        out.write(bytes);
      }
    } else {
      new CommitDrafts(path.getParent(), hadoop).create(path, bytes);
    }
  }

  @Override
  public Iterator<FileStatus> listFrom(Path path, Configuration hadoop) throws IOException {
    CommitDrafts drafts = new CommitDrafts(path.getParent(), hadoop);
    boolean creates = drafts.finish();
    Iterator<FileStatus> listed = super.listFrom(path, hadoop);
    if (!creates) {
      return listed;
    }
    List<FileStatus> ofUse = new ArrayList<>();
    listed.forEachRemaining(
        file -> {
          if (drafts.isOfUse(file)) {
            ofUse.add(file);
          }
        });
    return ofUse.iterator();
  }

  /** What is written under another name first must be renamed then. */
  @Override
  public Boolean isPartialWriteVisible(Path path, Configuration hadoop) {
    return !mustCreate(path.getParent(), hadoop);
  }
}
