// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.tika.exception.TikaException;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.Property;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.microsoft.OfficeParserConfig;
import org.xml.sax.SAXException;

/** Reads whatever one of Tika's parsers reads. */
final class OfficeReader {
  private static final Map<String, String> KINDS =
      Map.of(
          "slide-content",
          Part.SLIDE,
          "slide",
          Part.SLIDE,
          "sheet",
          Part.SHEET,
          "page",
          Part.SHEET);

  /** Office's own packages, encrypted, some with a password that everybody knows. */
  private static final String PROTECTED = "application/x-tika-ooxml-protected";

  private OfficeReader() {}

  static void read(Reading reading) throws Refusal, IOException, SAXException, TikaException {
    Path file = reading.question().file();
    Format format = Format.of(reading.question().mediaType());
    if (format.zipped() && isZip(file)) {
      ZipCheck.Declarations declared =
          format == Format.OOXML ? ZipCheck.Declarations.NONE : ZipCheck.Declarations.ANY;
      ZipCheck.require(file, reading.question().maxUnpacked(), declared);
    }
    Metadata metadata = new Metadata();
    metadata.set(Metadata.CONTENT_TYPE, reading.question().mediaType());
    PartHandler parts = new PartHandler(reading, KINDS);
    EmbeddedItems items = new EmbeddedItems(reading);
    try (TikaInputStream in = TikaInputStream.get(file)) {
      format.parser().parse(in, parts, metadata, context(items));
    }
    parts.end();
    reading.fact("format", shortName(metadata));
    reading.fact("encrypted", Boolean.toString(reading.question().mediaType().equals(PROTECTED)));
    reading.fact("title", value(metadata, TikaCoreProperties.TITLE));
    reading.fact("author", value(metadata, TikaCoreProperties.CREATOR));
    reading.fact("has_macros", Boolean.toString(items.macros()));
  }

  /** The parser may have found out more than was asked for. */
  private static String shortName(Metadata metadata) throws Refusal {
    String type = value(metadata, Property.externalText(Metadata.CONTENT_TYPE));
    return ShortNames.of(type)
        .orElseThrow(
            () -> new Refusal(Refusal.Code.UNSUPPORTED_FORMAT, "Nothing here reads " + type));
  }

  private static ParseContext context(EmbeddedItems items) {
    OfficeParserConfig office = new OfficeParserConfig();
    office.setExtractMacros(true);
    office.setIncludeHeadersAndFooters(false); // they would stand amid the text
    office.setUseSAXDocxExtractor(true);
    office.setUseSAXPptxExtractor(true);
    office.setIncludeSlideMasterContent(false);
    office.setIncludeMissingRows(false);
    ParseContext context = new ParseContext();
    context.set(OfficeParserConfig.class, office);
    context.set(EmbeddedDocumentExtractor.class, items);
    return context;
  }

  private static String value(Metadata metadata, Property property) {
    return Optional.ofNullable(metadata.get(property)).orElse("");
  }

  private static boolean isZip(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      byte[] head = in.readNBytes(2);
      return head.length == 2 && head[0] == 'P' && head[1] == 'K';
    }
  }
}
