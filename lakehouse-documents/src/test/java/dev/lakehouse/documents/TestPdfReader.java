// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionJavaScript;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestPdfReader {
  @TempDir Path folder;

  private Reading read(Path file) throws Refusal {
    Reading reading = new Reading(new Question(file, "application/pdf", 1 << 20, 1 << 30, 0, 0));
    Reader.read(reading);
    return reading;
  }

  private Path saved(PDDocument document) throws IOException {
    Path file = folder.resolve("a.pdf");
    document.save(file.toFile());
    return file;
  }

  private static void write(PDPageContentStream page, float x, float y, String... lines)
      throws IOException {
    page.beginText();
    page.setFont(new PDType1Font(FontName.HELVETICA), 10);
    page.newLineAtOffset(x, y);
    for (String line : lines) {
      page.showText(line);
      page.newLineAtOffset(0, -12);
    }
    page.endText();
  }

  @Test
  void columnsAreReadOneAfterTheOther() throws Exception {
    try (PDDocument document = new PDDocument()) {
      PDPage page = new PDPage();
      document.addPage(page);
      try (PDPageContentStream content = new PDPageContentStream(document, page)) {
        write(
            content, 50, 700, "Left one begins here", "and left two goes on", "until left three.");
        write(content, 320, 700, "Right one begins here", "and right two goes on", "to the end.");
      }

      assertThat(read(saved(document)).parts().get(0).text())
          .containsSubsequence("Left one", "left two", "left three", "Right one", "right two");
    }
  }

  @Test
  void whatIsPrintedTwiceToLookBoldIsThereOnce() throws Exception {
    try (PDDocument document = new PDDocument()) {
      PDPage page = new PDPage();
      document.addPage(page);
      try (PDPageContentStream content = new PDPageContentStream(document, page)) {
        write(content, 50, 700, "A bold title");
        write(content, 50.3f, 700, "A bold title");
      }

      assertThat(read(saved(document)).parts().get(0).text()).isEqualTo("A bold title");
    }
  }

  @Test
  void emptyPagesCount() throws Exception {
    try (PDDocument document = new PDDocument()) {
      document.addPage(new PDPage());
      document.addPage(new PDPage());

      assertThat(read(saved(document)).parts()).hasSize(2).allMatch(part -> part.text().isEmpty());
    }
  }

  @Test
  void programsAreTold() throws Exception {
    try (PDDocument document = new PDDocument()) {
      document.addPage(new PDPage());
      document.getDocumentCatalog().setOpenAction(new PDActionJavaScript("app.alert('hello')"));

      assertThat(read(saved(document)).facts()).containsEntry("has_javascript", "true");
    }
  }

  @Test
  void aPasswordKeepsUsOut() throws Exception {
    try (PDDocument document = new PDDocument()) {
      document.addPage(new PDPage());
      document.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission()));
      Path file = saved(document);

      assertThatThrownBy(() -> read(file))
          .isInstanceOfSatisfying(
              Refusal.class, e -> assertThat(e.code()).isEqualTo(Refusal.Code.ENCRYPTED));
    }
  }

  @Test
  void aTreeOfPagesThatHoldsItselfEnds() throws Exception {
    String pdf =
        """
        %PDF-1.4
        1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
        2 0 obj <</Type/Pages/Count 1000000/Kids[3 0 R 2 0 R]>> endobj
        3 0 obj <</Type/Pages/Parent 2 0 R/Count 5/Kids[2 0 R 3 0 R]>> endobj
        trailer <</Root 1 0 R/Size 4>>
        startxref
        0
        %%EOF
        """;
    Path file = Files.writeString(folder.resolve("loop.pdf"), pdf);

    assertThatThrownBy(() -> read(file))
        .isInstanceOfSatisfying(
            Refusal.class, e -> assertThat(e.code()).isEqualTo(Refusal.Code.CORRUPT));
  }
}
