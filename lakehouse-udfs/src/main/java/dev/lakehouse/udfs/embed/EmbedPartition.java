// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.embed;

import static java.util.Objects.requireNonNull;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.lakehouse.core.Tables;
import dev.lakehouse.core.batch.PumpFigures;
import dev.lakehouse.core.batch.Session;
import dev.lakehouse.core.bundle.engine.DeviceChoice;
import dev.lakehouse.core.bundle.engine.Lease;
import dev.lakehouse.core.content.Contents;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.embed.EmbedOutcome;
import dev.lakehouse.core.embed.Encoder;
import dev.lakehouse.core.embed.EncoderSpec;
import dev.lakehouse.core.embed.WarmEncoders;
import java.util.Collections;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Embeds inputs with one encoder, partition by partition.
 *
 * <p>In: rows of {@link #INPUT}, each a text or a blob. Out, for each and in the same order: a
 * vector or what stood in its way. A damaged input is a row; only a model that cannot be loaded or
 * a store that cannot be read fails the task.
 */
public final class EmbedPartition implements MapPartitionsFunction<Row, EmbeddingRow> {
  private static final long serialVersionUID = 1L;

  /**
   * What comes in; {@code input_sha256} is the digest of the text's UTF-8 bytes or of the blob,
   * {@code size_bytes} what the blob is expected to hold, null where nobody knows.
   */
  public static final StructType INPUT =
      StructType.fromDDL(
          "input_sha256 STRING, text STRING, blob STRING, blob_uri STRING," + " size_bytes BIGINT");

  private static final Logger LOG = LoggerFactory.getLogger(EmbedPartition.class);

  private final EncoderSpec spec;
  private final EmbedOptions options;
  private final Contents contents;
  private final @Nullable PumpSum sum;

  /**
   * @param spec the encoder
   * @param options how to run it
   * @param contents where blobs are read
   */
  public EmbedPartition(EncoderSpec spec, EmbedOptions options, Contents contents) {
    this(spec, options, contents, null);
  }

  private EmbedPartition(
      EncoderSpec spec, EmbedOptions options, Contents contents, @Nullable PumpSum sum) {
    this.spec = requireNonNull(spec, "spec is null");
    this.options = requireNonNull(options, "options is null");
    this.contents = requireNonNull(contents, "contents is null");
    this.sum = sum;
  }

  /** The same, adding each task's figures to a registered sum. */
  public EmbedPartition addingTo(PumpSum figures) {
    return new EmbedPartition(spec, options, contents, figures);
  }

  /**
   * Embeds as its result is asked for.
   *
   * @param inputs rows of {@link #INPUT}
   * @return rows of {@link Tables#EMBEDDINGS}, one for each
   */
  public Dataset<Row> apply(Dataset<Row> inputs) {
    return inputs
        .mapPartitions(this, Encoders.bean(EmbeddingRow.class))
        .select(
            col("sha256").as("input_sha256"),
            lit("whole").as("segment"),
            lit(spec.encoder()).as("encoder"),
            lit(spec.family()).as("family"),
            lit(spec.tower()).as("tower"),
            lit(spec.dimension()).as("dim"),
            col("vector"),
            col("errorClass").as("error_class"),
            col("errorCode").as("error_code"),
            col("errorMessage").as("error_message"),
            lit(1).as("attempts"),
            lit(options.run()).as("run"));
  }

  @Override
  public Iterator<EmbeddingRow> call(Iterator<Row> inputs) {
    if (!inputs.hasNext()) {
      return Collections.emptyIterator(); // an empty partition loads no model
    }
    TaskContext task = TaskContext.get();
    TaskPump pump = TaskPump.open(spec, options, task);
    Session<EmbedInput, EmbedOutcome> session = pump.session();
    // the iterator outlives this call; only the task knows when the last row was taken
    task.addTaskCompletionListener((TaskCompletionListener) context -> close(task, session));
    if (sum != null) {
      tell(sum, pump.device());
    }
    return new EmbeddingRows(inputs, session, spec, contents);
  }

  private void tell(PumpSum figures, DeviceChoice choice) {
    figures.ranOn(choice.toString());
    try (Lease<Encoder> warm = WarmEncoders.lease(spec, choice.device())) { // the pump's own
      if (warm.value().isBatchDependent()) {
        figures.ranOneByOne();
      }
    }
  }

  private void close(TaskContext task, Session<EmbedInput, EmbedOutcome> session) {
    PumpFigures figures = session.figures();
    LOG.info(
        "{}/{}, stage {} task {}: {}",
        spec.family(),
        spec.tower(),
        task.stageId(),
        task.partitionId(),
        figures);
    if (sum != null) {
      sum.add(figures);
    }
    session.close();
  }
}
