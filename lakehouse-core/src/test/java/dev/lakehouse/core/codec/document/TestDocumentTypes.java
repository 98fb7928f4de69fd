// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.codec.MediaTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestDocumentTypes {

  private static String typeOf(byte[] head, String name) {
    return MediaTypes.detect(head, name).mediaType();
  }

  private static byte[] zip(String... namesAndContents) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < namesAndContents.length; i += 2) {
        byte[] content = namesAndContents[i + 1].getBytes(UTF_8);
        ZipEntry entry = new ZipEntry(namesAndContents[i]);
        if (entry.getName().equals("mimetype")) {
          CRC32 crc = new CRC32();
          crc.update(content);
          entry.setMethod(ZipEntry.STORED);
          entry.setSize(content.length);
          entry.setCrc(crc.getValue());
        }
        zip.putNextEntry(entry);
        zip.write(content);
      }
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml,"
        + "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml,"
        + "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml,"
        + "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.ms-word.document.macroEnabled.main+xml,"
        + "application/vnd.ms-word.document.macroenabled.12",
    "application/vnd.ms-excel.sheet.binary.macroEnabled.main,"
        + "application/vnd.ms-excel.sheet.binary.macroenabled.12",
  })
  void officeSaysWhatItsMainPartIs(String main, String mediaType) throws IOException {
    String list = "<Types><Override PartName='/main' ContentType='%s'/></Types>".formatted(main);

    assertThat(typeOf(zip("[Content_Types].xml", list), "a.pdf")).isEqualTo(mediaType);
    assertThat(typeOf(zip("customXml/item1.xml", "<a/>", "[Content_Types].xml", list), "a"))
        .isEqualTo(mediaType);
  }

  @ParameterizedTest
  @CsvSource({
    "word/media/image1.png, application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "ppt/slides/slide1.xml,"
        + " application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xl/workbook.xml, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  })
  void foldersTellOfficeWhereTheListComesLater(String first, String mediaType) throws IOException {
    assertThat(typeOf(zip(first, "x"), "noname")).isEqualTo(mediaType);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/vnd.oasis.opendocument.text",
        "application/vnd.oasis.opendocument.presentation",
        "application/vnd.oasis.opendocument.spreadsheet",
        "application/epub+zip",
      })
  void othersSayWhatTheyAre(String mediaType) throws IOException {
    assertThat(typeOf(zip("mimetype", mediaType, "content.xml", "<a/>"), "a.docx"))
        .isEqualTo(mediaType);
    assertThat(typeOf(zip("META-INF/x", "", "content.xml", "<a/>", "mimetype", mediaType), "a"))
        .isEqualTo(mediaType);
  }

  @Test
  void anyOtherArchiveIsNoDocument() throws IOException {
    assertThat(MediaTypes.detect(zip("notes.txt", "words"), "a.docx").modality().word())
        .isEqualTo("unknown");
  }

  @Test
  void aPdfMayStandBehindJunk() {
    String pdf = "\0\1junk\n%PDF-1.4\n%\u00e2\u00e3\n1 0 obj\n<<>>\nendobj\n";

    assertThat(typeOf(pdf.getBytes(UTF_8), "a")).isEqualTo("application/pdf");
    assertThat(typeOf("A text on %PDF-1.4 and its\n1 0 obj\n".getBytes(UTF_8), "a"))
        .isEqualTo("text/plain");
  }

  @Test
  void eMailIsToldByWhatProgramsWrite() {
    String sent =
        "Received: from a by b;\n\tMon, 1 Jan 2024\nMessage-ID: <1@b>\nFrom: a@b.c\nSubject: x\n\nHi";
    String memo = "From: the chair\nTo: all\nSubject: lunch\n\nHi";

    assertThat(typeOf(sent.getBytes(UTF_8), "noname")).isEqualTo("message/rfc822");
    assertThat(typeOf(("From a@b.c Mon Jan 1 10:00:00 2024\n" + sent).getBytes(UTF_8), "x"))
        .isEqualTo("application/mbox");
    assertThat(typeOf(memo.getBytes(UTF_8), "memo.txt")).isEqualTo("text/plain");
    assertThat(typeOf(memo.getBytes(UTF_8), "memo.eml")).isEqualTo("message/rfc822");
    assertThat(typeOf("Some words: no header".getBytes(UTF_8), "a.eml")).isEqualTo("text/plain");
  }
}
