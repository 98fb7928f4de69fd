// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.imports;

import dev.lakehouse.core.bundle.description.ModelBundle;
import java.util.List;

/**
 * What came of an import.
 *
 * @param bundle that there is now
 * @param notes what was taken for granted, passed over, or proved, in words for people
 */
public record Imported(ModelBundle bundle, List<String> notes) {
  public Imported {
    notes = List.copyOf(notes);
  }
}
