// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.embed;

import dev.lakehouse.core.embed.EmbedOutcome;
import org.jspecify.annotations.Nullable;

/**
 * An input and what became of it, for Spark to read: a bean, since of a bean's array Spark takes
 * all numbers at once, and of a row's each as an object.
 */
public final class EmbeddingRow {
  private final String sha256;
  private final EmbedOutcome outcome;

  EmbeddingRow(String sha256, EmbedOutcome outcome) {
    this.sha256 = sha256;
    this.outcome = outcome;
  }

  /** Digest of the input. */
  public String getSha256() {
    return sha256;
  }

  /** Its vector, of norm 1; null where there is none. */
  public float @Nullable [] getVector() {
    return outcome.vector().orElse(null);
  }

  /** What kind of thing stood in the way; null where nothing did. */
  public @Nullable String getErrorClass() {
    return outcome.failure().map(failed -> failed.code().cause().word()).orElse(null);
  }

  /** What stood in the way; null where nothing did. */
  public @Nullable String getErrorCode() {
    return outcome.failure().map(failed -> failed.code().name()).orElse(null);
  }

  /** The same for people; null where nothing stood in the way. */
  public @Nullable String getErrorMessage() {
    return outcome.failure().map(EmbedOutcome.Failed::message).orElse(null);
  }
}
