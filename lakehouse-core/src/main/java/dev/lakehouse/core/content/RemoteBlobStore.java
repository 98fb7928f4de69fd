// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content;

import dev.lakehouse.core.connect.HadoopFileSystems;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A blob store in a file system of Hadoop; what they differ in is how bytes come and go. */
abstract sealed class RemoteBlobStore implements BlobStore
    permits HadoopBlobStore, ObjectBlobStore {
  private static final long serialVersionUID = 1L;

  private final String root;
  private final HashMap<String, String> conf;

  RemoteBlobStore(String root, Map<String, String> conf) {
    this.root = root;
    this.conf = new HashMap<>(conf);
  }

  @Override
  public final String root() {
    return root;
  }

  @Override
  public final InputStream open(String sha256) throws IOException {
    return VerifiedStream.ofBlob(files().open(path(sha256)), sha256, uri(sha256));
  }

  @Override
  public final long size(String sha256) throws IOException {
    return files().getFileStatus(path(sha256)).getLen();
  }

  @Override
  public final boolean has(String sha256) throws IOException {
    return files().exists(path(sha256));
  }

  @Override
  public final void remove(String sha256) throws IOException {
    files().delete(path(sha256), false);
  }

  @Override
  public final void list(Consumer<StoredFile> seen) throws IOException {
    ListedBlobs.below(files(), HadoopFileSystems.path(root), seen);
  }

  final Path path(String sha256) {
    return HadoopFileSystems.path(uri(sha256));
  }

  final FileSystem files() throws IOException {
    return HadoopFileSystems.of(root, conf);
  }
}
