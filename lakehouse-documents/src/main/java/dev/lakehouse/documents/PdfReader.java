// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.documents;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.jspecify.annotations.Nullable;

/** Reads a PDF page by page. */
final class PdfReader {
  static final String MEDIA_TYPE = "application/pdf";

  private static final long IN_MEMORY = 64L << 20;

  private PdfReader() {}

  static void read(Reading reading) throws Refusal, IOException {
    try (PDDocument document =
        Loader.loadPDF(
            reading.question().file().toFile(),
            "",
            null,
            null,
            MemoryUsageSetting.setupMixed(IN_MEMORY).streamCache)) {
      reading.fact("format", "pdf");
      if (document.isEncrypted()) {
        reading.fact("encrypted", "true");
        document.setAllSecurityToBeRemoved(true);
      }
      List<String> pages = PdfText.pages(document, reading);
      if (pages.isEmpty()) {
        throw new Refusal(Refusal.Code.CORRUPT, "There is no page in it");
      }
      if (pages.stream().allMatch(String::isBlank) && isCutOff(reading.question().file())) {
        throw new Refusal(Refusal.Code.TRUNCATED, "Its end is missing, and so is its text");
      }
      for (String page : RunningHeads.removed(pages)) {
        reading.add(Part.PAGE, "", TextRepair.ofLines(page));
      }
      facts(document.getDocumentInformation(), reading);
      PdfContents.of(document, reading);
    } catch (InvalidPasswordException e) {
      throw new Refusal(Refusal.Code.ENCRYPTED, "It opens with a password only", e);
    }
  }

  /** At the end stands where to begin; readers find much without, and some nothing at all. */
  private static boolean isCutOff(Path file) throws IOException {
    try (RandomAccessFile end = new RandomAccessFile(file.toFile(), "r")) {
      byte[] last = new byte[(int) Math.min(end.length(), 2048)];
      end.seek(end.length() - last.length);
      end.readFully(last);
      return !new String(last, ISO_8859_1).contains("startxref");
    }
  }

  private static void facts(PDDocumentInformation information, Reading reading) {
    text(reading, "title", information.getTitle());
    text(reading, "author", information.getAuthor());
  }

  private static void text(Reading reading, String name, @Nullable String value) {
    if (value != null) {
      reading.fact(name, value);
    }
  }
}
