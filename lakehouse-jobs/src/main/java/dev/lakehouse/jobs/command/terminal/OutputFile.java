// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command.terminal;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Hindrance;
import dev.lakehouse.core.LakehouseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page that a user asked for, at the place of {@code --out}. */
public record OutputFile(Path path) {

  /** The file at a place as it was given; nothing is written yet. */
  public static OutputFile of(Path given) {
    return new OutputFile(given.toAbsolutePath().normalize());
  }

  /**
   * Writes it anew.
   *
   * @throws LakehouseException CONFIG_INVALID if it cannot be written
   */
  public void write(String text) {
    try {
      Files.writeString(path, text);
    } catch (IOException e) {
      throw LakehouseException.because(
          e,
          ErrorCode.CONFIG_INVALID,
          "Cannot write %s: %s. Give another place with --out",
          path,
          Hindrance.words(e));
    }
  }
}
