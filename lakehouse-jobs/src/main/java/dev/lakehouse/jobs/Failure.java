// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Hindrance;
import dev.lakehouse.core.LakehouseException;
import java.io.File;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
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
public record Failure(ErrorCode code, String message) {
  /** Exit codes, worst first. */
  private static final List<Integer> WORST_FIRST = List.of(6, 7, 2, 4, 3, 5, 1);

  /** What file systems and libraries say where there is no room left. */
  private static final Pattern NO_ROOM =
      Pattern.compile(
          "no space left on device|disk quota exceeded|not enough space", Pattern.CASE_INSENSITIVE);

  private static final String PERMISSIONS =
      ". Check the place, its permissions and its owner; repeating alone does not help";

  /** Natives that do not fit any more are just missing to those who load them. */
  private static final long LEAST_SCRATCH = 4 << 20;

  /** What to tell of a failure; that the process was told to end outweighs whatever came of it. */
  public static Failure of(Throwable thrown) {
    return Interruption.happened().map(Failure::interrupted).orElseGet(() -> told(thrown));
  }

  private static Failure told(Throwable thrown) {
    Set<Throwable> all = all(thrown);
    Optional<Failure> known = known(all);
    return all.stream()
        .flatMap(each -> noRoom(each).stream())
        .min(Comparator.comparingInt(String::length)) // the longer ones wrap it
        .filter(message -> known.isEmpty() || known.get().code().equals(ErrorCode.TRANSIENT))
        .map(message -> full(known.map(Failure::message).orElse(message)))
        .or(() -> known.map(failure -> lasting(failure, all)))
        .or(() -> passing(all))
        .or(() -> hindered(all))
        .orElseGet(() -> new Failure(ErrorCode.UNEXPECTED, unexpected(thrown)));
  }

  /** What stands in the way until somebody does something is no reason to come again. */
  private static Failure lasting(Failure known, Set<Throwable> all) {
    return known.code().equals(ErrorCode.TRANSIENT)
            && all.stream().noneMatch(Hindrance::isPassing)
            && all.stream().anyMatch(Hindrance::isLasting)
        ? new Failure(ErrorCode.CONFIG_INVALID, known.message() + PERMISSIONS)
        : known;
  }

  /** A store that cannot be reached now says so in an exception of its client. */
  private static Optional<Failure> passing(Set<Throwable> all) {
    return all.stream()
        .filter(Hindrance::isPassing)
        .findFirst()
        .map(e -> "Storage failed: %s. Repeat the command".formatted(firstLine(e.getMessage())))
        .map(message -> new Failure(ErrorCode.TRANSIENT, message));
  }

  /** A folder that may not be written says so in a library's own exception. */
  private static Optional<Failure> hindered(Set<Throwable> all) {
    return all.stream()
        .filter(Hindrance::isLasting)
        .findFirst()
        .map(e -> "Cannot go on: %s%s".formatted(Hindrance.withPlace(e), PERMISSIONS))
        .map(message -> new Failure(ErrorCode.CONFIG_INVALID, message));
  }

  /** What a throwable says of a full disk, if that is what it is about. */
  private static Optional<String> noRoom(Throwable thrown) {
    if (thrown instanceof LinkageError && scratch().getUsableSpace() < LEAST_SCRATCH) {
      return Optional.of("Cannot unpack a native library: no space left on device");
    }
    return Optional.of(firstLine(thrown.getMessage()))
        .filter(message -> NO_ROOM.matcher(message).find());
  }

  private static File scratch() {
    return new File(System.getProperty("java.io.tmpdir"));
  }

  private static Failure full(String message) {
    return new Failure(
        ErrorCode.TRANSIENT,
        "%s. Make room (scratch files are in %s), then repeat the command"
            .formatted(message, scratch()));
  }

  static Failure interrupted(ErrorCode by) {
    return new Failure(
        by, "Interrupted; what was committed is kept. Run the same command again to resume");
  }

  private static Optional<Failure> known(Set<Throwable> all) {
    return all.stream()
        .filter(LakehouseException.class::isInstance)
        .map(LakehouseException.class::cast)
        .min(Comparator.comparingInt(e -> WORST_FIRST.indexOf(e.code().exitCode())))
        .map(e -> new Failure(e.code(), String.valueOf(e.getMessage())));
  }

  /** With all causes and what was suppressed, the outermost first: it says where. */
  private static Set<Throwable> all(Throwable start) {
    Set<Throwable> seen = new LinkedHashSet<>();
    Deque<Throwable> open = new ArrayDeque<>(List.of(start));
    while (!open.isEmpty()) {
      Throwable next = open.pop();
      if (seen.add(next)) {
        Optional.ofNullable(next.getCause()).ifPresent(open::push);
        List.of(next.getSuppressed()).forEach(open::push);
      }
    }
    return seen;
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

  public int exitCode() {
    return code.exitCode();
  }

  /** The document that {@code --json} prints in place of an answer. */
  public Map<String, Object> json() {
    return Map.of("error", Map.of("code", code.name(), "message", message));
  }
}
