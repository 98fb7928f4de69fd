// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.engine;

import static dev.lakehouse.core.bundle.description.Checks.check;

import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A file that PyTorch wrote, which may be a program in TorchScript or a pickle. */
public final class TorchArchive {
  public static final String ENDING = ".pt";

  private TorchArchive() {}

  /**
   * Refuses what is no TorchScript.
   *
   * @throws IllegalArgumentException saying what was expected
   */
  public static void require(Path file) throws IOException {
    check(
        isScript(file),
        "%s is no TorchScript (an archive with code/ and constants.pkl). Pickles can run code and are"
            + " refused: save the model with torch.jit.save",
        file.getFileName());
  }

  private static boolean isScript(Path file) throws IOException {
    try (ZipFile archive = new ZipFile(file.toFile())) {
      return archive.stream().anyMatch(entry -> entry.getName().matches("[^/]+/code/.+\\.py"))
          && archive.stream().anyMatch(entry -> entry.getName().matches("[^/]+/constants\\.pkl"));
    } catch (ZipException e) {
      return false; // an old pickle, or something else
    }
  }
}
