// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.child;

import java.io.Serializable;
import java.time.Duration;

/**
 * How children are kept.
 *
 * @param children at most at once
 * @param heapBytes of each
 * @param perQuestion how long one may take over a question
 * @param questions after which one is replaced, since libraries leak
 */
public record ChildPoolOptions(int children, long heapBytes, Duration perQuestion, int questions)
    implements Serializable {

  public ChildPoolOptions {
    if (children < 1 || heapBytes < 1 || questions < 1 || perQuestion.isNegative()) {
      throw new IllegalArgumentException("Nothing could be asked: " + children + " children");
    }
  }
}
