// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.child;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.JvmFolder;
import dev.lakehouse.core.LakehouseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Folders that every JVM of a user on this machine shares, each named by what is in it.
 *
 * <p>A folder is filled beside its place and then moved there, so that whoever finds one finds it
 * whole, and JVMs that fill the same at once do no harm. One that lost a file, or changed a size,
 * is filled again.
 */
final class NodeCache {
  private static final String SIZES = ".sizes";

  private NodeCache() {}

  /** Fills an empty folder. */
  @FunctionalInterface
  interface Filler {
    void fill(Path folder) throws IOException;
  }

  /**
   * The folder of some content.
   *
   * @param name for people
   * @param identity changes when the content would; anything, of any length
   * @throws LakehouseException if java.io.tmpdir has no room
   */
  static Path get(String name, String identity, Filler filler) {
    try {
      Path root = ChildHome.ofUser();
      Path place = root.resolve(name + "-" + Digests.sha256(identity).substring(0, 16));
      if (isWhole(place)) {
        return place;
      }
      Path filled = fill(root, name, filler);
      return move(root, filled, place);
    } catch (IOException e) {
      throw LakehouseException.because(
          e,
          ErrorCode.DECODER_UNAVAILABLE,
          "Cannot unpack %s below %s: %s. Expected a folder with room for it; make room there, or"
              + " give java.io.tmpdir another folder",
          name,
          System.getProperty("java.io.tmpdir"),
          e);
    }
  }

  private static Path fill(Path root, String name, Filler filler) throws IOException {
    Path folder = Files.createTempDirectory(root, name + "-filling-");
    boolean whole = false;
    try {
      filler.fill(folder);
      Files.writeString(folder.resolve(SIZES), sizes(folder).toString());
      whole = true;
      return folder;
    } finally {
      if (!whole) {
        JvmFolder.delete(folder);
      }
    }
  }

  private static Path move(Path root, Path filled, Path place) throws IOException {
    try {
      return Files.move(filled, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!isWhole(place)) { // damaged: out of the way, whoever works with it keeps its files
        Files.move(place, Files.createTempDirectory(root, "damaged-").resolve("folder"));
        Files.move(filled, place, StandardCopyOption.ATOMIC_MOVE);
      } // else another JVM was first
      ChildHome.clean(root, filled);
      return place;
    }
  }

  private static boolean isWhole(Path place) throws IOException {
    Path sizes = place.resolve(SIZES);
    return Files.isRegularFile(sizes) && Files.readString(sizes).equals(sizes(place).toString());
  }

  private static Map<String, Long> sizes(Path folder) throws IOException {
    Map<String, Long> sizes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.endsWith(SIZES)) {
          sizes.put(folder.relativize(file).toString(), Files.size(file));
        }
      }
    }
    return sizes;
  }
}
