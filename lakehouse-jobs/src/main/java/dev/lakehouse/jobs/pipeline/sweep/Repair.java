// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline.sweep;

/**
 * One damage and what is done about it.
 *
 * @param what is damaged: a table or a blob
 * @param found how
 * @param action what mends it
 * @param mended whether it is mended now
 */
public record Repair(String what, String found, String action, boolean mended) {

  @Override
  public String toString() {
    return "%s: %s. %s: %s".formatted(what, found, mended ? "Done" : "To do", action);
  }
}
