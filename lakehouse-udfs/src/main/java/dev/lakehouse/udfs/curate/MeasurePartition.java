// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.curate;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.Iterators;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.content.Contents;
import dev.lakehouse.core.content.Opened;
import dev.lakehouse.core.curate.Outcomes;
import dev.lakehouse.core.curate.Probes;
import dev.lakehouse.udfs.SparkColumns;
import dev.lakehouse.udfs.batch.ItemByItem;
import dev.lakehouse.udfs.batch.ItemByItem.Each;
import dev.lakehouse.udfs.batch.ItemOutcome.Done;
import dev.lakehouse.udfs.batch.ItemOutcome.Failed;
import dev.lakehouse.udfs.batch.ItemWork;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Measures the contents of a partition.
 *
 * <p>In: rows of {@link #INPUT}, each a text or a blob. Out, for each and in the same order: a row
 * of {@code measurements}, with figures or with what stood in their way. Whatever is wrong with a
 * content is a row, also one that takes too long; only a store that cannot be read, or whose bytes
 * do not match their names, fails the task.
 */
public final class MeasurePartition implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  /**
   * What comes in: the digest of the content, the probe that measures it ({@link Probes}), and the
   * content as {@code assets} has it.
   */
  public static final StructType INPUT =
      StructType.fromDDL("sha256 STRING, probe STRING, text STRING, blob STRING, blob_uri STRING");

  private final Probes probes;
  private final Contents contents;
  private final Limits limits;
  private final Duration perItem;
  private final String run;

  /**
   * @param probes that measure
   * @param contents where blobs are read
   * @param limits on what is decoded
   * @param perItem how long reading and measuring one item may take
   * @param run that measures, for the rows
   */
  public MeasurePartition(
      Probes probes, Contents contents, Limits limits, Duration perItem, String run) {
    this.probes = requireNonNull(probes, "probes is null");
    this.contents = requireNonNull(contents, "contents is null");
    this.limits = requireNonNull(limits, "limits is null");
    this.perItem = requireNonNull(perItem, "perItem is null");
    this.run = requireNonNull(run, "run is null");
  }

  @Override
  public Iterator<Row> call(Iterator<Row> inputs) {
    if (!inputs.hasNext()) {
      return Collections.emptyIterator();
    }
    Outcomes outcomes = new Outcomes(probes, run);
    Iterator<Each<MeasureInput, Values>> measured =
        new ItemByItem<>(
            "measure",
            Iterators.transform(inputs, MeasureInput::of),
            new Measuring(probes, outcomes, contents, limits),
            perItem);
    return Iterators.transform(measured, each -> SparkColumns.row(row(each, outcomes)));
  }

  private static Values row(Each<MeasureInput, Values> each, Outcomes outcomes) {
    MeasureInput input = each.item();
    return each.outcome() instanceof Failed<Values> failed
        ? outcomes.failed(input.sha256(), input.probe(), failed.code(), failed.message())
        : ((Done<Values>) each.outcome()).value();
  }

  private record Measuring(Probes probes, Outcomes outcomes, Contents contents, Limits limits)
      implements ItemWork<MeasureInput, Values> {
    @Override
    public Values of(MeasureInput item) throws ItemException {
      Values row = outcomes.row(item.sha256(), item.probe());
      try (Opened content = contents.open(item.content())) {
        probes.named(item.probe()).measure(content, limits, row);
      }
      return row;
    }

    @Override
    public Duration patience(MeasureInput item) {
      return probes.named(item.probe()).patience(limits);
    }
  }
}
