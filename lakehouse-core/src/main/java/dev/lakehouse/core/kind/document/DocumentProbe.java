// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind.document;

import static dev.lakehouse.core.Column.optional;
import static dev.lakehouse.core.ColumnType.Scalar.BIGINT;
import static dev.lakehouse.core.ColumnType.Scalar.BOOLEAN;
import static dev.lakehouse.core.ColumnType.Scalar.DOUBLE;
import static dev.lakehouse.core.ColumnType.Scalar.INT;
import static dev.lakehouse.core.ColumnType.Scalar.STRING;

import dev.lakehouse.core.Column;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.asset.Modality;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.document.Document;
import dev.lakehouse.core.codec.document.EmbeddedItem;
import dev.lakehouse.core.codec.document.Wanted;
import dev.lakehouse.core.content.Opened;
import dev.lakehouse.core.curate.Probe;
import java.util.List;
import java.util.OptionalInt;

/** Measures a document, reading all its text in a process of its own. */
public final class DocumentProbe implements Probe {
  private static final long serialVersionUID = 1L;

  private final ProseFigures.Source prose;

  /**
   * @param prose what measures its text
   */
  public DocumentProbe(ProseFigures.Source prose) {
    this.prose = prose;
  }

  @Override
  public String name() {
    return "document@1";
  }

  @Override
  public List<String> before() {
    return List.of();
  }

  @Override
  public String modality() {
    return Modality.DOCUMENT.word();
  }

  @Override
  public List<Column> columns() {
    return List.of(
        optional("document_format", STRING, "pdf, docx, pptx, xlsx, odt, epub, eml and such"),
        optional("document_title", STRING, "as the document says"),
        optional("document_author", STRING, "as the document says"),
        optional("pages", INT, "pages, slides, sheets or messages; null where there are none"),
        optional("text_pages", INT, "those of them with text"),
        optional("document_chars", BIGINT, "Unicode code points of its text"),
        optional("document_words", BIGINT, "by Unicode word boundaries"),
        optional("document_language", STRING, "ISO 639-3 of its text, or und"),
        optional("document_mojibake", DOUBLE, "share of code points that look wrongly decoded"),
        optional("document_emails", BIGINT, "how many addresses stand in its text"),
        optional("document_phones", BIGINT, "how many numbers stand in its text"),
        optional("encrypted", BOOLEAN, "whether it is, and opens without a password"),
        optional("has_macros", BOOLEAN, "whether it brings programs of an office"),
        optional("has_javascript", BOOLEAN, "whether a PDF brings programs"),
        optional("embedded_pictures", INT, "pictures that it shows"),
        optional("attachments", INT, "other files within it"));
  }

  @Override
  public String amount() {
    return "document_chars";
  }

  @Override
  public void measure(Opened content, Limits limits, Values figures) throws ItemException {
    Document document = OpenedDocument.read(content, limits, Wanted.NOTHING);
    setFacts(figures, document);
    setPages(figures, document);
    setProse(figures, prose.of(document.text()));
  }

  private static void setFacts(Values row, Document document) {
    long pictures = document.embedded().stream().filter(EmbeddedItem::picture).count();
    row.set("document_format", document.format())
        .set("document_title", document.fact("title").orElse(null))
        .set("document_author", document.fact("author").orElse(null))
        .set("encrypted", document.is("encrypted"))
        .set("has_macros", document.is("has_macros"))
        .set("has_javascript", document.is("has_javascript"))
        .set("embedded_pictures", (int) pictures)
        .set("attachments", (int) (document.embedded().size() - pictures))
        .set("warnings", document.is("broken_pages") ? List.of("broken pages") : List.of());
  }

  private static void setPages(Values row, Document document) {
    OptionalInt pages = document.pages();
    if (pages.isPresent()) {
      row.set("pages", pages.getAsInt()).set("text_pages", document.pagesWithText());
    }
  }

  private static void setProse(Values row, ProseFigures prose) {
    row.set("document_chars", prose.chars())
        .set("document_words", prose.words())
        .set("document_language", prose.language())
        .set("document_mojibake", prose.mojibake())
        .set("document_emails", prose.emails())
        .set("document_phones", prose.phones());
  }
}
