// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.curate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.content.BlobStore;
import dev.lakehouse.core.content.BlobStores;
import dev.lakehouse.core.content.Contents;
import dev.lakehouse.core.kind.Kinds;
import dev.lakehouse.udfs.SparkColumns;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestMeasurePartition {
  @TempDir Path root;
  private final Limits limits = Limits.from(Settings.defaults());
  private BlobStore blobs;
  private MeasurePartition measure;

  @BeforeEach
  void open() {
    blobs = BlobStores.at(root.toUri().toString(), Map.of());
    measure = measure(Duration.ofMinutes(10));
  }

  private MeasurePartition measure(Duration perItem) {
    Contents contents = new Contents(blobs, Map.of(), limits.maxBytes());
    return new MeasurePartition(Kinds.PROBES, contents, limits, perItem, "run-1");
  }

  @Test
  void everyInputLeavesWithOneRowInItsPlace() throws Exception {
    byte[] png = png();
    List<Row> rows =
        measured(
            text("Some words about nothing."),
            blob("image@2", png),
            blob("image@2", Arrays.copyOf(png, png.length / 2)),
            blob("image@2", "no picture".getBytes(UTF_8)),
            blob("image@2", new byte[0]),
            RowFactory.create("ab".repeat(32), "image@2", null, "ab".repeat(32), null),
            blob("text@2", "A long text may be a blob.".getBytes(UTF_8)),
            blob("text@2", new byte[] {'n', (byte) 0xEF}));

    assertThat(rows)
        .extracting(row -> value(row, "error_code"))
        .containsExactly(
            null,
            null,
            "TRUNCATED",
            "UNSUPPORTED_FORMAT",
            "EMPTY",
            "BLOB_MISSING",
            null,
            "INVALID_ENCODING");
    assertThat(value(rows.get(0), "words")).isEqualTo(4L);
    assertThat(value(rows.get(1), "width")).isEqualTo(64);
    assertThat(value(rows.get(6), "words")).isEqualTo(7L);
    assertThat(rows)
        .allMatch(row -> row.length() == SparkColumns.schema(Kinds.MEASUREMENTS).length());
  }

  /** A blob that is a pipe into which nobody writes: whoever reads it waits for ever. */
  @Test
  void anItemThatHangsLeavesWithTimeLimitAndTheOthersWithTheirFigures() throws Exception {
    String sha256 = "ab".repeat(32);
    Path pipe = Path.of(URI.create(blobs.uri(sha256)));
    Files.createDirectories(pipe.getParent());
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Row hanging = RowFactory.create(sha256, "image@2", null, sha256, null);
    Row picture = blob("image@2", png());
    measured(picture); // what the first picture loads is not held against it
    measure = measure(Duration.ofSeconds(5));

    List<Row> rows;
    try {
      rows = measured(picture, hanging, picture);
    } finally {
      new RandomAccessFile(pipe.toFile(), "rw").close(); // its reader finds the end and goes
    }

    assertThat(rows)
        .extracting(row -> value(row, "error_code"))
        .containsExactly(null, "TIME_LIMIT", null);
    assertThat(value(rows.get(1), "sha256")).isEqualTo(sha256);
    assertThat(value(rows.get(1), "error_class")).isEqualTo("limit");
    assertThat(value(rows.get(2), "width")).isEqualTo(64);
  }

  @Test
  void bytesThatAreNotWhatTheirNameSaysEndTheTask() throws Exception {
    Row input = blob("image@2", png());
    Path stored = Path.of(URI.create(blobs.uri(input.getString(0))));
    stored.toFile().setWritable(true);
    Files.writeString(stored, "something else");

    assertThatThrownBy(() -> measured(input)).isInstanceOf(LakehouseException.class);
  }

  @Test
  void travelsToExecutors() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(measure);
    MeasurePartition copy =
        (MeasurePartition)
            new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

    assertThat(copy.call(List.of(text("words")).iterator()))
        .toIterable()
        .containsExactlyElementsOf(measured(text("words")));
  }

  private List<Row> measured(Row... inputs) {
    List<Row> rows = new ArrayList<>();
    measure.call(List.of(inputs).iterator()).forEachRemaining(rows::add);
    return rows;
  }

  private static Object value(Row row, String column) {
    return row.get(Kinds.MEASUREMENTS.indexOf(column));
  }

  private static Row text(String text) {
    return RowFactory.create(Digests.sha256(text), "text@2", text, null, null);
  }

  private Row blob(String probe, byte[] bytes) throws IOException {
    String sha256 = blobs.put(new ByteArrayInputStream(bytes));
    return RowFactory.create(sha256, probe, null, sha256, null);
  }

  private static byte[] png() throws IOException {
    BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64 * 48; i++) {
      image.setRGB(i % 64, i / 64, i * 7919);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }
}
