// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.copy;

import dev.lakehouse.core.lake.LocalDisk;
import java.io.Serializable;

/**
 * A copy of an index and where it is fetched to; travels to executors.
 *
 * @param copies that it is one of
 * @param name digest of its list
 * @param disk of each machine
 */
public record RemoteCopy(IndexCopies copies, String name, LocalDisk disk) implements Serializable {

  /** Fetches it unless it is here. */
  public LocalCopies.Held hold() {
    return LocalCopies.on(disk).hold(copies, name);
  }

  /** Where it is in the lake. */
  @Override
  public String toString() {
    return copies.place(name);
  }
}
