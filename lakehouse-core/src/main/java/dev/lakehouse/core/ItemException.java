// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core;

/** An item that cannot be taken as it is; becomes an outcome row with the code, never a failure. */
public final class ItemException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ItemError code;

  public ItemException(ItemError code, String message) {
    super(message);
    this.code = code;
  }

  public ItemException(ItemError code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** The stable code. */
  public ItemError code() {
    return code;
  }
}
