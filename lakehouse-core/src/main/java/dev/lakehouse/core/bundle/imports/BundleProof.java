// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.imports;

import java.io.IOException;
import java.util.List;

/** Tries a bundle that is about to be written. */
@FunctionalInterface
public interface BundleProof {

  /**
   * Tries it.
   *
   * @return what was shown, in words for people
   * @throws IllegalArgumentException saying what is not as it should be
   * @throws IOException if the export cannot be read
   */
  List<String> of(StagedBundle staged) throws IOException;
}
