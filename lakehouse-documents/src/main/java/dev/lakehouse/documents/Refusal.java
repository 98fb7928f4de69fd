// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.documents;

/** Why a document is not read, by a name that the asker knows. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  /** The names that stand for it on the wire. */
  enum Code {
    CORRUPT,
    TRUNCATED,
    ENCRYPTED,
    UNSUPPORTED_FORMAT,
    UNSUPPORTED_FEATURE,
    EXPANSION_LIMIT,
    OUTPUT_LIMIT,
    SOURCE_UNREADABLE,
    INTERNAL
  }

  private final Code code;

  Refusal(Code code, String message) {
    super(message);
    this.code = code;
  }

  Refusal(Code code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  Code code() {
    return code;
  }
}
