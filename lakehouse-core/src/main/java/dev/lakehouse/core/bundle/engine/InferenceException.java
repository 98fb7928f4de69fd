// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.engine;

/** A session could not run a batch; a smaller one may do. */
public final class InferenceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InferenceException(String message, Throwable cause) {
    super(message, cause);
  }

  /** An output that makes no sense. */
  public InferenceException(String message) {
    super(message);
  }

  /** Whether the cause was a lack of memory. */
  public boolean outOfMemory() {
    String message = String.valueOf(getMessage());
    return message.contains("Failed to allocate memory")
        || message.contains("out of memory")
        || message.contains("bad allocation");
  }
}
