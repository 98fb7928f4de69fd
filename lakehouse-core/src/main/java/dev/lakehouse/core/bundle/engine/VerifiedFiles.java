// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.engine;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.JvmFolder;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.bundle.description.BundleFiles;
import dev.lakehouse.core.bundle.description.FileCheck;
import dev.lakehouse.core.bundle.description.ModelBundle;
import dev.lakehouse.core.bundle.description.PinnedFile;
import dev.lakehouse.core.bundle.description.Tower;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * The files of a tower on this machine, every byte of them compared with its digest first.
 *
 * <p>A bundle in a local folder is used where it is. Any other is copied to a folder of this JVM,
 * which {@link #close} deletes: a session needs its file only while it is opened.
 */
public final class VerifiedFiles implements AutoCloseable {
  private final Path folder;
  private final boolean ours;

  private VerifiedFiles(Path folder, boolean ours) {
    this.folder = folder;
    this.ours = ours;
  }

  /**
   * Brings the files of a tower here.
   *
   * @throws LakehouseException if a byte differs, a file is missing, or the network refers to a
   *     file that the bundle does not declare
   */
  static VerifiedFiles of(ModelBundle bundle, Tower tower) {
    try {
      return bring(bundle, tower);
    } catch (FileNotFoundException e) {
      throw LakehouseException.because(
          e,
          ErrorCode.INTEGRITY,
          "Model bundle %s lacks a file that its model.yaml names: %s. Import it again",
          bundle.name(),
          e.getMessage());
    } catch (IOException e) {
      throw LakehouseException.because(
          e,
          ErrorCode.TRANSIENT,
          "Cannot read model bundle %s in %s: %s",
          bundle.name(),
          bundle.place(),
          e.getMessage());
    }
  }

  /** Whether the network of the tower quantises numbers by the largest of their batch. */
  boolean quantisesAtRun(Tower tower) throws IOException {
    return !tower.graph().isScript() && header(tower).quantisesAtRun();
  }

  /** Where the files of the tower are. */
  Path folder() {
    return folder;
  }

  /** What the network of the tower says about itself. */
  private OnnxHeader header(Tower tower) throws IOException {
    return OnnxHeader.read(path(tower.graph().file()));
  }

  private static VerifiedFiles bring(ModelBundle bundle, Tower tower) throws IOException {
    Optional<Path> local = bundle.files().folder();
    Path folder = local.isPresent() ? local.get() : JvmFolder.newFolder(bundle.name());
    VerifiedFiles here = new VerifiedFiles(folder, local.isEmpty());
    try {
      for (PinnedFile content : tower.contents()) {
        String found =
            local.isPresent() ? digest(bundle.files(), content) : here.copy(bundle, content);
        requireEqual(bundle, content, found);
      }
      if (!tower.graph().isScript()) {
        ExternalData.requireDeclared(bundle.name(), here.header(tower), tower.graph());
      }
      return here;
    } catch (IOException | RuntimeException e) {
      here.close();
      throw e;
    }
  }

  private static void requireEqual(ModelBundle bundle, PinnedFile content, String found) {
    if (!content.sha256().equals(found)) {
      throw LakehouseException.of(
          ErrorCode.INTEGRITY,
          "Refused model bundle %s: %s in %s has sha256 %s but its model.yaml names %s. The file"
              + " changed after the bundle was made; import it again",
          bundle.name(),
          content.file(),
          bundle.place(),
          found,
          content.sha256());
    }
  }

  /** What the bytes of one file are. */
  static FileCheck check(BundleFiles files, PinnedFile content) {
    try {
      return new FileCheck(content.file(), content.sha256(), digest(files, content));
    } catch (IOException e) {
      return new FileCheck(content.file(), content.sha256(), "unreadable: " + e.getMessage());
    }
  }

  private static String digest(BundleFiles files, PinnedFile content) throws IOException {
    return transfer(files, content.file(), OutputStream.nullOutputStream());
  }

  private String copy(ModelBundle bundle, PinnedFile content) throws IOException {
    Path target = path(content.file());
    Files.createDirectories(target.getParent());
    try (OutputStream out = Files.newOutputStream(target)) {
      return transfer(bundle.files(), content.file(), out);
    }
  }

  /** Copies a file and says what its bytes are. */
  public static String transfer(BundleFiles files, String file, OutputStream out)
      throws IOException {
    MessageDigest digest = Digests.newSha256();
    try (InputStream in = new DigestInputStream(files.open(file), digest)) {
      byte[] buffer = new byte[1 << 18];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
      }
    }
    return Digests.hex(digest.digest());
  }

  /** Where a file of the tower is now. */
  Path path(String file) {
    return folder.resolve(file);
  }

  @Override
  public void close() {
    if (ours) {
      JvmFolder.delete(folder);
    }
  }
}
