// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core;

import org.jspecify.annotations.Nullable;

/**
 * A failure that the operator can act on.
 *
 * <p>The message says what was attempted on which thing, what was expected, what was found, and
 * what to do. Makers of messages that more than one room needs stand here; a room makes its own
 * with {@link #of}.
 */
public final class LakehouseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  private LakehouseException(ErrorCode code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** A failure with a formatted message. */
  public static LakehouseException of(ErrorCode code, String message, @Nullable Object... args) {
    return new LakehouseException(code, message.formatted(args), null);
  }

  /** A failure with its cause. */
  public static LakehouseException because(
      @Nullable Throwable cause, ErrorCode code, String message, @Nullable Object... args) {
    return new LakehouseException(code, message.formatted(args), cause);
  }

  /** Nothing at the place where a lake was looked for. */
  public static LakehouseException lakeMissing(String uri) {
    return of(
        ErrorCode.LAKE_MISSING,
        "No lake at %s: expected its tables there and found none. Check --lake, or create it with"
            + " 'lakehouse ingest' or 'lakehouse run'",
        uri);
  }

  /** A lake without a release that readers could start from. */
  public static LakehouseException nothingReleased(String uri) {
    return of(
        ErrorCode.LAKE_MISSING,
        "Nothing is released in %s yet. Run 'lakehouse publish', or 'lakehouse run'",
        uri);
  }

  /** A blob whose bytes do not match its name. */
  public static LakehouseException corruptBlob(String uri, String expected, String found) {
    return of(
        ErrorCode.INTEGRITY,
        "Cannot read blob %s: expected sha256 %s but found %s. The file changed after it was stored;"
            + " 'lakehouse repair' brings it back from its source",
        uri,
        expected,
        found);
  }

  /** What kind of failure this is. */
  public ErrorCode code() {
    return code;
  }
}
