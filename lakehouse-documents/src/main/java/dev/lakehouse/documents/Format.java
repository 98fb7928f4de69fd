// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.documents;

import java.util.Arrays;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.tika.parser.Parser;
import org.apache.tika.parser.epub.EpubParser;
import org.apache.tika.parser.microsoft.OfficeParser;
import org.apache.tika.parser.microsoft.ooxml.OOXMLParser;
import org.apache.tika.parser.microsoft.rtf.RTFParser;
import org.apache.tika.parser.odf.OpenDocumentParser;

/** Formats that Tika reads here, and the parser of each. */
enum Format {
  OOXML(
      OOXMLParser::new,
      true,
      "application/vnd.openxmlformats-officedocument",
      "application/vnd.ms-word.",
      "application/vnd.ms-excel.",
      "application/vnd.ms-powerpoint."),
  OLE(
      OfficeParser::new,
      false,
      "application/msword",
      "application/vnd.ms-excel",
      "application/vnd.ms-powerpoint",
      "application/vnd.ms-outlook",
      "application/x-tika-msoffice",
      "application/x-tika-ooxml-protected"),
  ODF(OpenDocumentParser::new, true, "application/vnd.oasis.opendocument"),
  EPUB(EpubParser::new, true, "application/epub+zip"),
  RTF(RTFParser::new, false, "application/rtf");

  private final Supplier<Parser> parser;
  private final boolean zipped;
  private final Set<String> types;

  Format(Supplier<Parser> parser, boolean zipped, String... types) {
    this.parser = parser;
    this.zipped = zipped;
    this.types = Set.of(types);
  }

  static Format of(String mediaType) throws Refusal {
    return Arrays.stream(values())
        .filter(format -> format.types.stream().anyMatch(mediaType::startsWith))
        .findFirst()
        .orElseThrow(
            () -> new Refusal(Refusal.Code.UNSUPPORTED_FORMAT, "Nothing here reads " + mediaType));
  }

  Parser parser() {
    return parser.get();
  }

  boolean zipped() {
    return zipped;
  }
}
