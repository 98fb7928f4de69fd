// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.content;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.substring_index;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.connect.Role;
import dev.lakehouse.core.connect.manifest.RowMapping;
import dev.lakehouse.udfs.content.TablePartition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a table that its items are made of: what is mapped, and what is left as facts.
 *
 * @param rows those columns, then where a row stands
 * @param names of those columns
 * @param binary the one that holds the content as bytes
 */
record TableColumns(Dataset<Row> rows, List<String> names, Optional<String> binary) {

  /**
   * Chooses the columns.
   *
   * @throws LakehouseException CONFIG_INVALID if one is not there, or cannot be what it is mapped
   *     to
   */
  static TableColumns of(Dataset<Row> table, RowMapping mapping, String uri) {
    Map<String, DataType> types = types(table.schema());
    Collection<String> mapped = mapping.fields().values();
    mapping.requireIn(types.keySet(), uri);
    Optional<String> content = mapping.field(Role.IMAGE);
    Optional<String> binary = content.filter(name -> types.get(name) instanceof BinaryType);
    if (content.isPresent()
        && binary.isEmpty()
        && !(types.get(content.get()) instanceof StringType)) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Column %s of %s has the type %s: expected bytes, or names of files. Correct --map",
          content.get(),
          uri,
          types.getOrDefault(content.get(), DataTypes.NullType).simpleString());
    }
    List<Column> columns = new ArrayList<>();
    List<String> names = new ArrayList<>();
    types.forEach(
        (name, type) -> {
          if (mapped.contains(name) || isFact(name, type, mapped)) {
            columns.add(column(name).as(name));
            names.add(name);
          }
        });
    boolean named = mapping.field(Role.ID).isPresent(); // then no number is needed
    columns.add(file().as(TablePartition.FILE));
    columns.add((named ? lit(0L) : col("_metadata.row_index")).as(TablePartition.ROW));
    return new TableColumns(table.select(columns.toArray(Column[]::new)), names, binary);
  }

  private static Column file() {
    return substring_index(col("_metadata.file_path"), "/", -1);
  }

  private static Column column(String name) {
    return col(
        String.join(".", List.of(name.split("\\.")).stream().map(TableColumns::quoted).toList()));
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  /** Columns, and fields of structs as {@code column.field}. */
  private static Map<String, DataType> types(StructType schema) {
    Map<String, DataType> types = new LinkedHashMap<>();
    for (StructField column : schema.fields()) {
      types.put(column.name(), column.dataType());
      if (column.dataType() instanceof StructType struct) {
        for (StructField field : struct.fields()) {
          types.put(column.name() + "." + field.name(), field.dataType());
        }
      }
    }
    return types;
  }

  /** Bytes are no fact, nor a struct that is mapped in part, nor the parts of one that is none. */
  private static boolean isFact(String name, DataType type, Collection<String> mapped) {
    return !(type instanceof BinaryType)
        && name.indexOf('.') < 0
        && mapped.stream().noneMatch(field -> field.startsWith(name + "."));
  }
}
