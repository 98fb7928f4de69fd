// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.documents;

import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageTree;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotation;
import org.apache.pdfbox.text.PDFTextStripper;

/**
 * The text of each page, in the order in which it was written rather than by position, so that
 * columns follow each other. What is printed twice to look bold is there once. An empty line stands
 * between paragraphs.
 */
final class PdfText extends PDFTextStripper {
  /** More than the longest books have; a tree of pages may hold itself. */
  private static final int MAX_PAGES = 100_000;

  private final Reading reading;
  private final StringWriter written;
  private final List<String> pages = new ArrayList<>();
  private long characters;

  private PdfText(Reading reading, StringWriter written) {
    this.reading = reading;
    this.written = written;
    setSortByPosition(false);
    setSuppressDuplicateOverlappingText(true);
    setLineSeparator("\n");
    setParagraphStart("\n");
    setPageEnd("");
    setStartPage(0); // which page it is the base class does not hear
  }

  static List<String> pages(PDDocument document, Reading reading) throws IOException {
    StringWriter written = new StringWriter();
    PdfText text = new PdfText(reading, written);
    text.writeText(document, written);
    return text.pages;
  }

  /** All of them: the base class leaves out those without contents. */
  @Override
  protected void processPages(PDPageTree pages) throws IOException {
    for (PDPage page : pages) {
      processPage(page);
    }
  }

  /** What stands in forms and notes is shown on the page like its text. */
  @Override
  protected void writePage() throws IOException {
    for (PDAnnotation annotation : getCurrentPage().getAnnotations()) {
      boolean shown = !annotation.isHidden() && !annotation.isNoView();
      if (shown && annotation.getNormalAppearanceStream() != null) {
        showAnnotation(annotation);
      }
    }
    super.writePage();
  }

  @Override
  public void processPage(PDPage page) throws IOException {
    if (pages.size() == MAX_PAGES) {
      throw new LimitReached(
          new Refusal(
              Refusal.Code.EXPANSION_LIMIT, "It has more than %d pages".formatted(MAX_PAGES)));
    }
    try {
      super.processPage(page);
    } catch (LimitReached e) {
      throw e;
    } catch (IOException e) {
      reading.fact("broken_pages", "true"); // what its page was read to stays
    }
    take();
  }

  private void take() throws LimitReached {
    StringBuffer page = written.getBuffer();
    pages.add(page.toString());
    characters += page.length();
    page.setLength(0);
    try {
      reading.requireCharacters(characters);
    } catch (Refusal e) {
      throw new LimitReached(e);
    }
  }
}
