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
import java.util.Map;
import java.util.OptionalLong;
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
public final class ObjectBlobStore extends RemoteBlobStore {
  private static final long serialVersionUID = 1L;

  ObjectBlobStore(String root, Map<String, String> conf) {
    super(root, conf);
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
    OptionalLong there = length(files, target);
    if (there.isEmpty()) {
      // copyFromLocalFile is one upload in S3A; a stream closed after an error would publish a part
      files.copyFromLocalFile(false, true, new Path(spool.toUri()), target);
    } else if (there.getAsLong() != copied.length()) {
      throw LakehouseException.corruptBlob(
          uri(copied.sha256()),
          copied.sha256(),
          "an object of %d bytes".formatted(there.getAsLong()));
    }
  }

  private static OptionalLong length(FileSystem files, Path target) throws IOException {
    try {
      return OptionalLong.of(files.getFileStatus(target).getLen());
    } catch (FileNotFoundException e) {
      return OptionalLong.empty();
    }
  }

  /** An object's time cannot be set, so a put that found it does not show here. */
  @Override
  public boolean discard(StoredFile file, Instant since) throws IOException {
    Path target = HadoopFileSystems.path(root() + "/" + file.path());
    try {
      long lastPut = files().getFileStatus(target).getModificationTime();
      return lastPut < since.toEpochMilli() && files().delete(target, false);
    } catch (FileNotFoundException e) {
      return true;
    }
  }
}
