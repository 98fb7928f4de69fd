// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** What people write to say where a source is, as one canonical URI that is known to exist. */
public final class Places {
  private static final Pattern SCHEME = Pattern.compile("(?i)^[a-z][a-z0-9+.-]+:/");

  private Places() {}

  /**
   * The URI of a folder.
   *
   * @param written a URI, or a local path
   * @throws LakehouseException SOURCE_UNAVAILABLE if it is not there, no folder, or not readable
   */
  public static String folder(String written, Map<String, String> conf) {
    return canonical(written, conf, "a folder");
  }

  /** The URI of a file; the same rules. */
  public static String file(String written, Map<String, String> conf) {
    return canonical(written, conf, "a file");
  }

  /** URI of the folder that a file lies in. */
  public static String parent(String fileUri) {
    return fileUri.substring(0, fileUri.lastIndexOf('/'));
  }

  /** A URI as rows have it: {@code file:/x} is {@code file:///x}; all else as it is written. */
  public static String spelt(String uri) {
    return uri.replaceFirst("^file:/+", "file:///");
  }

  private static String canonical(String written, Map<String, String> conf, String expected) {
    try {
      boolean local = !SCHEME.matcher(written).lookingAt() || HadoopFileSystems.isLocal(written);
      return local ? local(written, expected) : remote(written, conf, expected);
    } catch (FileNotFoundException | NoSuchFileException e) {
      throw unavailable(e, written, expected, "nothing is there");
    } catch (IOException | IllegalArgumentException e) {
      throw unavailable(e, written, expected, String.valueOf(e.getMessage()));
    }
  }

  private static String local(String written, String expected) throws IOException {
    java.nio.file.Path real = path(written).toRealPath();
    require(expected, Files.isDirectory(real), Files.isRegularFile(real));
    if (!Files.isReadable(real)) {
      throw new IOException("it may not be read");
    }
    return withoutSlash(real.toUri().toString());
  }

  private static java.nio.file.Path path(String written) {
    if (!HadoopFileSystems.isLocal(written)) {
      return java.nio.file.Path.of(written);
    }
    try {
      return java.nio.file.Path.of(URI.create(spelt(written)));
    } catch (IllegalArgumentException e) {
      return java.nio.file.Path.of(
          written.replaceFirst("^file:/+", "/")); // written by hand, not encoded
    }
  }

  private static String remote(String written, Map<String, String> conf, String expected)
      throws IOException {
    Path path = new Path(written); // as Hadoop's own tools read it: not encoded
    FileStatus status = HadoopFileSystems.of(path, conf).getFileStatus(path);
    require(expected, status.isDirectory(), status.isFile());
    return withoutSlash(HadoopFileSystems.uri(status.getPath()));
  }

  private static void require(String expected, boolean folder, boolean file) throws IOException {
    if (!(expected.equals("a folder") ? folder : file)) {
      throw new IOException(folder ? "it is a folder" : file ? "it is a file" : "it is neither");
    }
  }

  private static String withoutSlash(String uri) {
    return uri.replaceFirst("/+$", "");
  }

  private static LakehouseException unavailable(
      Exception cause, String written, String expected, String found) {
    return LakehouseException.because(
        cause,
        ErrorCode.SOURCE_UNAVAILABLE,
        "Cannot read source %s: expected %s, but %s. Check the path and its permissions; nothing"
            + " was done",
        written,
        expected,
        found);
  }
}
