// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * How the values of a column compare: texts by their UTF-8 bytes, numbers by size with what is no
 * number last, as engines sort them.
 */
public final class ValueOrder {
  /** Stands for an empty column, which comes before every value. */
  public static final Object EMPTY = new Object();

  private ValueOrder() {}

  /** Compares two rows, value by value. */
  public static int ofRows(List<Object> left, List<Object> right) {
    int order = 0;
    for (int i = 0; i < left.size() && order == 0; i++) {
      order = of(left.get(i), right.get(i));
    }
    return order;
  }

  /** Compares two values of one kind; numbers of all kinds are of one. */
  public static int of(Object left, Object right) {
    if (left == EMPTY || right == EMPTY) {
      return Boolean.compare(left != EMPTY, right != EMPTY);
    }
    if (left instanceof String text) {
      return texts(text, (String) right);
    }
    if (left instanceof Boolean truth) {
      return Boolean.compare(truth, (Boolean) right);
    }
    if (left instanceof byte[] bytes) {
      return Arrays.compareUnsigned(bytes, (byte[]) right);
    }
    return left instanceof Number number
        ? numbers(number, (Number) right)
        : moment(left).compareTo(moment(right));
  }

  /** By code points, which is the order of their UTF-8 bytes; that of UTF-16 is another. */
  private static int texts(String left, String right) {
    int shared = Math.min(left.length(), right.length());
    for (int i = 0; i < shared; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        return Character.isSurrogate(a) == Character.isSurrogate(b)
            ? Character.compare(a, b)
            : Character.isSurrogate(a) ? 1 : -1;
      }
    }
    return Integer.compare(left.length(), right.length());
  }

  private static Instant moment(Object value) {
    return value instanceof Timestamp timestamp ? timestamp.toInstant() : (Instant) value;
  }

  private static int numbers(Number left, Number right) {
    if (isFloating(left) || isFloating(right)) {
      // plus zero, so that both zeros are one
      return Double.compare(left.doubleValue() + 0.0, right.doubleValue() + 0.0);
    }
    return exact(left).compareTo(exact(right));
  }

  private static boolean isFloating(Number number) {
    return number instanceof Double || number instanceof Float;
  }

  private static BigDecimal exact(Number number) {
    return number instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf(number.longValue());
  }
}
