// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.filter;

/** What a condition says of a row in SQL: of an empty column nobody can tell. */
enum Logic {
  TRUE,
  FALSE,
  UNKNOWN;

  static Logic of(boolean value) {
    return value ? TRUE : FALSE;
  }

  Logic not() {
    return switch (this) {
      case TRUE -> FALSE;
      case FALSE -> TRUE;
      case UNKNOWN -> UNKNOWN;
    };
  }

  Logic and(Logic other) {
    if (this == FALSE || other == FALSE) {
      return FALSE;
    }
    return this == TRUE ? other : this;
  }

  Logic or(Logic other) {
    return not().and(other.not()).not();
  }
}
