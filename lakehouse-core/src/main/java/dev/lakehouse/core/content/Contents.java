// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.connect.SourceFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Reads the content of assets back, each byte checked against the name it is kept under. */
public final class Contents implements Serializable {
  private static final long serialVersionUID = 1L;

  private final BlobStore blobs;
  private final HashMap<String, String> hadoopConf;
  private final long maxBytes;

  /**
   * A reader over a store.
   *
   * @param hadoopConf Hadoop settings for referenced blobs
   * @param maxBytes of one content, all of which is held in memory
   */
  public Contents(BlobStore blobs, Map<String, String> hadoopConf, long maxBytes) {
    this.blobs = blobs;
    this.hadoopConf = new HashMap<>(hadoopConf);
    this.maxBytes = Math.min(maxBytes, Integer.MAX_VALUE - 8);
  }

  /**
   * All bytes of a content; for a text its UTF-8 bytes.
   *
   * @throws ItemException BLOB_MISSING, BYTE_LIMIT, or for a referenced blob SOURCE_GONE,
   *     SOURCE_CHANGED or SOURCE_UNREADABLE
   * @throws LakehouseException if a blob of the store does not match its name, or the store cannot
   *     be read
   */
  public byte[] bytes(Content content) throws ItemException {
    if (content.text().isPresent()) {
      return content.text().get().getBytes(StandardCharsets.UTF_8);
    }
    String blob = content.blob().orElseThrow();
    return content.blobUri().isPresent() ? referenced(blob, content.blobUri().get()) : stored(blob);
  }

  private byte[] stored(String sha256) throws ItemException {
    try (InputStream in = blobs.open(sha256)) {
      return limited(in, blobs.uri(sha256));
    } catch (FileNotFoundException e) {
      throw new ItemException(ItemError.BLOB_MISSING, "No blob " + blobs.uri(sha256), e);
    } catch (IOException e) {
      throw LakehouseException.because(
          e, ErrorCode.TRANSIENT, "Cannot read blob %s: %s", blobs.uri(sha256), e.getMessage());
    }
  }

  private byte[] referenced(String sha256, String uri) throws ItemException {
    SourceFile file = new SourceFile(uri, hadoopConf);
    try (InputStream in = new VerifiedStream(file.open(), sha256, ChangedException::new)) {
      return limited(in, uri);
    } catch (ChangedException e) {
      throw new ItemException(
          ItemError.SOURCE_CHANGED,
          "%s changed since it was ingested: its sha256 is now %s".formatted(uri, e.found),
          e);
    } catch (FileNotFoundException e) {
      throw new ItemException(ItemError.SOURCE_GONE, "No file " + uri, e);
    } catch (IOException e) {
      throw new ItemException(
          ItemError.SOURCE_UNREADABLE, "Cannot read %s: %s".formatted(uri, e), e);
    }
  }

  private byte[] limited(InputStream in, String uri) throws IOException, ItemException {
    byte[] bytes = in.readNBytes((int) maxBytes);
    if (in.read() >= 0) {
      throw new ItemException(
          ItemError.BYTE_LIMIT, "%s has more than %d bytes".formatted(uri, maxBytes));
    }
    return bytes;
  }

  /** A referenced file that is not what was ingested. */
  private static final class ChangedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String found;

    ChangedException(String found) {
      super("Changed since it was ingested");
      this.found = found;
    }
  }
}
