// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.documents;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.xml.sax.ContentHandler;

/** Keeps what stands in a document instead of reading it. */
final class EmbeddedItems implements EmbeddedDocumentExtractor {
  private final Reading reading;
  private boolean macros;

  EmbeddedItems(Reading reading) {
    this.reading = reading;
  }

  @Override
  public boolean shouldParseEmbedded(Metadata metadata) {
    return true;
  }

  @Override
  public void parseEmbedded(
      InputStream stream, ContentHandler handler, Metadata metadata, boolean outputHtml)
      throws IOException {
    String type = Optional.ofNullable(metadata.get(Metadata.CONTENT_TYPE)).orElse("");
    String name =
        Optional.ofNullable(metadata.get(TikaCoreProperties.RESOURCE_NAME_KEY)).orElse("");
    String kind =
        Optional.ofNullable(metadata.get(TikaCoreProperties.EMBEDDED_RESOURCE_TYPE)).orElse("");
    if (kind.equals("MACRO")) {
      macros = true;
      return;
    }
    reading.embed(name, type + "|" + kind, false, 0, stream);
  }

  boolean macros() {
    return macros;
  }
}
