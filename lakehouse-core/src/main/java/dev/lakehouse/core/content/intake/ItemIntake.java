// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content.intake;

import dev.lakehouse.core.BulkInputStream;
import dev.lakehouse.core.Digests;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Hindrance;
import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.asset.Modality;
import dev.lakehouse.core.codec.Detected;
import dev.lakehouse.core.codec.MediaTypes;
import dev.lakehouse.core.codec.text.DecodedText;
import dev.lakehouse.core.codec.text.TextCodec;
import dev.lakehouse.core.connect.Offer;
import dev.lakehouse.core.connect.SourceFile;
import dev.lakehouse.core.connect.Unpacked;
import dev.lakehouse.core.connect.url.FetchFailure;
import dev.lakehouse.core.content.BlobMode;
import dev.lakehouse.core.content.HashedCopy;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads content once, from its first byte to its last, and decides where it is kept. */
final class ItemIntake implements AutoCloseable {
  private static final int BYTE_ORDER_MARK = 3;
  private static final Detected PLAIN_TEXT =
      new Detected("text/plain", Modality.TEXT, Optional.empty(), Optional.empty());

  private final IngestPlan plan;
  private final Unpacked unpacked;

  ItemIntake(IngestPlan plan) {
    this.plan = plan;
    this.unpacked = new Unpacked(plan.hadoopConf());
  }

