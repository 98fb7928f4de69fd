// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.connect.Description;
import dev.lakehouse.core.connect.Offer;
import dev.lakehouse.core.connect.SourceItem;
import dev.lakehouse.core.content.BlobMode;
import dev.lakehouse.core.content.BlobStores;
import dev.lakehouse.core.content.intake.IngestPlan;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestIngestPartition {
  @TempDir Path folder;

  @Test
  void everyItemLeavesAsAnAssetOrADeadLetterInItsOrder() throws Exception {
    Files.write(folder.resolve("x.bin"), new byte[] {0, 1, 2, (byte) 0x80});
    String root = folder.toUri().toString().replaceFirst("/$", "");
    List<SourceItem> items =
        List.of(
            item("1", new Offer.File(root + "/x.bin", root, ItemError.SOURCE_GONE)),
            item("2", new Offer.File(root + "/gone.bin", root, ItemError.SOURCE_GONE)),
            item("3", new Offer.Text("content")),
            item("4", new Offer.Refused(ItemError.MALFORMED_ROW, "no row")));

    List<Row> outcomes = ingest(items);

    assertThat(outcomes).extracting(TestIngestPartition::key).containsExactly("1", "2", "3", "4");
    assertThat(outcomes)
        .extracting(outcome -> outcome.isNullAt(0) ? "dead letter" : "asset")
        .containsExactly("asset", "dead letter", "asset", "dead letter");
  }

  @Test
  void aSecondAttemptGivesTheSameRows() throws Exception {
    List<SourceItem> items = List.of(item("1", new Offer.Text("x".repeat(2 << 20))));

    assertThat(ingest(items)).isEqualTo(ingest(items));
  }

  private List<Row> ingest(List<SourceItem> items) throws Exception {
    IngestPlan plan =
        new IngestPlan(
            BlobStores.at(folder.toUri() + "blobs", Map.of()),
            BlobMode.COPY,
            Limits.from(Settings.defaults()),
            Map.of(),
            "run-1",
            Instant.EPOCH);
    List<Row> outcomes = new ArrayList<>();
    inATask(IngestPartition.reading(plan)).call(rows(items)).forEachRemaining(outcomes::add);
    return outcomes;
  }

  private static IngestPartition inATask(IngestPartition partition) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(partition);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (IngestPartition) in.readObject();
    }
  }

  private static Iterator<Row> rows(List<SourceItem> items) {
    List<Row> rows = new ArrayList<>();
    SourceItemColumns.rows(items.iterator())
        .forEachRemaining(
            row -> {
              Object[] values = new Object[row.length()];
              for (int i = 0; i < values.length; i++) {
                values[i] = row.get(i);
              }
              rows.add(new GenericRowWithSchema(values, SourceItemColumns.schema()));
            });
    return rows.iterator();
  }

  private static SourceItem item(String key, Offer offer) {
    return new SourceItem("s", key, "u#" + key, offer, Description.none());
  }

  private static String key(Row outcome) {
    StructType schema = IngestPartition.schema();
    String column = outcome.isNullAt(0) ? IngestPartition.DEAD_LETTER : IngestPartition.ASSET;
    int index = ((StructType) schema.apply(column).dataType()).fieldIndex("key");
    return outcome.getStruct(schema.fieldIndex(column)).getString(index);
  }
}
