// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.serve;

import dev.lakehouse.core.Table;
import dev.lakehouse.core.Values;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** About how many bytes of the heap something takes. */
final class Weight {
  private static final long OBJECT = 48; // with its place in what holds it

  private Weight() {}

  /** A row of a table. */
  static long of(Values row, Table table) {
    return OBJECT + table.names().stream().mapToLong(name -> of(row.find(name).orElse(null))).sum();
  }

  private static long of(@Nullable Object value) {
    if (value instanceof String text) {
      return OBJECT + (long) Character.BYTES * text.length();
    }
    if (value instanceof byte[] bytes) {
      return OBJECT + bytes.length;
    }
    if (value instanceof float[] vector) {
      return OBJECT + (long) Float.BYTES * vector.length;
    }
    if (value instanceof List<?> list) {
      return OBJECT + list.stream().mapToLong(Weight::of).sum();
    }
    if (value instanceof Object[] struct) {
      long sum = OBJECT;
      for (Object field : struct) {
        sum += of(field);
      }
      return sum;
    }
    if (value instanceof Map<?, ?> map) {
      return OBJECT
          + map.entrySet().stream()
              .mapToLong(each -> of(each.getKey()) + of(each.getValue()))
              .sum();
    }
    return value == null ? 0 : OBJECT;
  }
}
