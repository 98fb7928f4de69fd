// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.Settings;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.child.MediaTools;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.document.DocumentCodec;
import dev.lakehouse.core.codec.document.DocumentLimits;
import dev.lakehouse.core.demo.PdfFile;
import dev.lakehouse.core.demo.WordFile;
import dev.lakehouse.core.kind.Measured;
import dev.lakehouse.core.kind.audio.AudioProbe;
import dev.lakehouse.core.kind.document.DocumentProbe;
import dev.lakehouse.core.kind.text.ProseMeter;
import dev.lakehouse.core.kind.video.VideoProbe;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that were made to do harm: each is a row, with a code or with figures that are true. */
class TestHostileMedia {
  private static final Limits LIMITS = Limits.from(Settings.defaults());
  private static final int PCM = 1;
  private static final int FLOAT = 3;

  @TempDir Path folder;

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String code(Values row) {
    return row.text("error_code").orElse("");
  }

  private static double number(Values row, String column) {
    return ((Number) row.find(column).orElseThrow()).doubleValue();
  }

  private static byte[] wave(int coding, int channels, int rate, int bits, byte[] samples) {
    ByteBuffer wave = ByteBuffer.allocate(44 + samples.length).order(ByteOrder.LITTLE_ENDIAN);
    int frame = channels * bits / 8;
    wave.put(ascii("RIFF")).putInt(36 + samples.length).put(ascii("WAVEfmt ")).putInt(16);
    wave.putShort((short) coding).putShort((short) channels).putInt(rate).putInt(rate * frame);
    wave.putShort((short) frame).putShort((short) bits).put(ascii("data")).putInt(samples.length);
    return wave.put(samples).array();
  }

  @ParameterizedTest
  @CsvSource({"0, 16000", "1, 0"})
  void aSoundWithoutChannelsOrRateIsNone(int channels, int rate) {
    byte[] file = wave(PCM, channels, rate, 16, new byte[3200]);

    assertThat(code(Measured.of(new AudioProbe(), file, LIMITS)))
        .isIn("CORRUPT", "UNSUPPORTED_FEATURE");
  }

