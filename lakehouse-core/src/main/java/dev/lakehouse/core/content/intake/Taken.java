// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content.intake;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.asset.Modality;
import dev.lakehouse.core.codec.Detected;
import dev.lakehouse.core.content.Content;
import dev.lakehouse.core.content.HashedCopy;
import java.util.Map;
import java.util.Optional;

/**
 * Content that was read to its end and is safe.
 *
 * @param detected what the bytes are and what the name claims
 * @param sha256 of the inline UTF-8 text, or of the blob
 * @param sizeBytes in the source
 * @param content where it is now
 * @param charset that an inline text was decoded from
 * @param sourceSha256 of the bytes that an inline text was decoded from
 * @param error what is wrong with it
 * @param facts what was heard when it was read
 * @param mark of the state of the file that it was read from, where there is one
 */
record Taken(
    Detected detected,
    String sha256,
    long sizeBytes,
    Content content,
    Optional<String> charset,
    Optional<String> sourceSha256,
    Optional<ItemError> error,
    Map<String, String> facts,
    Optional<String> mark) {

  static Taken inline(Detected detected, String text, String sha256, Source source) {
    return new Taken(
        detected,
        sha256,
        source.sizeBytes(),
        new Content(Optional.of(text), Optional.empty(), Optional.empty()),
        Optional.of(source.charset()),
        Optional.of(source.sha256()),
        text.isEmpty() ? Optional.of(ItemError.EMPTY) : Optional.empty(),
        Map.of(),
        Optional.empty());
  }

  /**
   * The bytes that a text came from.
   *
   * @param sizeBytes their number
   * @param sha256 their digest
   * @param charset that they were decoded from
   */
  record Source(long sizeBytes, String sha256, String charset) {}

  static Taken blob(
      Detected detected, HashedCopy bytes, Optional<String> blobUri, Optional<ItemError> error) {
    return new Taken(
        detected,
        bytes.sha256(),
        bytes.length(),
        new Content(Optional.empty(), Optional.of(bytes.sha256()), blobUri),
        Optional.empty(),
        Optional.empty(),
        bytes.length() == 0 ? Optional.of(ItemError.EMPTY) : error,
        Map.of(),
        Optional.empty());
  }

  /** What was taken before, as a row of {@link Ingestor#KNOWN} has it. */
  static Taken before(Values row) {
    Detected detected =
        new Detected(
            row.require("media_type", String.class),
            Modality.of(row.require("modality", String.class)),
            row.text("name_media_type"),
            row.text("name_modality").map(Modality::of));
    return new Taken(
        detected,
        row.require("sha256", String.class),
        row.require("size_bytes", Long.class),
        new Content(row.text("text"), row.text("blob"), Optional.empty()),
        row.text("source_charset"),
        row.text("source_sha256"),
        row.text("content_error").map(ItemError::valueOf),
        Map.of(),
        Optional.empty());
  }

  /** The same with what was heard when it was read. */
  Taken saying(Map<String, String> heard) {
    return new Taken(
        detected,
        sha256,
        sizeBytes,
        content,
        charset,
        sourceSha256,
        error,
        Map.copyOf(heard),
        mark);
  }

  /** The same, read from a file in a state. */
  Taken of(Optional<String> state) {
    return new Taken(
        detected, sha256, sizeBytes, content, charset, sourceSha256, error, facts, state);
  }
}
