// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core;

import dev.lakehouse.core.ColumnType.ArrayOf;
import dev.lakehouse.core.ColumnType.StructOf;
import java.sql.Timestamp;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row as JSON shows it: texts, numbers, lists and maps; moments in UTC to the millisecond. */
public final class PlainRow {
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

  private PlainRow() {}

  /** The columns of a table in their order; what a row does not have is null. */
  public static Map<String, Object> of(Table table, Values row) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    for (Column column : table.columns()) {
      plain.put(column.name(), value(row.find(column.name()).orElse(null), column.type()));
    }
    return Collections.unmodifiableMap(plain);
  }

  private static @Nullable Object value(@Nullable Object value, ColumnType type) {
    if (value == null) {
      return null;
    }
    if (value instanceof Timestamp moment) {
      return MOMENT.format(moment.toInstant());
    }
    if (type instanceof ArrayOf array) {
      List<@Nullable Object> list = new ArrayList<>();
      ((List<?>) value).forEach(element -> list.add(value(element, array.element())));
      return list;
    }
    if (type instanceof StructOf struct) {
      Map<String, @Nullable Object> parts = new LinkedHashMap<>();
      for (int i = 0; i < struct.fields().size(); i++) {
        Column field = struct.fields().get(i);
        parts.put(field.name(), value(((Object[]) value)[i], field.type()));
      }
      return parts;
    }
    return value;
  }
}
