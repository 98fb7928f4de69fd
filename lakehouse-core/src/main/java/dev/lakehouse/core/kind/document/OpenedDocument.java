// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind.document;

import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.MediaTypes;
import dev.lakehouse.core.codec.document.Document;
import dev.lakehouse.core.codec.document.DocumentCodec;
import dev.lakehouse.core.codec.document.Wanted;
import dev.lakehouse.core.content.Opened;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A content that is a document. */
final class OpenedDocument {
  private OpenedDocument() {}

  /** Reads it, with as much of what is enclosed as is wanted. */
  static Document read(Opened content, Limits limits, Wanted wanted) throws ItemException {
    try {
      Path file = content.file();
      return DocumentCodec.read(file, mediaType(file), limits.documents(), wanted);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot hold a document on the local disk", e);
    }
  }

  /** As its bytes say. Who came here with a text that may be an e-mail was named so. */
  private static String mediaType(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return MediaTypes.detect(in.readNBytes(MediaTypes.HEAD_BYTES), "content.eml").mediaType();
    }
  }
}
