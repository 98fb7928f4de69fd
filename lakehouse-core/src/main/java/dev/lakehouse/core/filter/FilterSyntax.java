// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.filter;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;

/** Says what is wrong with a condition and points at it. */
record FilterSyntax(String condition) {

  LakehouseException wrong(int at, String complaint) {
    return LakehouseException.of(
        ErrorCode.CONFIG_INVALID,
        "Invalid condition, at character %d: %s%n  %s%n  %s^",
        at + 1,
        complaint,
        condition.replaceAll("\\s", " "),
        " ".repeat(at));
  }
}
