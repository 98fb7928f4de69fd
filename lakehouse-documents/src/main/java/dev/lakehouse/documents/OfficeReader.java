// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.tika.exception.TikaException;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.apache.tika.parser.microsoft.OfficeParserConfig;
import org.xml.sax.SAXException;

/** Reads whatever one of Tika's parsers reads. */
final class OfficeReader {
  private static final Map<String, String> KINDS =
      Map.of("slide-content", Part.SLIDE, "slide", Part.SLIDE, "sheet", Part.SHEET);

  private OfficeReader() {}

  static void read(Reading reading) throws Refusal, IOException, SAXException, TikaException {
    Path file = reading.question().file();
    Format format = Format.of(reading.question().mediaType());
    if (format.zipped() && isZip(file)) {
      ZipCheck.require(file, reading.question().maxUnpacked());
    }
    ParseContext context = new ParseContext();
    OfficeParserConfig office = new OfficeParserConfig();
    office.setExtractMacros(true);
    office.setIncludeHeadersAndFooters(true);
    office.setIncludeMissingRows(false);
    context.set(OfficeParserConfig.class, office);
    EmbeddedItems items = new EmbeddedItems(reading);
    context.set(EmbeddedDocumentExtractor.class, items);
    Metadata metadata = new Metadata();
    metadata.set(Metadata.CONTENT_TYPE, reading.question().mediaType());
    PartHandler parts = new PartHandler(reading, KINDS);
    Parser parser = format.parser();
    context.set(Parser.class, parser);
    try (TikaInputStream in = TikaInputStream.get(file)) {
      parser.parse(in, parts, metadata, context);
    }
    parts.end();
    reading.fact("format", format.name().toLowerCase(java.util.Locale.ROOT));
    for (String name : metadata.names()) {
      reading.fact("meta." + name, String.valueOf(metadata.get(name)));
    }
    String title = metadata.get(TikaCoreProperties.TITLE);
    if (title != null) {
      reading.fact("title", title);
    }
  }

  private static boolean isZip(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      byte[] head = in.readNBytes(2);
      return head.length == 2 && head[0] == 'P' && head[1] == 'K';
    }
  }
}
