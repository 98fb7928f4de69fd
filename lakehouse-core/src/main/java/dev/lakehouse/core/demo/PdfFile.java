// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A PDF 1.4 (ISO 32000-1) of lines in Helvetica, a list of them for each page. */
public final class PdfFile {
  private static final int FONT = 3;
  private static final int FIRST_PAGE = 4;

  private PdfFile() {}

  /**
   * Writes one; the same input gives the same bytes.
   *
   * @param pages lines of Latin text, of which about 45 fit on one
   */
  public static Path write(Path file, List<List<String>> pages) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    return Files.write(file, bytes(pages));
  }

  private static byte[] bytes(List<List<String>> pages) {
    List<String> objects = new ArrayList<>();
    objects.add("<< /Type /Catalog /Pages 2 0 R >>");
    String kids =
        IntStream.range(0, pages.size())
            .mapToObj(page -> "%d 0 R".formatted(FIRST_PAGE + 2 * page))
            .collect(Collectors.joining(" "));
    objects.add("<< /Type /Pages /Count %d /Kids [%s] >>".formatted(pages.size(), kids));
    objects.add(
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
    for (List<String> lines : pages) {
      int content = objects.size() + 2;
      objects.add(
          ("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
                  + " /Resources << /Font << /F %d 0 R >> >> >>")
              .formatted(content, FONT));
      String shown = shown(lines);
      objects.add("<< /Length %d >>\nstream\n%s\nendstream".formatted(shown.length(), shown));
    }
    return file(objects);
  }

  private static String shown(List<String> lines) {
    return lines.stream()
        .map(line -> "(%s) Tj T*".formatted(line.replaceAll("([\\\\()])", "\\\\$1")))
        .collect(Collectors.joining("\n", "BT /F 12 Tf 16 TL 60 780 Td\n", "\nET"));
  }

  private static byte[] file(List<String> objects) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(out, "%PDF-1.4\n");
    List<Integer> places = new ArrayList<>();
    for (String object : objects) {
      places.add(out.size());
      write(out, "%d 0 obj\n%s\nendobj\n".formatted(places.size(), object));
    }
    int table = out.size();
    write(out, "xref\n0 %d\n0000000000 65535 f \n".formatted(places.size() + 1));
    places.forEach(place -> write(out, "%010d 00000 n \n".formatted(place)));
    write(
        out,
        "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
            .formatted(places.size() + 1, table));
    return out.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
