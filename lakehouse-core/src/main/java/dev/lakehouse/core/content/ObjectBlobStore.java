// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.connect.HadoopFileSystems;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A blob store in an object store: s3a, gs.
 *
 * <p>There a rename is a copy and a file is visible once its upload ends. So the bytes are spooled
 * to the local disk while they are hashed, and go in one upload to their final key.
 *
 * <p>Hadoop 3.3's S3A has no conditional create. In its place the key is looked for first, and two
 * tasks that both miss it upload the same bytes under the same name: whichever ends last changes
 * nothing.
 */
public final class ObjectBlobStore implements BlobStore {
  private static final long serialVersionUID = 1L;

  private final String root;
  private final HashMap<String, String> conf;

  ObjectBlobStore(String root, Map<String, String> conf) {
    this.root = root;
    this.conf = new HashMap<>(conf);
  }

  @Override
  public String root() {
    return root;
  }

  @Override
  public String put(InputStream content) throws IOException {
    java.nio.file.Path spool = Files.createTempFile("blob-", ".tmp");
    try {
      HashedCopy copied;
      try (OutputStream out = Files.newOutputStream(spool)) {
        copied = HashedCopy.of(content, out);
      }
      upload(spool, copied);
      return copied.sha256();
    } finally {
      Files.deleteIfExists(spool);
    }
  }

  private void upload(java.nio.file.Path spool, HashedCopy copied) throws IOException {
    FileSystem files = files();
    Path target = path(copied.sha256());
    if (!files.exists(target)) {
      // copyFromLocalFile is one upload in S3A; a stream closed after an error would publish a part
      files.copyFromLocalFile(false, true, new Path(spool.toUri()), target);
    }
    long found = files.getFileStatus(target).getLen();
    if (found != copied.length()) {
      throw LakehouseException.corruptBlob(
          uri(copied.sha256()), copied.sha256(), "an object of %d bytes".formatted(found));
    }
  }

  @Override
  public InputStream open(String sha256) throws IOException {
    return VerifiedStream.ofBlob(files().open(path(sha256)), sha256, uri(sha256));
  }

  @Override
  public boolean has(String sha256) throws IOException {
    return files().exists(path(sha256));
  }

  @Override
  public void remove(String sha256) throws IOException {
    files().delete(path(sha256), false);
  }

  @Override
  public void list(Consumer<StoredFile> seen) throws IOException {
    ListedBlobs.below(files(), HadoopFileSystems.path(root), seen);
  }

  /** An object's time cannot be set, so a put that found it does not show here. */
  @Override
  public boolean discard(StoredFile file, Instant since) throws IOException {
    Path target = HadoopFileSystems.path(root + "/" + file.path());
    try {
      long lastPut = files().getFileStatus(target).getModificationTime();
      return lastPut < since.toEpochMilli() && files().delete(target, false);
    } catch (FileNotFoundException e) {
      return true;
    }
  }

  private Path path(String sha256) {
    return HadoopFileSystems.path(uri(sha256));
  }

  private FileSystem files() throws IOException {
    return HadoopFileSystems.of(root, conf);
  }
}
