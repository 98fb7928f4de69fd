// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.connect.HadoopFileSystems;
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

/**
 * A blob store in a file system whose rename is atomic and never overwrites: HDFS, ABFS with a
 * hierarchical namespace.
 *
 * <p>Bytes are written aside, synchronised with {@code hsync}, checked for length and renamed.
 */
public final class HadoopBlobStore extends RemoteBlobStore {
  private static final long serialVersionUID = 1L;

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
      rename(files, staged, target);
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

  /** Whether it happened is seen at the target, whatever the answer was, if one came at all. */
  private static void rename(FileSystem files, Path staged, Path target) throws IOException {
    try {
      if (files.rename(staged, target) || files.exists(target)) {
        return;
      }
    } catch (IOException e) {
      if (files.exists(target)) {
        return;
      }
      throw e;
    }
    throw new IOException("Cannot rename %s to %s".formatted(staged, target));
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
    if (!files.rename(target, aside)) {
      throw new IOException("Cannot rename %s to %s".formatted(target, aside));
    }
    boolean old = files.getFileStatus(aside).getModificationTime() < since.toEpochMilli();
    if (!old) {
      files.rename(aside, target);
    }
    files.delete(aside, false);
    return old;
  }
}
