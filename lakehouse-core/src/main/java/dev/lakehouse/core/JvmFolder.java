// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of this JVM alone, for natives and copies of models: JVMs that unpack into one cache
 * race. It is gone when the JVM ends.
 */
public final class JvmFolder {
  private static final Logger LOG = LoggerFactory.getLogger(JvmFolder.class);

  private JvmFolder() {}

  /** Made when it is first needed. */
  private static final class Home {
    static final Path FOLDER = create();

    private static Path create() {
      try {
        Path folder = Files.createTempDirectory("lakehouse-native-");
        Runtime.getRuntime()
            .addShutdownHook(new Thread(() -> delete(folder), "lakehouse-native-cleanup"));
        return folder;
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot create a folder in java.io.tmpdir", e);
      }
    }
  }

  /** A place in it; nothing is made there. */
  public static Path place(String name) {
    return Home.FOLDER.resolve(name);
  }

  /** A new folder in it. */
  public static Path newFolder(String name) throws IOException {
    return Files.createTempDirectory(Home.FOLDER, name + "-");
  }

  /** Deletes a folder, as far as that goes. */
  public static void delete(Path folder) {
    try (Stream<Path> below = Files.walk(folder)) {
      List<Path> deepestFirst = below.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("Left {} behind", folder, e);
    }
  }
}
