// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import org.apache.hadoop.fs.FileStatus;

/**
 * A file of a source, wherever it is. Local ones are read without Hadoop, whose paths cannot name
 * every file.
 */
public final class SourceFile {
  private final String uri;
  private final Map<String, String> hadoopConf;

  /**
   * A file that need not exist.
   *
   * @param uri percent-encoded
   */
  public SourceFile(String uri, Map<String, String> hadoopConf) {
    this.uri = uri;
    this.hadoopConf = hadoopConf;
  }

  /**
   * What tells one state of a file from the next.
   *
   * @param length bytes
   * @param modified when, in the finest unit that the file system has
   * @param identity what a replacement of the same length and time would not share
   */
  public record State(long length, String modified, String identity) {}

  /**
   * The state of the file now.
   *
   * @throws FileNotFoundException if it is not there
   * @throws IOException if it cannot be looked at or is not a regular file
   */
  public State state() throws IOException {
    if (HadoopFileSystems.isLocal(uri)) {
      return localState();
    }
    FileStatus status =
        HadoopFileSystems.of(uri, hadoopConf).getFileStatus(HadoopFileSystems.path(uri));
    requireRegular(status.isFile());
    return new State(status.getLen(), String.valueOf(status.getModificationTime()), "");
  }

  private State localState() throws IOException {
    try {
      BasicFileAttributes found = Files.readAttributes(local(), BasicFileAttributes.class);
      requireRegular(found.isRegularFile());
      return new State(
          found.size(), found.lastModifiedTime().toString(), String.valueOf(found.fileKey()));
    } catch (NoSuchFileException e) {
      throw missing(e);
    }
  }

  /** Opening a pipe would wait for ever. */
  private void requireRegular(boolean regular) throws IOException {
    if (!regular) {
      throw new IOException(uri + " is not a regular file");
    }
  }

  /**
   * Opens the file, which must be a regular one.
   *
   * @throws FileNotFoundException if it is not there
   */
  public InputStream open() throws IOException {
    state();
    if (!HadoopFileSystems.isLocal(uri)) {
      return HadoopFileSystems.of(uri, hadoopConf).open(HadoopFileSystems.path(uri));
    }
    try {
      return Files.newInputStream(local());
    } catch (NoSuchFileException e) {
      throw missing(e);
    }
  }

  /**
   * Whether the file really lies below a folder when every link on the way is followed.
   *
   * @param root URI of the folder
   * @throws FileNotFoundException if the file is not there
   */
  public boolean liesBelow(String root) throws IOException {
    if (!HadoopFileSystems.isLocal(uri)) {
      return uri.startsWith(root + "/"); // names were normalised, and links are not supported
    }
    try {
      return local().toRealPath().startsWith(Path.of(URI.create(root + "/")).toRealPath());
    } catch (NoSuchFileException e) {
      throw missing(e);
    }
  }

  private Path local() {
    return Path.of(URI.create(uri));
  }

  private FileNotFoundException missing(NoSuchFileException cause) {
    FileNotFoundException missing = new FileNotFoundException("No file " + uri);
    missing.initCause(cause);
    return missing;
  }
}
