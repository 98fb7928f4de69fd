// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect;

import dev.lakehouse.core.access.HadoopSettings;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Hadoop file systems by URI. Settings travel as plain strings, so they fit into any closure. */
public final class HadoopFileSystems {
  // a Configuration parses its defaults anew each time it is made
  private static final Map<Map<String, String>, Configuration> CONFIGURATIONS =
      new ConcurrentHashMap<>();

  /** Hadoop would read these too, from any address and without any limit. */
  private static final Pattern WEB = Pattern.compile("(?i)https?");

  private HadoopFileSystems() {}

  /**
   * The file system that a URI lies in, shared within this JVM.
   *
   * @param conf Hadoop settings on top of the defaults
   * @throws IOException if there is none for the scheme or it cannot be reached
   */
  public static FileSystem of(String uri, Map<String, String> conf) throws IOException {
    return of(path(uri), conf);
  }

  static FileSystem of(Path path, Map<String, String> conf) throws IOException {
    if (WEB.matcher(String.valueOf(path.toUri().getScheme())).matches()) {
      throw new IOException("the web is asked by ingest of --source urls alone");
    }
    return path.getFileSystem(configuration(conf));
  }

  /**
   * Opens a file that was just looked at, without another look.
   *
   * @throws FileNotFoundException if it is not there any more; some stores say so at the first read
   */
  static InputStream open(String uri, Map<String, String> conf, FileStatus seen)
      throws IOException {
    try {
      return of(uri, conf).openFile(path(uri)).withFileStatus(seen).build().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while " + uri + " was opened");
    }
  }

  /** A percent-encoded URI as a Hadoop path; the plain constructor would not decode it. */
  public static Path path(String uri) {
    return new Path(URI.create(uri));
  }

  /** A qualified Hadoop path as a percent-encoded URI. */
  public static String uri(Path path) {
    URI uri = path.toUri();
    String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
    return uri.getScheme() + "://" + authority + UriNames.encode(uri.getPath());
  }

  /** Whether the local file system serves a URI, which needs no Hadoop. */
  public static boolean isLocal(String uri) {
    return uri.startsWith("file:");
  }

  private static Configuration configuration(Map<String, String> conf) {
    return CONFIGURATIONS.computeIfAbsent(Map.copyOf(conf), HadoopSettings::configuration);
  }
}
