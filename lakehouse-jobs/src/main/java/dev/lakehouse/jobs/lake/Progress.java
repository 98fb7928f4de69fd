// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake;

/** Hears, line by line, how far long work has come; for people, never for decisions. */
@FunctionalInterface
public interface Progress {

  /** One line without its end. */
  void say(String line);

  /** Nobody listens. */
  static Progress silent() {
    return line -> {};
  }
}
