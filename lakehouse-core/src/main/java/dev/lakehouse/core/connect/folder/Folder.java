// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.folder;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.connect.HadoopFileSystems;
import dev.lakehouse.core.connect.UriNames;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A folder that the names in a manifest are resolved below.
 *
 * @param uri percent-encoded, without a slash at its end
 */
public record Folder(String uri) {
  private static final Pattern URL = Pattern.compile("(?i)^(?:[a-z][a-z0-9+.-]*:/|data:).*");

  /**
   * URI of the file that a name means.
   *
   * @param name relative path with {@code /}, or an absolute one that lies below this folder
   * @throws ItemException PATH_REFUSED if it is a URL or leads out of the folder
   */
  String resolve(String name) throws ItemException {
    if (URL.matcher(name).lookingAt()) {
      throw refused(name, "URLs are fetched with --source urls alone");
    }
    if (name.indexOf('\0') >= 0) {
      throw refused(name, "no file name holds a NUL");
    }
    Deque<String> path = new ArrayDeque<>();
    for (String part : relative(name).split("/", -1)) {
      if (part.equals("..")) {
        if (path.pollLast() == null) {
          throw refused(name, "it leads out of " + uri);
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        path.addLast(part);
      }
    }
    if (path.isEmpty()) {
      throw refused(name, "it names no file");
    }
    return uri + "/" + UriNames.encode(String.join("/", path));
  }

  private String relative(String name) throws ItemException {
    if (!name.startsWith("/")) {
      return name;
    }
    String own = UriNames.decode(uri.replaceFirst("^[a-z0-9+.-]+://[^/]*", "")) + "/";
    if (name.startsWith(own)) {
      return name.substring(own.length());
    }
    return behindLinks(name).orElseThrow(() -> refused(name, "it lies outside of " + uri));
  }

  /** The part of a local path below this folder, where a link on the way leads into it. */
  private Optional<String> behindLinks(String name) {
    if (!HadoopFileSystems.isLocal(uri)) {
      return Optional.empty();
    }
    try {
      Path own = Path.of(URI.create(uri + "/"));
      Path file = Path.of(URI.create("file://" + UriNames.encode(name))).normalize();
      Path parent = file.resolveSibling("").toRealPath();
      return parent.startsWith(own)
          ? Optional.of(own.relativize(parent).resolve(file.getFileName()).toString())
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty(); // no such place
    }
  }

  static ItemException refused(String name, String why) {
    return new ItemException(
        ItemError.PATH_REFUSED, "Path '%s' is refused and was not read: %s".formatted(name, why));
  }
}
