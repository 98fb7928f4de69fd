// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.curate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.Tables;
import dev.lakehouse.jobs.SparkTest;
import dev.lakehouse.udfs.SparkColumns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** A file that tells of many recordings, a line for each. */
class TestTranscripts {
  private static final StructType ASSETS =
      new StructType()
          .add("asset_id", DataTypes.StringType)
          .add("source", DataTypes.StringType)
          .add("key", DataTypes.StringType)
          .add("modality", DataTypes.StringType)
          .add("sha256", DataTypes.StringType)
          .add("text", DataTypes.StringType)
          .add("content_error", DataTypes.StringType)
          .add("state", DataTypes.StringType)
          .add("facts", DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType));

  private final List<Row> assets = new ArrayList<>();

  private void recording(String key) {
    assets.add(
        RowFactory.create(
            key, "files", key, "audio", Digests.sha256(key), null, null, "active", Map.of()));
  }

  private void text(String key, String text) {
    text("files", key, text, "active");
  }

  private void text(String source, String key, String text, String state) {
    assets.add(
        RowFactory.create(
            source + key, source, key, "text", Digests.sha256(text), text, null, state, Map.of()));
  }

  /** What is said in each recording, as segment=text. */
  private Map<String, List<String>> said() {
    Dataset<Row> all = SparkTest.forFewRows().createDataFrame(assets, ASSETS);
    Dataset<Row> nothing =
        SparkTest.forFewRows().createDataFrame(List.of(), SparkColumns.schema(Tables.DERIVED));
    Map<String, List<String>> said = new HashMap<>();
    for (Row row : Passages.of(all, all, nothing).where("modality = 'audio'").collectAsList()) {
      int at = row.fieldIndex("passages");
      List<String> passages = new ArrayList<>();
      if (!row.isNullAt(at)) {
        for (Row passage : row.<Row>getList(at)) {
          assertThat(passage.getString(2)).isEqualTo(Digests.sha256(passage.getString(1)));
          passages.add(passage.getString(0) + "=" + passage.getString(1));
        }
      }
      said.put(row.getAs("key"), passages);
    }
    return said;
  }

  @Test
  void eachLineIsOfTheRecordingThatItNames() {
    recording("84/121/84-121-0000.flac");
    recording("84/121/84-121-0001.flac");
    recording("84/122/84-121-0001.flac");
    recording("loose.wav");
    text("84/121/84-121.trans.txt", "84-121-0000 GO ON\r\n84-121-0001 DO YOU HEAR ÜBER ALL\n");
    text("all.trans.txt", "loose.wav\tin   the   root \n84/122/84-121-0001 not its folder's");

    assertThat(said())
        .containsEntry("84/121/84-121-0000.flac", List.of("transcript=GO ON"))
        .containsEntry("84/121/84-121-0001.flac", List.of("transcript=DO YOU HEAR ÜBER ALL"))
        .containsEntry("loose.wav", List.of("transcript=in   the   root"));
  }

  @Test
  void whatIsMalformedOrNamesNothingIsPassedOver() {
    recording("a/7-1-0001.wav");
    recording("a/7-1-0002.wav");
    text("a/7-1.trans.txt", "\n7-1-0001\n7-1-0002   \n   \n7-1-0003 nobody has it\n../b/x y");
    text("other", "a/7-2.trans.txt", "7-1-0001 another source", "active");
    text("files", "a/7-3.trans.txt", "7-1-0001 no longer there", "gone");
    text("a/trans.txt", "7-1-0001 a text called trans");

    assertThat(said())
        .containsEntry("a/7-1-0001.wav", List.of())
        .containsEntry("a/7-1-0002.wav", List.of());
  }

  @Test
  void severalAreAllTakenInTheOrderOfFilesAndLines() {
    recording("a/7-1-0001.wav");
    text("a/7-1-0001.txt", "beside it");
    text("a/b.trans.txt", "7-1-0001 second file\n7-1-0002 x\n7-1-0001 its third line");
    text("a/a.TRANS.TXT", "7-1-0001 first file");

    assertThat(said())
        .containsEntry(
            "a/7-1-0001.wav",
            List.of(
                "transcript=beside it",
                "transcript=first file",
                "transcript=second file",
                "transcript=its third line"));
  }
}