  @Test
  void aSoundOfManyChannelsIsMeasuredOrRefused() {
    Values row = Measured.of(new AudioProbe(), wave(PCM, 255, 8000, 16, new byte[255_000]), LIMITS);

    assertThat(code(row)).isIn("", "UNSUPPORTED_FEATURE", "CORRUPT");
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void samplesThatAreNoNumbersAreNoSound(float sample) {
    ByteBuffer samples = ByteBuffer.allocate(4 * 16_000).order(ByteOrder.LITTLE_ENDIAN);
    while (samples.hasRemaining()) {
      samples.putFloat(samples.position() % 4096 == 0 ? sample : 0.1f);
    }

    Values row = Measured.of(new AudioProbe(), wave(FLOAT, 1, 16_000, 32, samples.array()), LIMITS);

    assertThat(code(row)).isEqualTo("CORRUPT");
  }

  private static byte[] box(String type, int claimed, byte[] content) {
    ByteBuffer box = ByteBuffer.allocate(8 + content.length);
    return box.putInt(claimed).put(ascii(type)).put(content).array();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  @Test
  void aFilmWithoutItsTableOrWithAnEndlessOneIsRefused() {
    byte[] type = box("ftyp", 20, ascii("isom\0\0\2\0isom"));
    byte[] none = joined(type, box("mdat", 1008, new byte[1000]));
    byte[] endless = joined(type, box("moov", 1 << 30, new byte[1000]));

    assertThat(code(Measured.of(new VideoProbe(), none, LIMITS))).isIn("CORRUPT", "TRUNCATED");
    assertThat(code(Measured.of(new VideoProbe(), endless, LIMITS)))
        .isIn("CORRUPT", "TRUNCATED", "NO_VIDEO_STREAM");
  }

  private byte[] film(int width, int height, int frames, String coding, String... container)
      throws Exception {
    Path raw = Files.write(folder.resolve("film.raw"), new byte[3 * width * height * frames]);
    List<String> before =
        List.of("-video_size", width + "x" + height, "-pixel_format", "bgr24", "-framerate", "25");
    List<String> after = new ArrayList<>(List.of("-c:v", coding));
    after.addAll(Arrays.asList(container));
    after.add("pipe:1");
    return MediaTools.standard()
        .convert(raw, "rawvideo", before, after)
        .run(in -> in.readAllBytes(), line -> {})
        .value();
  }

  @Test
  void aFilmOfOnePictureIsNotTenHoursLong() throws Exception {
    byte[] film = film(64, 48, 1, "mpeg4", "-movflags", "frag_keyframe+empty_moov", "-f", "mp4");
    String text = new String(film, StandardCharsets.ISO_8859_1);
    ByteBuffer bytes = ByteBuffer.wrap(film);
    int head = text.indexOf("mvhd");
    bytes.putInt(head + 20, 36_000 * bytes.getInt(head + 16));
    int media = text.indexOf("mdhd");
    bytes.putInt(media + 20, 36_000 * bytes.getInt(media + 16));

    Values row = Measured.of(new VideoProbe(), film, LIMITS);

    assertThat(code(row)).isEmpty();
    assertThat(number(row, "video_seconds")).isLessThan(60);
    assertThat(number(row, "video_frames")).isEqualTo(1);
  }

  @Test
  void aFilmThatChangesItsSizeIsReadToItsEnd() throws Exception {
    byte[] small = film(64, 48, 10, "mpeg2video", "-f", "mpegts");
    byte[] large = film(128, 96, 10, "mpeg2video", "-f", "mpegts");

    Values row = Measured.of(new VideoProbe(), joined(small, large), LIMITS);

    assertThat(code(row)).isEmpty();
    assertThat(number(row, "video_frames")).isBetween(19.0, 20.0);
  }

  @Test
  void whatNobodyReadsIsNotTried() {
    byte[] flash = joined(ascii("FWS\6"), new byte[200]);

    assertThat(code(Measured.of(new VideoProbe(), flash, LIMITS))).isEqualTo("UNSUPPORTED_FORMAT");
  }

  private static Values document(byte[] file) {
    return Measured.of(new DocumentProbe(new ProseMeter()), file, LIMITS);
  }

  @Test
  void aPdfWithoutItsTableIsReadAllTheSame() throws Exception {
    Path file =
        PdfFile.write(folder.resolve("a.pdf"), List.of(List.of("The table is missing here.")));
    byte[] whole = Files.readAllBytes(file);
    int table = new String(whole, StandardCharsets.ISO_8859_1).indexOf("xref");

    Values row = document(joined(Arrays.copyOf(whole, table), ascii("%%EOF\n")));

    assertThat(code(row)).isEmpty();
    assertThat(number(row, "pages")).isEqualTo(1);
  }

  @Test
  void aPdfOfAMillionObjectsCostsItselfAlone() {
    StringBuilder pdf = new StringBuilder("%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n");
    for (int i = 2; i <= 1_000_000; i++) {
      pdf.append(i).append(" 0 obj\n<<>>\nendobj\n");
    }
    pdf.append("trailer\n<< /Size 1000001 /Root 1 0 R >>\n%%EOF\n");

    assertThat(code(document(ascii(pdf.toString()))))
        .isIn("", "CORRUPT", "TIME_LIMIT", "MEMORY_LIMIT");
  }

  @Test
  void entitiesThatGrowAreNotFollowed() throws Exception {
    StringBuilder laughs =
        new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e0 \"ha\">");
    for (int i = 1; i < 30; i++) {
      laughs.append("<!ENTITY e%d \"%s\">".formatted(i, "&e%d;".formatted(i - 1).repeat(10)));
    }
    laughs.append("]><w:document xmlns:w=\"w\"><w:body>&e29;</w:body></w:document>");
    ByteArrayOutputStream docx = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(docx)) {
      zip.putNextEntry(new ZipEntry("[Content_Types].xml"));
      zip.write(
          ascii(
              "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                  + "<Override PartName=\"/word/document.xml\" ContentType=\"application/"
                  + "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>"));
      zip.putNextEntry(new ZipEntry("_rels/.rels"));
      zip.write(
          ascii(
              "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                  + "<Relationship Id=\"d\" Type=\"http://schemas.openxmlformats.org/officeDocument/"
                  + "2006/relationships/officeDocument\" Target=\"word/document.xml\"/>"
                  + "</Relationships>"));
      zip.putNextEntry(new ZipEntry("word/document.xml"));
      zip.write(ascii(laughs.toString()));
    }

    assertThat(code(document(docx.toByteArray()))).isIn("CORRUPT", "EXPANSION_LIMIT");
  }

  @Test
  void aDocumentOfAnyNameIsRead() throws Exception {
    Path file =
        WordFile.write(
            folder.resolve("\u00DCber uns '\u4E2D\u6587' %41.docx"),
            List.of("Whoever names a file need not know of this house."),
            List.of());
    String type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    assertThat(DocumentCodec.read(file, type, DocumentLimits.DEFAULT).text()).contains("Whoever");
  }

  @Test
  void aMailInAHundredMailsIsRead() {
    String mail = "From: a@example.org\r\nSubject: the last\r\n\r\nThe innermost of them all.\r\n";
    for (int i = 0; i < 100; i++) {
      mail =
          "From: a@example.org\r\nSubject: mail %d\r\nMIME-Version: 1.0\r\n".formatted(i)
              + "Content-Type: multipart/mixed; boundary=\"b%d\"\r\n\r\n".formatted(i)
              + "--b%d\r\nContent-Type: text/plain\r\n\r\nOne more around it.\r\n".formatted(i)
              + "--b%d\r\nContent-Type: message/rfc822\r\n\r\n%s\r\n--b%d--\r\n"
                  .formatted(i, mail, i);
    }

    assertThat(code(document(ascii(mail)))).isIn("", "CORRUPT", "EXPANSION_LIMIT");
  }
}
