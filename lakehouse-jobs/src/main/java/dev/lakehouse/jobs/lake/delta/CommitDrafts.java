// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.delta;

import dev.lakehouse.core.connect.volume.NewFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits that are created under their own names, of which a crash may leave a part.
 *
 * <p>Each is written as a draft first. So what was begun is finished by whoever looks at the log
 * next, with the very bytes: it makes no difference whether who began it is gone.
 *
 * @param log folder of the log of a table
 */
record CommitDrafts(Path log, Configuration hadoop) {
  private static final Logger LOG = LoggerFactory.getLogger(CommitDrafts.class);
  private static final String FOLDER = ".drafts";
  private static final Duration LONG_AGO = Duration.ofMinutes(10);
  private static final long PAUSE_MILLIS = 500;

  /** What a file of that format ends with. */
  private static final byte[] PARQUET = {'P', 'A', 'R', '1'};

  /** Draft files are named {@code <name of the commit>.<random>}. */
  private static String commit(Path draft) {
    String name = draft.getName();
    return name.substring(0, name.lastIndexOf('.'));
  }

  /**
   * Creates a commit.
   *
   * @throws java.nio.file.FileAlreadyExistsException if somebody did
   */
  void create(Path commit, byte[] bytes) throws IOException {
    FileSystem files = files();
    Path draft = new Path(new Path(log, FOLDER), commit.getName() + "." + UUID.randomUUID());
    files.mkdirs(draft.getParent());
    try {
      NewFile.write(draft, bytes, hadoop);
      NewFile.write(commit, bytes, hadoop);
    } finally {
      files.delete(draft, false);
    }
  }

  /**
   * Finishes what was begun, and removes the drafts of those who were too late.
   *
   * @return whether commits are created here, or ever were
   */
  boolean finish() throws IOException {
    FileStatus[] drafts;
    try {
      drafts = files().listStatus(new Path(log, FOLDER));
    } catch (FileNotFoundException e) {
      return false;
    }
    Map<String, List<FileStatus>> byCommit =
        Stream.of(drafts)
            .collect(
                Collectors.groupingBy(
                    draft -> commit(draft.getPath()), TreeMap::new, Collectors.toList()));
    for (Map.Entry<String, List<FileStatus>> begun : byCommit.entrySet()) {
      finish(new Path(log, begun.getKey()), begun.getValue());
    }
    return true;
  }

  /**
   * Whether a file of the log is of use. A checkpoint that is not whole is none, and goes once
   * whoever wrote it must be gone: it can be made again from the commits.
   */
  boolean isOfUse(FileStatus file) {
    if (!file.getPath().getName().matches("\\d{20}[.]checkpoint[.].*parquet")) {
      return true;
    }
    try {
      if (isParquet(file)) {
        return true;
      }
      LOG.warn("Checkpoint {} is not whole and is not read", file.getPath());
      if (isOld(file)) {
        files().delete(file.getPath(), false);
      }
    } catch (IOException e) {
      LOG.warn("Checkpoint {} cannot be looked at and is not read", file.getPath(), e);
    }
    return false;
  }

  private boolean isParquet(FileStatus file) throws IOException {
    if (file.getLen() < PARQUET.length) {
      return false;
    }
    byte[] end = new byte[PARQUET.length];
    try (FSDataInputStream in = files().open(file.getPath())) {
      in.readFully(file.getLen() - end.length, end);
    }
    return Arrays.equals(end, PARQUET);
  }

  private void finish(Path commit, List<FileStatus> drafts) throws IOException {
    Optional<byte[]> seen = bytes(commit);
    if (seen.isEmpty()) {
      return; // about to be created, or never
    }
    List<FileStatus> begun = begun(drafts, seen.get());
    if (!begun.isEmpty()) {
      pause();
      begun = begun(begun, bytes(commit).orElse(seen.get()));
    }
    boolean isKnown = begun.size() == 1 || begun.stream().allMatch(CommitDrafts::isOld);
    if (!begun.isEmpty() && isKnown) {
      LOG.warn("Finishing commit {}, which was left in part", commit);
      byte[] whole = bytes(begun.get(0).getPath()).orElse(new byte[0]);
      if (whole.length > 0) {
        overwrite(commit, whole);
      }
    }
  }

  /** Drafts of which a commit is the beginning; the others are removed. */
  private List<FileStatus> begun(List<FileStatus> drafts, byte[] seen) throws IOException {
    Stream.Builder<FileStatus> begun = Stream.builder();
    for (FileStatus draft : drafts) {
      if (draft.getLen() > seen.length && begins(draft.getPath(), seen)) {
        begun.add(draft);
      } else {
        files().delete(draft.getPath(), false);
      }
    }
    return begun.build().toList();
  }

  private boolean begins(Path draft, byte[] seen) throws IOException {
    byte[] whole = bytes(draft).orElse(new byte[0]);
    return whole.length > seen.length && Arrays.equals(whole, 0, seen.length, seen, 0, seen.length);
  }

  private static boolean isOld(FileStatus draft) {
    return System.currentTimeMillis() - draft.getModificationTime() > LONG_AGO.toMillis();
  }

  private static void pause() throws InterruptedIOException {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while a commit was being written");
    }
  }

  private void overwrite(Path commit, byte[] bytes) throws IOException {
    try (OutputStream out = files().create(commit, true)) {
      out.write(bytes);
    }
  }

  private Optional<byte[]> bytes(Path file) throws IOException {
    try (var in = files().open(file)) {
      return Optional.of(in.readAllBytes());
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  private FileSystem files() throws IOException {
    return log.getFileSystem(hadoop);
  }
}
