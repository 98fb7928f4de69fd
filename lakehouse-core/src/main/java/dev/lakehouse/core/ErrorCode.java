// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core;

/**
 * What kind of failure stopped a command. Groups failures for alerting, decides whether to try
 * again, and maps to the exit code of the contract.
 *
 * <p>Damage of a single item is not here: it is a row with a reason, never an exception that ends a
 * command.
 */
public enum ErrorCode {
  /** Anything that nobody foresaw. */
  UNEXPECTED(1),
  /** A user's own function threw, or returned something else than it declared. */
  FUNCTION_FAILED(1),
  /** Wrong arguments, settings, policy or sources; nothing was done. */
  CONFIG_INVALID(2),
  /** The lake does not exist where it was looked for. */
  LAKE_MISSING(2),
  /** The source cannot be listed or read at all. */
  SOURCE_UNAVAILABLE(2),
  /** No model under this name, or none that fits the question. */
  MODEL_UNAVAILABLE(2),
  /** A bundle or an export that cannot be understood. */
  MODEL_INVALID(2),
  /** A device was asked for and is not there. */
  DEVICE_UNAVAILABLE(2),
  /** A program that decodes does not run on this machine. */
  DECODER_UNAVAILABLE(2),
  /** Nothing fit to publish, or every item of a stage failed. */
  NOTHING_FIT(3),
  /** More items failed than {@code lakehouse.errors.max-share} allows. */
  TOO_MANY_ERRORS(4),
  /** Storage or network failed for now; the same command may be repeated. */
  TRANSIENT(5),
  /** Another command changed the same table first; the same command may be repeated. */
  COMMIT_CONFLICT(5),
  /** Bytes, rows or releases are not what their names say. */
  INTEGRITY(6),
  /** A commit may or may not have happened. */
  COMMIT_UNKNOWN(7),
  /** Ended by Ctrl-C; the same command resumes. */
  INTERRUPTED(130),
  /** Ended by SIGTERM; the same command resumes. */
  TERMINATED(143);

  private final int exitCode;

  ErrorCode(int exitCode) {
    this.exitCode = exitCode;
  }

  /** The process exit code of the contract. */
  public int exitCode() {
    return exitCode;
  }

  /** Whether repeating the same command may succeed without anybody changing anything. */
  public boolean retriable() {
    return exitCode == 5 || exitCode > 128;
  }
}
