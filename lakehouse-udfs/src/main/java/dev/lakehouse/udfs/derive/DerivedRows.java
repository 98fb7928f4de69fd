// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.derive;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.content.Segment;
import dev.lakehouse.core.derive.Passage;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of {@link Tables#DERIVED} of one content: how it went, then each passage.
 *
 * @param run that derives
 */
record DerivedRows(String run) {
  private static final int MAX_MESSAGE = 500;

  List<Values> of(DeriveInput input, List<Passage> passages) {
    List<Values> rows = new ArrayList<>();
    rows.add(row(input, Segment.WHOLE, 0).set("passages", passages.size()));
    for (Passage passage : passages) {
      rows.add(
          row(input, passage.segment(), rows.size())
              .set("text", passage.text())
              .set("text_sha256", Digests.sha256(passage.text())));
    }
    return rows;
  }

  List<Values> failed(DeriveInput input, ItemError code, String message) {
    return List.of(
        row(input, Segment.WHOLE, 0)
            .set("error_class", code.cause().word())
            .set("error_code", code.name())
            .set("error_message", message.substring(0, Math.min(MAX_MESSAGE, message.length()))));
  }

  private Values row(DeriveInput input, String segment, int position) {
    return Values.of(Tables.DERIVED)
        .set("sha256", input.sha256())
        .set("deriver", input.deriver())
        .set("segment", segment)
        .set("position", position)
        .set("attempts", 1)
        .set("run", run);
  }
}
