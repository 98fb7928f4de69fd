// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.folder;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.connect.Offer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A folder of the local file system.
 *
 * <p>A link to a file below the root is a file. A link to a folder below it is passed over: its
 * files are seen where they are. Links that lead out, or nowhere, are refused, and so is whatever
 * is not a regular file: opening a pipe would wait for ever.
 */
final class LocalTree extends TreeWalk<Path> {
  private final Path root;

  LocalTree(String rootUri) throws IOException {
    this.root = Path.of(URI.create(rootUri + "/"));
    start(root);
  }

  @Override
  List<Path> entries(Path folder) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(entries::add);
    }
    Collections.sort(entries); // by the bytes of their names
    return entries;
  }

  @Override
  String name(Path entry) {
    return String.valueOf(entry.getFileName());
  }

  @Override
  boolean isFolder(Path entry) {
    return Files.isDirectory(entry, NOFOLLOW_LINKS);
  }

  @Override
  Optional<Found> look(Path entry) throws IOException {
    BasicFileAttributes own =
        Files.readAttributes(entry, BasicFileAttributes.class, NOFOLLOW_LINKS);
    if (own.isRegularFile()) {
      return Optional.of(Found.file(uri(entry)));
    }
    return own.isSymbolicLink() ? link(entry) : Optional.of(notAFile(entry));
  }

  private Optional<Found> link(Path entry) throws IOException {
    Path target;
    try {
      target = entry.toRealPath();
    } catch (NoSuchFileException e) {
      return Optional.of(
          refused(
              entry, ItemError.SOURCE_UNREADABLE, "A link that leads nowhere, to " + read(entry)));
    }
    if (!target.startsWith(root)) {
      return Optional.of(
          refused(
              entry, ItemError.PATH_REFUSED, "A link that leads out of the source, to " + target));
    }
    if (Files.isDirectory(target)) {
      return Optional.empty();
    }
    return Optional.of(Files.isRegularFile(target) ? Found.file(uri(entry)) : notAFile(entry));
  }

  private static Path read(Path link) throws IOException {
    return Files.readSymbolicLink(link);
  }

  private static Found notAFile(Path entry) {
    return refused(entry, ItemError.SOURCE_UNREADABLE, "Neither a file nor a folder");
  }

  private static Found refused(Path entry, ItemError code, String why) {
    return Found.refused(uri(entry), new Offer.Refused(code, why));
  }

  @Override
  Found unreadable(Path entry, IOException cause) {
    return cause instanceof NoSuchFileException
        ? refused(entry, ItemError.SOURCE_GONE, "Vanished while the source was listed")
        : refused(entry, ItemError.SOURCE_UNREADABLE, "Cannot be looked at: " + cause);
  }

  private static String uri(Path entry) {
    return entry.toUri().toString().replaceFirst("/$", "");
  }
}
