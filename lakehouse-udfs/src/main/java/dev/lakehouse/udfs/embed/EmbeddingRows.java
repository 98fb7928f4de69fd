// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.embed;

import dev.lakehouse.core.batch.Session;
import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.content.Content;
import dev.lakehouse.core.content.Contents;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.embed.EmbedOutcome;
import dev.lakehouse.core.embed.EncoderSpec;
import dev.lakehouse.udfs.ItemsDone;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import org.apache.spark.sql.Row;

/** The inputs of a partition, embedded as they are asked for; the pump reads a little ahead. */
final class EmbeddingRows implements Iterator<EmbeddingRow> {
  private final EncoderSpec spec;
  private final Contents contents;
  private final Queue<String> submitted = new ArrayDeque<>(); // names of inputs, oldest first
  private final Iterator<EmbedOutcome> outcomes;

  EmbeddingRows(
      Iterator<Row> rows,
      Session<EmbedInput, EmbedOutcome> session,
      EncoderSpec spec,
      Contents contents) {
    this.spec = spec;
    this.contents = contents;
    this.outcomes = session.outcomes(new Inputs(rows));
  }

  @Override
  public boolean hasNext() {
    return outcomes.hasNext();
  }

  @Override
  public EmbeddingRow next() {
    EmbedOutcome outcome = outcomes.next();
    ItemsDone.another();
    return new EmbeddingRow(submitted.remove(), outcome);
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
      return new EmbedInput.Stored(spec.tower(), content, contents, size == null ? 0 : size);
    }
  }
}
