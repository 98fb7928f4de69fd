// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content;

import dev.lakehouse.core.codec.CodecException;
import dev.lakehouse.core.codec.CodecException.Code;
import java.io.IOException;

/** A failure of what is read, kept apart from failures of where it is written. */
final class SourceFailure extends IOException {
  private static final long serialVersionUID = 1L;

  private final Code code;
  private final String message;

  SourceFailure(Code code, String message, IOException cause) {
    super(message, cause);
    this.code = code;
    this.message = message;
  }

  SourceFailure(Code code, String message) {
    super(message);
    this.code = code;
    this.message = message;
  }

  Code code() {
    return code;
  }

  /** The same as an outcome of the item. */
  CodecException asOutcome() {
    return new CodecException(code, message, this);
  }
}
