// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.delta;

import dev.lakehouse.core.connect.ObjectStores;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A small file that others see whole or not at all.
 *
 * @param files the file system
 * @param path of the file
 */
public record WholeFile(FileSystem files, Path path) {

  /**
   * Writes the file, in place of what was there.
   *
   * @throws IOException also where somebody else wrote it at the same moment
   */
  public void write(String text) throws IOException {
    if (ObjectStores.hold(files.getUri())) {
      create(path, text);
    } else {
      createAndRename(text);
    }
  }

  private void create(Path file, String text) throws IOException {
    try (OutputStream out = files.create(file, true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private void createAndRename(String text) throws IOException {
    Path draft = new Path(path.getParent(), "." + path.getName() + "-" + UUID.randomUUID());
    try {
      create(draft, text);
      files.delete(path, false); // not every file system renames over a file
      if (!files.rename(draft, path)) {
        throw new IOException("Cannot rename %s to %s".formatted(draft, path));
      }
    } finally {
      files.delete(draft, false);
    }
  }
}
