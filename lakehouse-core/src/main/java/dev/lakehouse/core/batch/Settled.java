// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.batch;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** What became of an item: an outcome, or what is thrown at the task that asks for it. */
record Settled<O>(@Nullable O outcome, @Nullable Throwable failure) {

  static <O> Settled<O> with(O outcome) {
    return new Settled<>(outcome, null);
  }

  /** By what the steps make of an exception. */
  static <O> Settled<O> by(PumpSteps<?, ?, O> steps, Throwable cause) {
    try {
      return with(steps.failed(cause));
    } catch (Throwable e) {
      return new Settled<>(null, e);
    }
  }

  /** The outcome, or the failure thrown. */
  O orThrow() {
    if (failure != null) {
      throw thrown(failure);
    }
    return requireNonNull(outcome, "outcome is null");
  }

  private static RuntimeException thrown(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException("An item could not be taken", failure);
  }
}
