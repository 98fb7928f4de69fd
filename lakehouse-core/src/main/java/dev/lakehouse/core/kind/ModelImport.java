// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind;

import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.bundle.imports.BundleImport;
import dev.lakehouse.core.bundle.imports.ImportRequest;
import dev.lakehouse.core.bundle.imports.Imported;
import dev.lakehouse.core.codec.Limits;

/** Imports a model and compares it with the golden vectors of its export, if that has any. */
public final class ModelImport {
  private ModelImport() {}

  /**
   * Imports an export into a models folder, as {@link BundleImport} does.
   *
   * @param limits what a picture may not exceed
   * @throws dev.lakehouse.core.LakehouseException if the export cannot be understood, gives other
   *     vectors than its golden ones, or another model has the name
   */
  public static Imported run(ImportRequest request, ModelsRoot models, Limits limits) {
    return BundleImport.prove(request, models, new GoldenProof(limits));
  }
}