  /** Takes a text that stood in a manifest; one that is too long for its row becomes a blob. */
  Taken text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    String sha256 = Digests.sha256(utf8);
    if (utf8.length > plan.limits().maxInlineText()) {
      try {
        put(new ByteArrayInputStream(utf8));
      } catch (IOException e) {
        throw new IllegalStateException("Reading from memory failed", e);
      }
      return Taken.blob(
          PLAIN_TEXT,
          new HashedCopy(sha256, utf8.length),
          Optional.empty(),
          Optional.of(ItemError.TEXT_LIMIT));
    }
    return Taken.inline(PLAIN_TEXT, text, sha256, new Taken.Source(utf8.length, sha256, "UTF-8"));
  }

  /**
   * Takes bytes that stood in a table, which are always copied: there is no place to refer to.
   *
   * @param name by which people tell what they are
   */
  Taken bytes(byte[] bytes, String name) throws ItemException {
    if (bytes.length > plan.limits().maxBytes()) {
      throw new ItemException(
          ItemError.BYTE_LIMIT,
          "%d bytes, more than lakehouse.limits.max-bytes (%d)"
              .formatted(bytes.length, plan.limits().maxBytes()));
    }
    try (InputStream in = new ByteArrayInputStream(bytes)) {
      return read(in, new Origin(name, Optional.empty()));
    } catch (IOException e) {
      throw new IllegalStateException("Reading from memory failed", e);
    }
  }

  /**
   * Where bytes come from.
   *
   * @param name by which people tell what they are
   * @param uri that an asset may refer to, if there is one
   */
  private record Origin(String name, Optional<String> uri) {}

  /** Takes a file; one that changes while it is read is tried once more. */
  Taken file(Offer.File offer) throws ItemException {
    try {
      return fileOnce(offer);
    } catch (ItemException e) {
      if (e.code() != ItemError.SOURCE_CHANGED && e.code() != ItemError.SOURCE_GONE) {
        throw e;
      }
      return fileOnce(offer);
    }
  }

  /** Takes what the store has already. */
  Taken stored(Offer.Stored offer) throws ItemException {
    try (InputStream in = plan.blobs().open(offer.sha256())) {
      return read(in, offer.name());
    } catch (FileNotFoundException e) {
      throw new ItemException(
          ItemError.BLOB_MISSING, "No blob " + plan.blobs().uri(offer.sha256()), e);
    } catch (IOException e) {
      throw LakehouseException.because(
          e,
          ErrorCode.TRANSIENT,
          "Cannot read %s: %s. Repeat the command",
          plan.blobs().uri(offer.sha256()),
          e);
    }
  }

  private Taken fileOnce(Offer.File offer) throws ItemException {
    SourceFile file = new SourceFile(offer.uri(), plan.hadoopConf());
    try (WatchedStream in = openBelow(offer, file)) {
      return read(in, new Origin(file.name(), Optional.of(file.lastingUri()))).of(in.mark());
    } catch (SourceFailure e) {
      throw e.asOutcome();
    } catch (FileNotFoundException e) {
      throw new ItemException(offer.whenMissing(), "No file " + offer.uri(), e);
    } catch (IOException e) {
      throw new ItemException(
          ItemError.SOURCE_UNREADABLE,
          "Cannot read %s: %s".formatted(offer.uri(), Hindrance.words(e)),
          e);
    }
  }

  private WatchedStream openBelow(Offer.File offer, SourceFile file)
      throws IOException, ItemException {
    if (!file.liesBelow(offer.root())) {
      throw new ItemException(
          ItemError.PATH_REFUSED,
          "%s leads out of %s; nothing outside is read".formatted(offer.uri(), offer.root()));
    }
    if (!file.isAsListed()) {
      throw new ItemException(
          ItemError.SOURCE_CHANGED,
          "%s changed after it was listed; ingest it again".formatted(offer.uri()));
    }
    return WatchedStream.open(file, unpacked, plan.limits().maxBytes());
  }

  /** Takes what a stream holds, under a name that may say its type. */
  Taken read(InputStream in, String name) throws IOException {
    return read(in, new Origin(name, Optional.empty()));
  }

  private Taken read(InputStream in, Origin origin) throws IOException {
    byte[] head = in.readNBytes(MediaTypes.HEAD_BYTES);
    Detected detected = MediaTypes.detect(head, origin.name());
    boolean text =
        detected.modality() == Modality.TEXT && MediaTypes.hasCodec(detected.mediaType());
    return text
        ? textFile(head, in, detected, origin)
        : blob(head, in, detected, origin, Optional.empty());
  }

  private Taken textFile(byte[] head, InputStream in, Detected detected, Origin origin)
      throws IOException {
    int most = plan.limits().maxInlineText() + BYTE_ORDER_MARK + 1;
    byte[] start = concat(head, in.readNBytes(Math.max(0, most - head.length)));
    if (start.length >= most) {
      return blob(start, in, detected, origin, Optional.of(ItemError.TEXT_LIMIT));
    }
    try {
      DecodedText decoded = TextCodec.decode(start);
      byte[] utf8 = decoded.text().getBytes(StandardCharsets.UTF_8);
      if (utf8.length > plan.limits().maxInlineText()) {
        return blob(start, in, detected, origin, Optional.of(ItemError.TEXT_LIMIT));
      }
      return Taken.inline(
          detected,
          decoded.text(),
          Digests.sha256(utf8),
          new Taken.Source(start.length, Digests.sha256(start), decoded.charset()));
    } catch (ItemException e) {
      return blob(start, in, detected, origin, Optional.of(e.code()));
    }
  }

  private Taken blob(
      byte[] start, InputStream rest, Detected detected, Origin origin, Optional<ItemError> error)
      throws IOException {
    InputStream whole = new SequenceInputStream(new ByteArrayInputStream(start), rest);
    if (plan.mode() == BlobMode.REFERENCE && origin.uri().isPresent()) {
      HashedCopy bytes = HashedCopy.of(whole, OutputStream.nullOutputStream());
      return Taken.blob(detected, bytes, origin.uri(), error);
    }
    return Taken.blob(detected, put(whole), Optional.empty(), error);
  }

  /** Stores a stream. A failure of the store is nobody's outcome: it fails the task. */
  private HashedCopy put(InputStream content) throws IOException {
    CountingStream counted = new CountingStream(content);
    try {
      return new HashedCopy(plan.blobs().put(counted), counted.count());
    } catch (SourceFailure | FetchFailure e) {
      throw e;
    } catch (IOException e) {
      throw LakehouseException.because(
          e,
          ErrorCode.TRANSIENT,
          "Cannot store a blob in %s: %s. Check that it can be written and has room",
          plan.blobs().root(),
          e);
    }
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = new byte[first.length + second.length];
    System.arraycopy(first, 0, both, 0, first.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  @Override
  public void close() {
    unpacked.close();
  }

  /** Counts what is read. */
  private static final class CountingStream extends BulkInputStream {
    private long count;

    CountingStream(InputStream in) {
      super(in);
    }

    long count() {
      return count;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = super.read(into, offset, length);
      count += Math.max(0, read);
      return read;
    }
  }
}
