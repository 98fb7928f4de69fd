// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.content;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lakehouse.core.connect.manifest.WrittenNumber;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import scala.collection.JavaConverters;

/**
 * The values of a row as manifests have them: numbers by their digits, lists and objects as JSON.
 */
final class RowFields {
  private RowFields() {}

  /** Every column but the last ones, which tell where the row stands. */
  static Map<String, JsonNode> of(Row row, int columns) {
    Map<String, JsonNode> fields = new TreeMap<>();
    for (int i = 0; i < columns; i++) {
      fields.put(row.schema().fields()[i].name(), node(row.get(i)));
    }
    return fields;
  }

  private static JsonNode node(@Nullable Object value) {
    if (value == null) {
      return NullNode.getInstance();
    }
    if (value instanceof byte[] bytes) {
      return BinaryNode.valueOf(bytes);
    }
    if (value instanceof Boolean truth) {
      return BooleanNode.valueOf(truth);
    }
    if (value instanceof BigDecimal number) {
      return new WrittenNumber(number.toPlainString());
    }
    if (value instanceof Number number) {
      return new WrittenNumber(number.toString());
    }
    return value instanceof Row || value instanceof scala.collection.Map<?, ?>
        ? object(value)
        : value instanceof scala.collection.Seq<?> list
            ? array(JavaConverters.seqAsJavaList(list))
            : TextNode.valueOf(value.toString());
  }

  private static JsonNode array(List<?> list) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    list.forEach(element -> array.add(node(element)));
    return array;
  }

  private static JsonNode object(Object value) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    if (value instanceof Row row) {
      of(row, row.size()).forEach(object::set);
    } else {
      JavaConverters.mapAsJavaMap((scala.collection.Map<?, ?>) value)
          .forEach((name, element) -> object.set(String.valueOf(name), node(element)));
    }
    return object;
  }
}
