// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A text document as Word writes it (ECMA-376: WordprocessingML in an Open Packaging archive), with
 * paragraphs and then pictures.
 */
public final class WordFile {
  private static final LocalDateTime FIRST = LocalDateTime.of(1980, 1, 1, 0, 0); // a zip can tell
  private static final int EMU = 1_800_000; // side of a picture: two inches

  private static final String TYPES =
      """
      <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
      <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
      <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
      <Default Extension="png" ContentType="image/png"/>
      <Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
      </Types>
      """;
  private static final String RELATIONS =
      """
      <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
      <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
      %s
      </Relationships>
      """;
  private static final String RELATION =
      "<Relationship Id=\"%s\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"
          + "relationships/%s\" Target=\"%s\"/>";
  private static final String DOCUMENT =
      """
      <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
      <w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
       xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"
       xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
       xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
       xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body>
      %s
      </w:body></w:document>
      """;
  private static final String PICTURE =
      """
      <w:p><w:r><w:drawing><wp:inline><wp:extent cx="%2$d" cy="%2$d"/>\
      <wp:docPr id="%1$d" name="Picture %1$d"/><a:graphic>\
      <a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>\
      <pic:nvPicPr><pic:cNvPr id="%1$d" name="Picture %1$d"/><pic:cNvPicPr/></pic:nvPicPr>\
      <pic:blipFill><a:blip r:embed="p%1$d"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
      <pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%2$d" cy="%2$d"/></a:xfrm>\
      <a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>\
      </pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>
      """;

  private WordFile() {}

  /** Writes one; the same input gives the same bytes. */
  public static Path write(Path file, List<String> paragraphs, List<byte[]> pngs)
      throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    return Files.write(file, bytes(paragraphs, pngs));
  }

  /** The bytes of one. */
  public static byte[] bytes(List<String> paragraphs, List<byte[]> pngs) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
      add(zip, "[Content_Types].xml", TYPES);
      String main = RELATION.formatted("d", "officeDocument", "word/document.xml");
      add(zip, "_rels/.rels", RELATIONS.formatted(main));
      add(zip, "word/document.xml", DOCUMENT.formatted(body(paragraphs, pngs.size())));
      String pictures =
          numbers(pngs.size())
              .mapToObj(n -> RELATION.formatted("p" + n, "image", "media/image%d.png".formatted(n)))
              .collect(Collectors.joining("\n"));
      add(zip, "word/_rels/document.xml.rels", RELATIONS.formatted(pictures));
      for (int i = 0; i < pngs.size(); i++) {
        add(zip, "word/media/image%d.png".formatted(i + 1), pngs.get(i));
      }
    }
    return bytes.toByteArray();
  }

  private static String body(List<String> paragraphs, int pictures) {
    String texts =
        paragraphs.stream()
            .map(text -> "<w:p><w:r><w:t>%s</w:t></w:r></w:p>".formatted(escaped(text)))
            .collect(Collectors.joining("\n"));
    return texts
        + numbers(pictures).mapToObj(n -> PICTURE.formatted(n, EMU)).collect(Collectors.joining());
  }

  private static IntStream numbers(int most) {
    return IntStream.rangeClosed(1, most);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static void add(ZipOutputStream zip, String name, String text) throws IOException {
    add(zip, name, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(FIRST);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
