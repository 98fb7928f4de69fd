// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.Table;
import dev.lakehouse.core.filter.Filter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** A page of a table as Spark answers, to compare what is read without it. */
record PageBySpark(long count, List<JsonNode> rows) {

  static PageBySpark of(Dataset<Row> table, Table shape, Optional<String> where, int limit) {
    Dataset<Row> rows =
        where.map(text -> table.where(Filter.parse(text, shape.columns()).toSpark())).orElse(table);
    Column all = struct(columns(shape.names()));
    List<JsonNode> page =
        rows
            .orderBy(columns(shape.key()))
            .limit(limit)
            .select(to_json(all, Map.of("ignoreNullFields", "false")))
            .as(Encoders.STRING())
            .collectAsList()
            .stream()
            .map(PageBySpark::parsed)
            .toList();
    return new PageBySpark(rows.count(), page);
  }

  private static Column[] columns(List<String> names) {
    return names.stream().map(name -> col(name)).toArray(Column[]::new);
  }

  static JsonNode parsed(String json) {
    try {
      return Json.mapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
