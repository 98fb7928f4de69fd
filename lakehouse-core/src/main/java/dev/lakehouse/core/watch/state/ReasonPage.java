// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.state;

import java.util.List;

/**
 * Some of the items behind a reason.
 *
 * @param reason its code
 * @param count items that have it
 * @param items the first of them by place
 */
public record ReasonPage(String reason, long count, List<Item> items) {
  public ReasonPage {
    items = List.copyOf(items);
  }
}
