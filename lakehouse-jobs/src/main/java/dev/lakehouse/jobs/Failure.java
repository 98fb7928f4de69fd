// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is told of a failed command: one code and one message.
 *
 * <p>Where several failures came together, causes and suppressed ones included, the worst by the
 * contract speaks.
 *
 * @param code decides the exit code
 * @param message for people
 */
record Failure(ErrorCode code, String message) {
  /** Exit codes, worst first. */
  private static final List<Integer> WORST_FIRST = List.of(6, 7, 2, 4, 3, 5, 1);

  /** What to tell of a failure; that the process was told to end outweighs whatever came of it. */
  static Failure of(Throwable thrown) {
    return Interruption.happened()
        .map(Failure::interrupted)
        .or(() -> known(thrown))
        .orElseGet(() -> new Failure(ErrorCode.UNEXPECTED, unexpected(thrown)));
  }

  static Failure interrupted(ErrorCode by) {
    return new Failure(
        by, "Interrupted; what was committed is kept. Run the same command again to resume");
  }

  private static Optional<Failure> known(Throwable thrown) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    collect(thrown, seen);
    return seen.stream()
        .filter(LakehouseException.class::isInstance)
        .map(LakehouseException.class::cast)
        .min(Comparator.comparingInt(e -> WORST_FIRST.indexOf(e.code().exitCode())))
        .map(e -> new Failure(e.code(), String.valueOf(e.getMessage())));
  }

  private static void collect(Throwable start, Set<Throwable> seen) {
    Deque<Throwable> open = new ArrayDeque<>(List.of(start));
    while (!open.isEmpty()) {
      Throwable next = open.pop();
      if (seen.add(next)) {
        Optional.ofNullable(next.getCause()).ifPresent(open::push);
        List.of(next.getSuppressed()).forEach(open::push);
      }
    }
  }

  private static String unexpected(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return "Unexpected %s: %s. --verbose shows where; repeating the command is safe"
        .formatted(root.getClass().getSimpleName(), firstLine(root.getMessage()));
  }

  private static String firstLine(@Nullable String message) {
    return message == null
        ? "no message"
        : message.lines().findFirst().orElse("no message").replaceFirst("\\.$", "");
  }

  int exitCode() {
    return code.exitCode();
  }

  /** The document that {@code --json} prints in place of an answer. */
  Map<String, Object> json() {
    return Map.of("error", Map.of("code", code.name(), "message", message));
  }
}
