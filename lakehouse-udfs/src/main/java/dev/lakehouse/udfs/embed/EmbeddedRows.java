// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.embed;

import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.bundle.Tower;
import dev.lakehouse.core.codec.CodecException;
import dev.lakehouse.core.content.Content;
import dev.lakehouse.core.content.Contents;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.embed.EmbedOutcome;
import dev.lakehouse.core.embed.Encoder;
import dev.lakehouse.core.embed.EncoderSpec;
import dev.lakehouse.udfs.SparkColumns;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import org.apache.spark.sql.Row;

/** The rows of a partition, embedded a batch at a time as they are asked for. */
final class EmbeddedRows implements Iterator<Row> {
  private final Iterator<Row> inputs;
  private final Encoder encoder;
  private final EmbedOptions options;
  private final Contents contents;
  private final Queue<Row> ready = new ArrayDeque<>();

  EmbeddedRows(Iterator<Row> inputs, Encoder encoder, EmbedOptions options, Contents contents) {
    this.inputs = inputs;
    this.encoder = encoder;
    this.options = options;
    this.contents = contents;
  }

  @Override
  public boolean hasNext() {
    return !ready.isEmpty() || inputs.hasNext();
  }

  @Override
  public Row next() {
    if (ready.isEmpty()) {
      if (!inputs.hasNext()) {
        throw new NoSuchElementException();
      }
      embed(batch());
    }
    return ready.remove();
  }

  private List<Row> batch() {
    List<Row> batch = new ArrayList<>(options.batchSize());
    while (batch.size() < options.batchSize() && inputs.hasNext()) {
      batch.add(inputs.next());
    }
    return batch;
  }

  private void embed(List<Row> batch) {
    List<Optional<EmbedOutcome>> failures = new ArrayList<>();
    List<EmbedInput> readable = new ArrayList<>();
    for (Row row : batch) {
      failures.add(read(row, readable));
    }
    Iterator<EmbedOutcome> encoded = encoder.encode(readable).iterator();
    for (int i = 0; i < batch.size(); i++) {
      EmbedOutcome outcome = failures.get(i).orElseGet(encoded::next);
      ready.add(row(batch.get(i).getAs("input_sha256"), outcome));
    }
  }

  /** Adds the input to those that can be read, or says why it is not one of them. */
  private Optional<EmbedOutcome> read(Row row, List<EmbedInput> readable) {
    Content content =
        Content.ofColumns(row.getAs("text"), row.getAs("blob"), row.getAs("blob_uri"));
    try {
      readable.add(input(content));
      return Optional.empty();
    } catch (CodecException e) {
      return Optional.of(EmbedOutcome.failed(e.code(), String.valueOf(e.getMessage())));
    }
  }

  private EmbedInput input(Content content) throws CodecException {
    if (encoder.spec().tower().equals(Tower.IMAGE)) {
      return EmbedInput.image(contents.bytes(content));
    }
    return EmbedInput.text(
        content.text().isPresent()
            ? content.text().get()
            : new String(contents.bytes(content), StandardCharsets.UTF_8));
  }

  private Row row(String sha256, EmbedOutcome outcome) {
    EncoderSpec spec = encoder.spec();
    Values row =
        Values.of(Tables.EMBEDDINGS)
            .set("input_sha256", sha256)
            .set("segment", "whole")
            .set("encoder", spec.encoder())
            .set("family", spec.family())
            .set("tower", spec.tower())
            .set("dim", spec.dimension())
            .set("attempts", 1)
            .set("run", options.run());
    outcome.vector().ifPresent(vector -> row.set("vector", vector));
    outcome
        .failure()
        .ifPresent(
            failed ->
                row.set("error_class", failed.code().errorClass())
                    .set("error_code", failed.code().name())
                    .set("error_message", failed.message()));
    return SparkColumns.row(row);
  }
}
