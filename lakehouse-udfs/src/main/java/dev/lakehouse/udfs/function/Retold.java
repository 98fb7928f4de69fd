// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.function;

import org.jspecify.annotations.Nullable;

/**
 * What a user's class threw, told over: the driver may know neither the class of the exception nor
 * how to read its fields, and would lose the message with it.
 */
final class Retold extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int MAX_DEPTH = 16;

  private Retold(Throwable original, @Nullable Throwable cause) {
    super(original.toString(), cause);
    setStackTrace(original.getStackTrace());
  }

  /** The same with its causes. */
  static Throwable of(Throwable original) {
    return of(original, MAX_DEPTH);
  }

  private static Throwable of(Throwable original, int depth) {
    Throwable cause = original.getCause();
    return new Retold(original, cause == null || depth == 0 ? null : of(cause, depth - 1));
  }

  /** As the original spoke. */
  @Override
  public String toString() {
    return String.valueOf(getMessage());
  }
}
