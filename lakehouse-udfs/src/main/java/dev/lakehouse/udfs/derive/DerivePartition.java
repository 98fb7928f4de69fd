// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.derive;

import com.google.common.collect.Iterators;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.content.BlobStore;
import dev.lakehouse.core.content.Contents;
import dev.lakehouse.core.content.Opened;
import dev.lakehouse.core.derive.Derivers;
import dev.lakehouse.udfs.SparkColumns;
import dev.lakehouse.udfs.batch.ItemByItem;
import dev.lakehouse.udfs.batch.ItemByItem.Each;
import dev.lakehouse.udfs.batch.ItemOutcome.Done;
import dev.lakehouse.udfs.batch.ItemOutcome.Failed;
import dev.lakehouse.udfs.batch.ItemWork;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Takes pieces out of the contents of a partition.
 *
 * <p>In: rows of {@link #INPUT}. Out, for each and in the same order: rows of {@link
 * Tables#DERIVED}, the first of which says how it went. Whatever is wrong with a content is a row;
 * only a store that cannot be read fails the task.
 */
public final class DerivePartition implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  /** The digest of the content, the deriver that reads it, and the content as assets have it. */
  public static final StructType INPUT =
      StructType.fromDDL(
          "sha256 STRING, deriver STRING, text STRING, blob STRING, blob_uri STRING");

  private final Derivers derivers;
  private final Contents contents;
  private final BlobStore blobs;
  private final Limits limits;
  private final Duration perItem;
  private final String run;

  /**
   * @param derivers that read
   * @param contents where blobs are read
   * @param blobs where pictures are kept
   * @param limits on what is decoded
   * @param perItem how long one item may take
   * @param run that derives, for the rows
   */
  public DerivePartition(
      Derivers derivers,
      Contents contents,
      BlobStore blobs,
      Limits limits,
      Duration perItem,
      String run) {
    this.derivers = derivers;
    this.contents = contents;
    this.blobs = blobs;
    this.limits = limits;
    this.perItem = perItem;
    this.run = run;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> inputs) {
    if (!inputs.hasNext()) {
      return Collections.emptyIterator();
    }
    DerivedRows rows = new DerivedRows(blobs, run);
    Iterator<Each<DeriveInput, List<Values>>> derived =
        new ItemByItem<>(
            "derive",
            Iterators.transform(inputs, DeriveInput::of),
            new Deriving(derivers, contents, limits, rows),
            perItem);
    Iterator<Iterator<Values>> each =
        Iterators.transform(derived, item -> rows(item, rows).iterator());
    return Iterators.transform(Iterators.concat(each), SparkColumns::row);
  }

  private static List<Values> rows(Each<DeriveInput, List<Values>> each, DerivedRows rows) {
    return each.outcome() instanceof Failed<List<Values>> failed
        ? rows.failed(each.item(), failed.code(), failed.message())
        : ((Done<List<Values>>) each.outcome()).value();
  }

  private record Deriving(Derivers derivers, Contents contents, Limits limits, DerivedRows rows)
      implements ItemWork<DeriveInput, List<Values>> {
    @Override
    public List<Values> of(DeriveInput item) throws ItemException {
      try (Opened content = contents.open(item.content())) {
        return rows.of(item, derivers.named(item.deriver()).pieces(content, limits));
      }
    }

    @Override
    public Duration patience(DeriveInput item) {
      return derivers.named(item.deriver()).patience(limits);
    }
  }
}
