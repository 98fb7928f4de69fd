// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.connect.HadoopFileSystems;
import dev.lakehouse.core.connect.volume.Ability;
import dev.lakehouse.core.connect.volume.PlacedFile;
import dev.lakehouse.core.connect.volume.Volume;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;
import org.jspecify.annotations.Nullable;

/**
 * A blob store in a file system whose rename is atomic and never overwrites: HDFS, ABFS with a
 * hierarchical namespace.
 *
 * <p>Bytes are written aside, synchronised with {@code hsync}, checked for length and renamed.
 * Where a rename fails and a trial shows that none can be had, they are written under their name.
 */
public final class HadoopBlobStore extends RemoteBlobStore {
  private static final long serialVersionUID = 1L;

  private transient @Nullable Boolean renames;

  HadoopBlobStore(String root, Map<String, String> conf) {
    super(root, conf);
  }

  @Override
  public String put(InputStream content) throws IOException {
    FileSystem files = files();
    // a random name is never seen outside: it is gone before put returns
    Path staged =
        HadoopFileSystems.path(root() + "/" + BlobNames.STAGING + "/" + UUID.randomUUID());
    try {
      HashedCopy copied = stage(files, content, staged);
      publish(files, staged, copied);
      return copied.sha256();
    } finally {
      files.delete(staged, false);
    }
  }

  private static HashedCopy stage(FileSystem files, InputStream content, Path staged)
      throws IOException {
    HashedCopy copied;
    try (FSDataOutputStream out = files.create(staged, false)) {
      copied = HashedCopy.of(content, out);
      out.hsync();
    }
    long found = files.getFileStatus(staged).getLen();
    if (found != copied.length()) {
      throw new IOException(
          "Wrote %d bytes to %s but found %d".formatted(copied.length(), staged, found));
    }
    return copied;
  }

  private void publish(FileSystem files, Path staged, HashedCopy copied) throws IOException {
    Path target = path(copied.sha256());
    if (!renew(files, target, copied)) {
      files.mkdirs(target.getParent());
      rename(files, staged, target, copied);
      if (!renew(files, target, copied)) { // it may be somebody else's, of another length
        throw new IOException("Renamed %s to %s, which is not there".formatted(staged, target));
      }
    }
  }

  /** Makes a blob look new if it is there, so that no clean-up takes it for a leftover. */
  private boolean renew(FileSystem files, Path target, HashedCopy copied) throws IOException {
    try {
      FileStatus stored = files.getFileStatus(target);
      if (stored.getLen() != copied.length()) {
        if (files.exists(mark(copied))) {
          return false; // somebody is about to write it, or was
        }
        throw LakehouseException.corruptBlob(
            uri(copied.sha256()), copied.sha256(), "a file of %d bytes".formatted(stored.getLen()));
      }
      files.setTimes(target, Instant.now().toEpochMilli(), -1);
      return true;
    } catch (FileNotFoundException e) {
      return false;
    } catch (AccessControlException e) {
      return true; // somebody else's, whose time is not ours to set
    }
  }

  /**
   * Whether it happened is seen at the target, whatever the answer was, if one came at all. Where
   * nothing can be renamed, writes the target itself.
   */
  private void rename(FileSystem files, Path staged, Path target, HashedCopy copied)
      throws IOException {
    IOException failure = new IOException("Cannot rename %s to %s".formatted(staged, target));
    if (!Boolean.FALSE.equals(renames)) {
      try {
        if (files.rename(staged, target)) {
          return;
        }
      } catch (IOException | UnsupportedOperationException e) {
        failure.initCause(e);
      }
    }
    if (files.exists(target) && files.getFileStatus(target).getLen() == copied.length()) {
      return;
    }
    if (!renames(files)) {
      new PlacedFile(files, target, mark(copied), copied.length()).write(staged);
    } else if (!files.exists(target)) {
      throw failure;
    }
  }

  /** Whether anything can be renamed here: tried once, after a rename that failed. */
  private boolean renames(FileSystem files) {
    if (renames == null) {
      renames = !Volume.lacks(Ability.RENAME, HadoopFileSystems.path(root()), files.getConf());
    }
    return renames;
  }

  private Path mark(HashedCopy copied) {
    return HadoopFileSystems.path(root() + "/" + BlobNames.STAGING + "/" + copied.sha256());
  }

  /** Takes the file away first and looks at its time then, when nobody can renew it any more. */
  @Override
  public boolean discard(StoredFile file, Instant since) throws IOException {
    FileSystem files = files();
    Path target = HadoopFileSystems.path(root() + "/" + file.path());
    Path aside = HadoopFileSystems.path(root() + "/" + BlobNames.STAGING + "/" + UUID.randomUUID());
    files.mkdirs(aside.getParent());
    if (!files.exists(target)) {
      return true;
    }
    if (!isAside(files, target, aside)) {
      return files.getFileStatus(target).getModificationTime() < since.toEpochMilli()
          && files.delete(target, false);
    }
    boolean old = files.getFileStatus(aside).getModificationTime() < since.toEpochMilli();
    if (!old) {
      files.rename(aside, target);
    }
    files.delete(aside, false);
    return old;
  }

  /** Moves a file aside; false where nothing can be renamed. */
  private boolean isAside(FileSystem files, Path target, Path aside) throws IOException {
    IOException failure = new IOException("Cannot rename %s to %s".formatted(target, aside));
    try {
      if (files.rename(target, aside)) {
        return true;
      }
    } catch (IOException | UnsupportedOperationException e) {
      failure.initCause(e);
    }
    if (renames(files)) {
      throw failure;
    }
    return false;
  }
}
