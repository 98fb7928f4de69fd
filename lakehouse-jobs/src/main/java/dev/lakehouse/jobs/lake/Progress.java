// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake;

/** Hears, line by line, how far long work has come; for people, never for decisions. */
@FunctionalInterface
public interface Progress {

  /** One line without its end. */
  void say(String line);

  /** One line for those who want to know more. */
  default void detail(String line) {}

  /** A stage begins; how much there is to do is not known yet. */
  default void stage(String name) {}

  /** So many items of a stage are done. */
  default void reached(String stage, long done, long total) {}

  /** Nobody listens. */
  static Progress silent() {
    return line -> {};
  }
}
