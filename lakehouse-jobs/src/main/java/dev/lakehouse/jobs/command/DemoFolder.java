// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of a demo. A mark says that a demo made it, so that nothing else is ever written into
 * or removed.
 *
 * @param root the lake
 */
record DemoFolder(Path root) {
  private static final String MARK = ".lakehouse-demo";

  /**
   * Makes the folder, or goes on with that of an earlier demo.
   *
   * @throws LakehouseException if it holds something else
   */
  static DemoFolder open(Path root, boolean fresh) {
    DemoFolder folder = new DemoFolder(root.toAbsolutePath().normalize());
    try {
      folder.requireOwn();
      if (fresh) {
        folder.remove();
      }
      Files.createDirectories(folder.root);
      Files.writeString(folder.file(MARK), "made by 'lakehouse demo'; may be deleted\n");
      return folder;
    } catch (IOException e) {
      throw LakehouseException.because(
          e, ErrorCode.CONFIG_INVALID, "Cannot use %s for the demo: %s", folder.root, e);
    }
  }

  private void requireOwn() throws IOException {
    if (!Files.exists(root) || Files.exists(file(MARK))) {
      return;
    }
    try (Stream<Path> content = Files.list(root)) {
      if (content.findAny().isPresent()) {
        throw LakehouseException.of(
            ErrorCode.CONFIG_INVALID,
            "%s holds something that no demo made. Give another place with --lake",
            root);
      }
    }
  }

  private void remove() throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> content = Files.walk(root)) {
      deepestFirst = content.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.delete(path);
    }
  }

  Path file(String name) {
    return root.resolve(name);
  }
}
