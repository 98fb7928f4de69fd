// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.poi.hslf.usermodel.HSLFSlideShow;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestOfficeReader {
  private static final String OOXML = "application/vnd.openxmlformats-officedocument.";
  private static final String ANY_STORAGE = "application/x-tika-msoffice";

  @TempDir Path folder;

  private Reading read(Path file, String mediaType) throws Refusal {
    Reading reading = new Reading(new Question(file, mediaType, 1000, 1 << 30, 0, 0));
    Reader.read(reading);
    return reading;
  }

  private interface Saved {
    void to(OutputStream out) throws java.io.IOException;
  }

  private Path file(Saved document) throws Exception {
    Path file = folder.resolve("document");
    try (OutputStream out = Files.newOutputStream(file)) {
      document.to(out);
    }
    return file;
  }

  private static void fill(Workbook workbook) {
    workbook.createSheet("First").createRow(0).createCell(0).setCellValue("one");
    workbook.getSheetAt(0).getRow(0).createCell(1).setCellValue("two");
    workbook.createSheet("Second").createRow(0).createCell(0).setCellValue("three");
  }

  @Test
  void sheetsAreParts() throws Exception {
    try (XSSFWorkbook now = new XSSFWorkbook();
        HSSFWorkbook then = new HSSFWorkbook()) {
      fill(now);
      fill(then);

      Reading read = read(file(now::write), OOXML + "spreadsheetml.sheet");
      Reading old = read(file(then::write), ANY_STORAGE);

      assertThat(read.parts()).hasSize(2).isEqualTo(old.parts());
      assertThat(read.parts().get(0).kind()).isEqualTo(Part.SHEET);
      assertThat(read.parts().get(0).text()).isEqualTo("First\n\none two");
      assertThat(old.facts()).containsEntry("format", "xls");
    }
  }

  @Test
  void slidesAreParts() throws Exception {
    try (XMLSlideShow now = new XMLSlideShow();
        HSLFSlideShow then = new HSLFSlideShow()) {
      now.createSlide().createTextBox().setText("One ﬁne slide");
      now.createSlide();
      then.createSlide().createTextBox().setText("One ﬁne slide");
      then.createSlide();

      Reading read = read(file(now::write), OOXML + "presentationml.presentation");
      Reading old = read(file(then::write), ANY_STORAGE);

      assertThat(read.parts()).extracting(Part::text).containsExactly("One fine slide", "");
      assertThat(old.parts()).extracting(Part::text).containsExactly("One fine slide", "");
      assertThat(old.facts()).containsEntry("format", "ppt");
    }
  }

  @Test
  void tooManyCharactersAreALimit() throws Exception {
    try (XWPFDocument document = new XWPFDocument()) {
      document.createParagraph().createRun().setText("words ".repeat(200));
      Path file = file(document::write);

      assertThatThrownBy(() -> read(file, OOXML + "wordprocessingml.document"))
          .isInstanceOfSatisfying(
              Refusal.class, e -> assertThat(e.code()).isEqualTo(Refusal.Code.OUTPUT_LIMIT));
    }
  }

  @Test
  void aStorageOfSomethingElseIsNoDocument() throws Exception {
    try (POIFSFileSystem storage = new POIFSFileSystem()) {
      storage.getRoot().createDocument("Other", new java.io.ByteArrayInputStream(new byte[10]));
      Path file = file(storage::writeFilesystem);

      assertThatThrownBy(() -> read(file, ANY_STORAGE))
          .isInstanceOfSatisfying(
              Refusal.class, e -> assertThat(e.code()).isEqualTo(Refusal.Code.UNSUPPORTED_FORMAT));
    }
  }
}
