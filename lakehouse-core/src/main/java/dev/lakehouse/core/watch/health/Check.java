// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.health;

/**
 * One thing that was tried.
 *
 * @param area java, spark, natives, storage, models or memory
 * @param name what was tried
 * @param status how it went
 * @param found what was seen
 * @param remedy what to do about it; empty where nothing is to be done
 */
public record Check(String area, String name, Status status, String found, String remedy) {

  /** How it went. */
  public enum Status {
    OK,
    WARN,
    FAIL
  }

  /** It went well. */
  public static Check ok(String area, String name, String found) {
    return new Check(area, name, Status.OK, found, "");
  }

  /** It went, with something to mind. */
  public static Check warn(String area, String name, String found, String remedy) {
    return new Check(area, name, Status.WARN, found, remedy);
  }

  /** It failed. */
  public static Check fail(String area, String name, String found, String remedy) {
    return new Check(area, name, Status.FAIL, found, remedy);
  }

  /** Tries something; whatever it throws is a failed check with the remedy. */
  public static Check attempt(String area, String name, String remedy, Attempt attempt) {
    try {
      return ok(area, name, attempt.found());
    } catch (Exception | LinkageError e) {
      return fail(area, name, reason(e), remedy);
    }
  }

  private static String reason(Throwable thrown) {
    String message = String.valueOf(thrown.getMessage());
    return "%s: %s"
        .formatted(
            thrown.getClass().getSimpleName(), message.lines().findFirst().orElse("no message"));
  }

  /** Something to try. */
  @FunctionalInterface
  public interface Attempt {
    /** Does it and says what was seen. */
    String found() throws Exception;
  }
}
