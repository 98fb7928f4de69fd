// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.documents;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.Property;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MimeTypes;
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
    String name = value(metadata, TikaCoreProperties.RESOURCE_NAME_KEY);
    String kind = value(metadata, TikaCoreProperties.EMBEDDED_RESOURCE_TYPE);
    if (kind.equals("MACRO")) {
      macros = true;
    } else if (!kind.equals("THUMBNAIL") && !kind.equals("METADATA")) {
      InputStream content = new BufferedInputStream(stream);
      String type = type(value(metadata, Metadata.CONTENT_TYPE), name, content);
      reading.embed(fileName(name), type, type.startsWith("image/"), 0, content);
    }
  }

  private static String value(Metadata metadata, Property property) {
    return Optional.ofNullable(metadata.get(property)).orElse("");
  }

  private static String value(Metadata metadata, String name) {
    return Optional.ofNullable(metadata.get(name)).orElse("");
  }

  private static String type(String said, String name, InputStream content) throws IOException {
    if (!said.isEmpty()) {
      return said;
    }
    Metadata named = new Metadata();
    named.set(TikaCoreProperties.RESOURCE_NAME_KEY, name);
    return MimeTypes.getDefaultMimeTypes().detect(content, named).toString();
  }

  /** The last part of what may look like a path, without what no name should hold. */
  static String fileName(String name) {
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    return last.replaceAll("\\p{Cntrl}", "");
  }

  boolean macros() {
    return macros;
  }
}
