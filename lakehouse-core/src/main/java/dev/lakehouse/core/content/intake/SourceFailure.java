// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content.intake;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import java.io.IOException;

/** A failure of what is read, kept apart from failures of where it is written. */
final class SourceFailure extends IOException {
  private static final long serialVersionUID = 1L;

  private final ItemError code;
  private final String message;

  SourceFailure(ItemError code, String message, IOException cause) {
    super(message, cause);
    this.code = code;
    this.message = message;
  }

  SourceFailure(ItemError code, String message) {
    super(message);
    this.code = code;
    this.message = message;
  }

  ItemError code() {
    return code;
  }

  /** The same as an outcome of the item. */
  ItemException asOutcome() {
    return new ItemException(code, message, this);
  }
}
