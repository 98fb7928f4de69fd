// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command.option;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Hindrance;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.lake.LakeLayout;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** What can be seen of the place of a lake before Spark starts: on a local disk, nearly all. */
public final class LakePlace {

  private LakePlace() {}

  /**
   * Refuses a place without a lake.
   *
   * @throws LakehouseException LAKE_MISSING
   */
  public static void requireLake(LakeLayout layout) {
    Optional<Path> root = local(layout.root());
    if (root.filter(Files::isRegularFile).isPresent()) {
      throw LakehouseException.of(
          ErrorCode.LAKE_MISSING,
          "No lake at %s: expected a folder but it is a file. Check --lake",
          root.get());
    }
    if (local(layout.tables()).filter(tables -> !Files.isDirectory(tables)).isPresent()) {
      throw LakehouseException.lakeMissing(layout.root());
    }
  }

  /**
   * Refuses a place where no lake can come to be.
   *
   * @throws LakehouseException CONFIG_INVALID
   */
  public static void requireRoom(LakeLayout layout) {
    Optional<Path> root = local(layout.root());
    if (root.isPresent()) {
      try {
        requireRoom(root.get());
      } catch (IOException e) {
        throw LakehouseException.because(
            e,
            ErrorCode.CONFIG_INVALID,
            "Cannot keep a lake at %s: expected a folder that can be written, but %s. Give another"
                + " place with --lake, or mend its permissions; nothing was done",
            root.get(),
            Hindrance.withPlace(e));
      }
    }
  }

  private static void requireRoom(Path root) throws IOException {
    Path there = root;
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    if (!Files.isDirectory(there)) {
      throw new FileSystemException(there.toString(), null, "it is a file, not a folder");
    }
    requireWritable(there);
  }

  /** By trying: what permissions say is not the whole truth. */
  private static void requireWritable(Path folder) throws IOException {
    try {
      Files.delete(Files.createTempDirectory(folder, ".lakehouse-"));
    } catch (IOException e) {
      String why =
          e instanceof NoSuchFileException ? "nothing can be made in it" : Hindrance.words(e);
      FileSystemException named = new FileSystemException(folder.toString(), null, why);
      named.initCause(e);
      throw named;
    }
  }

  private static Optional<Path> local(String place) {
    URI uri = new org.apache.hadoop.fs.Path(place).toUri();
    return "file".equals(uri.getScheme()) ? Optional.of(Path.of(uri.getPath())) : Optional.empty();
  }
}
