// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.SharedData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestDocumentCodec {
  private static final String DOCX =
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

  @TempDir Path folder;

  @Test
  void pagesOfAPdfStandApart() throws Exception {
    Path file = SharedData.require("data/documents/tika/testPDF_bookmarks.pdf");

    Document document = DocumentCodec.read(file, "application/pdf", DocumentLimits.DEFAULT);

    assertThat(document.format()).isEqualTo("pdf");
    assertThat(document.pages()).hasValue(2);
    assertThat(document.parts().get(0).text()).contains("France");
    assertThat(document.parts().get(1).text()).contains("Denmark");
  }

  @Test
  void whatIsNoArchiveIsCorrupt() throws Exception {
    Path file = Files.writeString(folder.resolve("a.docx"), "PK and no more");

    assertThatThrownBy(() -> DocumentCodec.read(file, DOCX, DocumentLimits.DEFAULT))
        .isInstanceOfSatisfying(
            ItemException.class, e -> assertThat(e.code()).isEqualTo(ItemError.CORRUPT));
  }

  @Test
  void anArchiveThatGrowsIsRefused() throws Exception {
    Path file = folder.resolve("bomb.docx");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("word/document.xml"));
      zip.write(new byte[40 << 20]);
    }

    assertThatThrownBy(() -> DocumentCodec.read(file, DOCX, DocumentLimits.DEFAULT))
        .isInstanceOfSatisfying(
            ItemException.class, e -> assertThat(e.code()).isEqualTo(ItemError.EXPANSION_LIMIT));
  }
}
