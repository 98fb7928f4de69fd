// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind;

import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.JvmFolder;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.content.BlobStore;
import dev.lakehouse.core.content.BlobStores;
import dev.lakehouse.core.content.Content;
import dev.lakehouse.core.content.Contents;
import dev.lakehouse.core.content.Opened;
import dev.lakehouse.core.curate.Outcomes;
import dev.lakehouse.core.curate.Probe;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** What a probe says of a content, as its row. */
public final class Measured {
  private static final BlobStore BLOBS = blobs();

  private Measured() {}

  private static BlobStore blobs() {
    try {
      return BlobStores.at(JvmFolder.newFolder("measured").toUri().toString(), Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of bytes. */
  public static Values of(Probe probe, byte[] bytes, Limits limits) {
    try {
      String sha256 = BLOBS.put(new ByteArrayInputStream(bytes));
      return of(probe, Content.ofColumns(null, sha256, null), limits);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bytes as a content that a lake keeps. */
  public static Opened opened(byte[] bytes) throws IOException {
    String sha256 = BLOBS.put(new ByteArrayInputStream(bytes));
    return new Contents(BLOBS, Map.of(), Long.MAX_VALUE)
        .open(Content.ofColumns(null, sha256, null));
  }

  /** Of a text that stands in its row. */
  public static Values of(Probe probe, String text, Limits limits) {
    return of(probe, Content.ofColumns(text, null, null), limits);
  }

  private static Values of(Probe probe, Content content, Limits limits) {
    Outcomes outcomes = new Outcomes(Kinds.PROBES, "r");
    Values row = outcomes.row("s", probe.name());
    try (Opened opened = new Contents(BLOBS, Map.of(), Long.MAX_VALUE).open(content)) {
      probe.measure(opened, limits, row);
      return row;
    } catch (ItemException e) {
      return outcomes.failed("s", probe.name(), e.code(), String.valueOf(e.getMessage()));
    }
  }
}
