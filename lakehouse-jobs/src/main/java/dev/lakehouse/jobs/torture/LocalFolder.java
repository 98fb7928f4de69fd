// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.torture;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Removes a local folder of ours. */
final class LocalFolder extends SimpleFileVisitor<Path> {

  private LocalFolder() {}

  static void remove(Path folder) throws IOException {
    if (Files.exists(folder)) {
      Files.walkFileTree(folder, new LocalFolder());
    }
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    Files.delete(file);
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
      throws IOException {
    if (failure != null) {
      throw failure;
    }
    Files.delete(folder);
    return FileVisitResult.CONTINUE;
  }
}
