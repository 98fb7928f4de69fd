// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.delta;

import dev.lakehouse.core.connect.ObjectStores;
import dev.lakehouse.core.connect.volume.Ability;
import dev.lakehouse.core.connect.volume.Volume;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A small file that others see whole or not at all; where nothing can be renamed they may see a
 * part of it for a moment.
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
      rename(draft, text);
    } finally {
      files.delete(draft, false);
    }
  }

  private void rename(Path draft, String text) throws IOException {
    IOException failure = new IOException("Cannot rename %s to %s".formatted(draft, path));
    try {
      if (files.rename(draft, path)) {
        return;
      }
    } catch (IOException | UnsupportedOperationException e) {
      failure.initCause(e);
    }
    if (!Volume.lacks(Ability.RENAME, path.getParent(), files.getConf())) {
      throw failure;
    }
    create(path, text);
  }
}
