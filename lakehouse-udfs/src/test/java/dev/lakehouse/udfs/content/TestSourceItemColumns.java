// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.connect.Description;
import dev.lakehouse.core.connect.Offer;
import dev.lakehouse.core.connect.SourceItem;
import dev.lakehouse.udfs.SparkColumns;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TestSourceItemColumns {

  static List<SourceItem> items() {
    Description full =
        new Description(
            List.of("a red circle", ""),
            true,
            Optional.of("t"),
            Optional.of("en"),
            Optional.of("CC0-1.0"),
            Optional.of("given"),
            Optional.of("low"),
            Optional.of("g1"),
            Map.of("a", "b"));
    Offer file = new Offer.File("file:///a/b%0A.png", "file:///a", ItemError.SOURCE_GONE);
    return List.of(
        new SourceItem("s", "b\n.png", "file:///a/b%0A.png", file, full),
        new SourceItem("s", "line:1", "x", new Offer.Text(""), Description.titled("t")),
        new SourceItem(
            "s", "line:2", "x", new Offer.Refused(ItemError.MALFORMED_ROW, "bad"), full));
  }

  @ParameterizedTest
  @MethodSource("items")
  void anItemSurvivesTheJourneyThroughARow(SourceItem item) {
    Row plain = SparkColumns.row(item.toValues());
    Object[] values = new Object[plain.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = plain.get(i);
    }

    Row row = new GenericRowWithSchema(values, SourceItemColumns.schema());

    assertThat(SourceItemColumns.item(row)).isEqualTo(item);
  }
}
