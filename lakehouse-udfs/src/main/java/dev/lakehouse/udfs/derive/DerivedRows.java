// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.derive;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.content.BlobStore;
import dev.lakehouse.core.content.Segment;
import dev.lakehouse.core.derive.Enclosure;
import dev.lakehouse.core.derive.Passage;
import dev.lakehouse.core.derive.Piece;
import dev.lakehouse.core.derive.Still;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of {@link Tables#DERIVED} of one content: how it went, then each piece.
 *
 * @param blobs where pictures are kept
 * @param run that derives
 */
record DerivedRows(BlobStore blobs, String run) {
  private static final int MAX_MESSAGE = 500;

  /** Keeps pictures before there is a row that names them. */
  List<Values> of(DeriveInput input, List<? extends Piece> pieces) {
    List<Values> rows = new ArrayList<>();
    rows.add(row(input, Segment.WHOLE, 0).set("passages", pieces.size()));
    for (Piece piece : pieces) {
      Values row = row(input, piece.segment(), rows.size());
      if (piece instanceof Passage passage) {
        row.set("text", passage.text()).set("text_sha256", Digests.sha256(passage.text()));
      } else if (piece instanceof Still still) {
        row.set("blob", put(still.jpeg())).set("size_bytes", (long) still.jpeg().length);
      } else if (piece instanceof Enclosure enclosure) {
        enclose(row, enclosure);
      }
      rows.add(row);
    }
    return rows;
  }

  private void enclose(Values row, Enclosure enclosure) {
    row.set("name", enclosure.name()).set("size_bytes", enclosure.size());
    if (enclosure.part() > 0) {
      row.set("part", enclosure.part());
    }
    if (enclosure.bytes().isPresent()) {
      row.set("blob", put(enclosure.bytes().get()));
    } else {
      setError(row, ItemError.BYTE_LIMIT, "More stands in the document than is taken out of it");
    }
  }

  /** A failure of the store is no outcome of a content: it fails the task. */
  private String put(byte[] picture) {
    try {
      return blobs.put(new ByteArrayInputStream(picture));
    } catch (IOException e) {
      throw LakehouseException.because(
          e,
          ErrorCode.TRANSIENT,
          "Cannot store a picture in %s: %s. Check that it can be written and has room",
          blobs.root(),
          e);
    }
  }

  List<Values> failed(DeriveInput input, ItemError code, String message) {
    return List.of(setError(row(input, Segment.WHOLE, 0), code, message));
  }

  private static Values setError(Values row, ItemError code, String message) {
    return row.set("error_class", code.cause().word())
        .set("error_code", code.name())
        .set("error_message", message.substring(0, Math.min(MAX_MESSAGE, message.length())));
  }

  private Values row(DeriveInput input, String segment, int position) {
    return Values.of(Tables.DERIVED)
        .set("sha256", input.sha256())
        .set("deriver", input.deriver())
        .set("segment", segment)
        .set("position", position)
        .set("attempts", 1)
        .set("run", run);
  }
}
