// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.speech;

import dev.lakehouse.core.JvmFolder;
import dev.lakehouse.core.bundle.engine.VerifiedFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A copy of a network that tells speech, on this machine, with the digest of the very bytes that
 * were copied; deleted when it is closed.
 *
 * @param folder that holds it alone
 * @param path of the copy
 * @param sha256 64 hex digits
 */
record SpeechFile(Path folder, Path path, String sha256) implements AutoCloseable {

  /**
   * Brings it here.
   *
   * @param named what people call it
   * @throws dev.lakehouse.core.LakehouseException MODEL_UNAVAILABLE if it is not there, TRANSIENT
   *     if it cannot be read
   */
  static SpeechFile of(String named, SpeechPlace place) {
    try {
      Path folder = JvmFolder.newFolder("speech");
      Path copy = folder.resolve("network.onnx");
      try (OutputStream out = Files.newOutputStream(copy)) {
        String sha256 = VerifiedFiles.transfer(place.files(), place.file(), out);
        return new SpeechFile(folder, copy, sha256);
      } catch (IOException | RuntimeException e) {
        JvmFolder.delete(folder);
        throw e;
      }
    } catch (FileNotFoundException | NoSuchFileException e) {
      throw SpeechPlace.missing(named, place.toString(), e);
    } catch (IOException e) {
      throw SpeechPlace.unreadable(named, e);
    }
  }

  @Override
  public void close() {
    JvmFolder.delete(folder);
  }
}
