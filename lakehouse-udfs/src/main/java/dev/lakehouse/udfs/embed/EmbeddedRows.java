// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.embed;

import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.batch.Session;
import dev.lakehouse.core.bundle.Tower;
import dev.lakehouse.core.content.Content;
import dev.lakehouse.core.content.Contents;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.embed.EmbedOutcome;
import dev.lakehouse.core.embed.EncoderSpec;
import dev.lakehouse.udfs.SparkColumns;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import org.apache.spark.sql.Row;

/** The rows of a partition, embedded as they are asked for; the pump reads a little ahead. */
final class EmbeddedRows implements Iterator<Row> {
  private final EncoderSpec spec;
  private final String run;
  private final Contents contents;
  private final Queue<String> submitted = new ArrayDeque<>(); // names of inputs, oldest first
  private final Iterator<EmbedOutcome> outcomes;

  EmbeddedRows(
      Iterator<Row> rows,
      Session<EmbedInput, EmbedOutcome> session,
      EncoderSpec spec,
      String run,
      Contents contents) {
    this.spec = spec;
    this.run = run;
    this.contents = contents;
    this.outcomes = session.outcomes(new Inputs(rows));
  }

  @Override
  public boolean hasNext() {
    return outcomes.hasNext();
  }

  @Override
  public Row next() {
    EmbedOutcome outcome = outcomes.next();
    return row(submitted.remove(), outcome);
  }

  /** Inputs as they are submitted; bytes are not read here. */
  private final class Inputs implements Iterator<EmbedInput> {
    private final Iterator<Row> rows;

    Inputs(Iterator<Row> rows) {
      this.rows = rows;
    }

    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public EmbedInput next() {
      Row row = rows.next();
      submitted.add(row.getAs("input_sha256"));
      Content content =
          Content.ofColumns(row.getAs("text"), row.getAs("blob"), row.getAs("blob_uri"));
      if (content.text().isPresent() && spec.tower().equals(Tower.TEXT)) {
        return EmbedInput.text(content.text().get());
      }
      Long size = row.getAs("size_bytes");
      return new EmbedInput.Stored(content, contents, size == null ? 0 : size);
    }
  }

  private Row row(String sha256, EmbedOutcome outcome) {
    Values row =
        Values.of(Tables.EMBEDDINGS)
            .set("input_sha256", sha256)
            .set("segment", "whole")
            .set("encoder", spec.encoder())
            .set("family", spec.family())
            .set("tower", spec.tower())
            .set("dim", spec.dimension())
            .set("attempts", 1)
            .set("run", run);
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
