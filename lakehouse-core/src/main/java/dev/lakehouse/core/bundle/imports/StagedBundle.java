// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.imports;

import dev.lakehouse.core.bundle.description.BundleFiles;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** A bundle that lies ready, beside the export that it was made of. */
public final class StagedBundle {
  private final String name;
  private final ModelsRoot root;
  private final BundleFiles export;

  StagedBundle(String name, ModelsRoot root, BundleFiles export) {
    this.name = name;
    this.root = root;
    this.export = export;
  }

  /** Its name in {@link #root}. */
  public String name() {
    return name;
  }

  /** Where it can be used from. */
  public ModelsRoot root() {
    return root;
  }

  /**
   * A file of the export, whole; empty if there is none.
   *
   * @throws IllegalArgumentException if the name leads out of the export
   */
  public Optional<byte[]> exported(String file) throws IOException {
    try (InputStream in = export.open(file)) {
      return Optional.of(in.readAllBytes());
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }
}
