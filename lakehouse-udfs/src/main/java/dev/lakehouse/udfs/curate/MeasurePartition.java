// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.curate;

import static java.util.Objects.requireNonNull;

import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.codec.CodecException;
import dev.lakehouse.core.codec.CodecException.Code;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.TextCodec;
import dev.lakehouse.core.content.Content;
import dev.lakehouse.core.content.Contents;
import dev.lakehouse.core.curate.ImageProbe;
import dev.lakehouse.core.curate.Outcomes;
import dev.lakehouse.core.curate.Probes;
import dev.lakehouse.core.curate.TextProbe;
import dev.lakehouse.udfs.ItemsDone;
import dev.lakehouse.udfs.SparkColumns;
import java.util.Iterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Measures the contents of a partition.
 *
 * <p>In: rows of {@link #INPUT}, each a text or a blob. Out, for each and in the same order: a row
 * of {@code measurements}, with figures or with what stood in their way. Whatever is wrong with a
 * content is a row; only a store that cannot be read, or whose bytes do not match their names,
 * fails the task.
 */
public final class MeasurePartition implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  /**
   * What comes in: the digest of the content, the probe that measures it ({@link Probes}), and the
   * content as {@code assets} has it.
   */
  public static final StructType INPUT =
      StructType.fromDDL("sha256 STRING, probe STRING, text STRING, blob STRING, blob_uri STRING");

  /** What goes out. */
  public static final StructType OUTPUT = SparkColumns.schema(Tables.MEASUREMENTS);

  private final Contents contents;
  private final Limits limits;
  private final String run;

  /**
   * @param contents where blobs are read
   * @param limits on what is decoded
   * @param run that measures, for the rows
   */
  public MeasurePartition(Contents contents, Limits limits, String run) {
    this.contents = requireNonNull(contents, "contents is null");
    this.limits = requireNonNull(limits, "limits is null");
    this.run = requireNonNull(run, "run is null");
  }

  @Override
  public Iterator<Row> call(Iterator<Row> inputs) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return inputs.hasNext();
      }

      @Override
      public Row next() {
        Row row = SparkColumns.row(measure(inputs.next()));
        ItemsDone.another();
        return row;
      }
    };
  }

  private Values measure(Row input) {
    String sha256 = input.getString(0);
    String probe = input.getString(1);
    try {
      Content content =
          Content.ofColumns(input.getString(2), input.getString(3), input.getString(4));
      return switch (probe) {
        case Probes.IMAGE -> ImageProbe.measure(sha256, contents.bytes(content), limits, run);
        case Probes.TEXT -> TextProbe.measure(sha256, text(content), run);
        default -> throw new IllegalArgumentException("No probe " + probe);
      };
    } catch (CodecException e) {
      return Outcomes.failed(sha256, probe, e, run);
    } catch (OutOfMemoryError e) {
      return Outcomes.failed(
          sha256, probe, Code.OUT_OF_MEMORY, "No memory to hold or to measure it", run);
    }
  }

  private String text(Content content) throws CodecException {
    return content.text().isPresent()
        ? content.text().get()
        : TextCodec.decode(contents.bytes(content)).text();
  }
}
