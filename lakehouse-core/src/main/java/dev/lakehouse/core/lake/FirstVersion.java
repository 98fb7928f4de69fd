// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake;

import dev.lakehouse.core.Column;
import dev.lakehouse.core.ColumnType.Scalar;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The commit that makes a table, without rows, as Spark's commands make it: Kernel's own refuses
 * most of the properties that our tables have.
 *
 * @param uri of the table, all of whose columns are scalars
 * @param table as it is declared
 * @param hadoop settings of the storage
 */
record FirstVersion(String uri, Table table, Configuration hadoop) {

  /** Makes the table; where somebody else did so meanwhile, theirs stays. */
  void make(AppendNote note) {
    boolean unused =
        new FirstFile(new Path(uri, "_delta_log/%020d.json".formatted(0)), hadoop)
            .put(lines(note).map(line -> line + "\n").collect(Collectors.joining()));
  }

  private Stream<String> lines(AppendNote note) {
    long now = Instant.now().toEpochMilli();
    Map<String, Object> info = new LinkedHashMap<>();
    info.put("timestamp", now);
    info.put("operation", "CREATE TABLE");
    info.put("operationParameters", Map.of());
    info.put("userMetadata", note.json());
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("id", UUID.randomUUID().toString());
    metadata.put("format", Map.of("provider", "parquet", "options", Map.of()));
    metadata.put("schemaString", schema());
    metadata.put("partitionColumns", List.of());
    metadata.put("configuration", DeltaProperties.of(table));
    metadata.put("createdTime", now);
    return Stream.of(
            Map.of("commitInfo", info),
            Map.of("metaData", metadata),
            Map.of("protocol", Map.of("minReaderVersion", 1, "minWriterVersion", 2)))
        .map(Json::line);
  }

  private String schema() {
    List<Map<String, Object>> fields = new ArrayList<>();
    for (Column column : table.columns()) {
      Map<String, Object> field = new LinkedHashMap<>();
      field.put("name", column.name());
      field.put("type", type(column));
      field.put("nullable", column.nullable());
      field.put("metadata", Map.of("comment", column.meaning()));
      fields.add(field);
    }
    return Json.line(Map.of("type", "struct", "fields", fields));
  }

  private static String type(Column column) {
    if (!(column.type() instanceof Scalar scalar)) {
      throw new IllegalArgumentException("Column %s is no scalar".formatted(column.name()));
    }
    return switch (scalar) {
      case STRING -> "string";
      case INT -> "integer";
      case BIGINT -> "long";
      case FLOAT -> "float";
      case DOUBLE -> "double";
      case BOOLEAN -> "boolean";
      case TIMESTAMP -> "timestamp";
      case BINARY -> "binary";
    };
  }
}
