// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.embed;

import static java.util.Objects.requireNonNull;

import dev.lakehouse.core.bundle.engine.DeviceChoice;
import dev.lakehouse.core.embed.EncoderSpec;
import dev.lakehouse.core.embed.PrecisionTrial;
import dev.lakehouse.core.embed.WarmEncoders;
import dev.lakehouse.udfs.TaskShare;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * Tries the networks of a tower where they will run. One row for each row of the partition's: which
 * is best, why, and how the others did.
 */
public final class TryPrecisions implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  /** What goes out. */
  public static final StructType OUTPUT =
      StructType.fromDDL("precision STRING, why STRING, tried ARRAY<STRING>");

  private final ArrayList<EncoderSpec> encoders;
  private final EmbedOptions options;

  /**
   * @param encoders of one tower, first the one that is run when nobody says anything
   * @param options that they would be run with
   */
  public TryPrecisions(List<EncoderSpec> encoders, EmbedOptions options) {
    this.encoders = new ArrayList<>(encoders);
    this.options = requireNonNull(options, "options is null");
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    List<Row> answers = new ArrayList<>();
    while (rows.hasNext()) {
      rows.next();
      answers.add(answer(TaskContext.get()));
    }
    return answers.iterator();
  }

  private Row answer(TaskContext task) {
    WarmEncoders.limit(options.warmBytes());
    DeviceChoice device =
        DeviceChoice.of(options.device(), TaskShare.gpus(task).stream().findFirst());
    PrecisionTrial trial = PrecisionTrial.run(encoders, device.device(), rows(device.device()));
    return RowFactory.create(
        trial.choice().precision().word(), trial.choice().why(), trial.tried().toArray());
  }

  private int rows(String device) {
    return options.batching().shape(encoders.get(0).kind(), device).rows();
  }
}
