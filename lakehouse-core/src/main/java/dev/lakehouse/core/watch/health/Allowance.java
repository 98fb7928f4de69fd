// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.health;

import java.util.OptionalLong;

/**
 * What one JVM may use.
 *
 * @param cores that it may keep busy
 * @param beyondHeap bytes beside its heap that it is held to; empty where only the machine limits
 *     it
 */
public record Allowance(int cores, OptionalLong beyondHeap) {

  /** Everything that the machine has. */
  public static Allowance ofMachine() {
    return new Allowance(Runtime.getRuntime().availableProcessors(), OptionalLong.empty());
  }
}
