// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.SharedData;
import dev.lakehouse.core.asset.Modality;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestMediaTypes {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.txt       | Some words.                      | text/plain                | TEXT",
        "noname      | Some words.                      | text/plain                | TEXT",
        "a.md        | # Title                          | text/markdown             | TEXT",
        "a.MD        | <img src='x'> begins a readme    | text/markdown             | TEXT",
        "a.rst       | Title                            | text/x-rst                | TEXT",
        "a.html      | <p>words</p>                     | text/html                 | TEXT",
        "a           | <!DOCTYPE html><html></html>     | text/html                 | TEXT",
        "a.png       | <html>404</html>                 | text/html                 | TEXT",
        "a.svg       | <svg xmlns='x'/>                 | image/svg+xml             | IMAGE",
        "a.txt       | <?xml version='1.0'?><svg/>      | image/svg+xml             | IMAGE",
        "a.xml       | <?xml version='1.0'?><a/>        | application/xml           | DOCUMENT",
        "a.json      | [1, 2]                           | application/json          | TABLE",
        "a           | {\"id\": 1}                      | application/json          | TABLE",
        "a.jsonl     | {\"id\": 1}                      | application/jsonl         | TABLE",
        "a.ndjson    | {\"id\": 1}                      | application/jsonl         | TABLE",
        "a.txt       | {\"id\": 1}                      | text/plain                | TEXT",
        "a.json      | no braces                        | text/plain                | TEXT",
        "a.csv       | id,text                          | text/csv                  | TABLE",
        "a.tsv       | id text                          | text/tab-separated-values | TABLE",
        "a.jpg       | BMW is a car, not a bitmap file  | text/plain                | TEXT",
        "a.jpg       | From: here                       | text/plain                | TEXT",
        "a.py        | import os                        | text/plain                | TEXT",
        "a.pdf       | %PDF-1.7                         | application/pdf           | DOCUMENT",
      })
  void bytesDecide(String name, String content, String mediaType, Modality modality) {
    Detected found = MediaTypes.detect(content.getBytes(UTF_8), name);

    assertThat(found.mediaType()).isEqualTo(mediaType);
    assertThat(found.modality()).isEqualTo(modality);
  }

  @Test
  void namesAreHeardApart() {
    Detected found = MediaTypes.detect("words".getBytes(UTF_8), "dir.png/odd name.JPG");

    assertThat(found.mediaType()).isEqualTo("text/plain");
    assertThat(found.nameMediaType()).contains("image/jpeg");
    assertThat(found.nameModality()).contains(Modality.IMAGE);
    assertThat(MediaTypes.detect("words".getBytes(UTF_8), "LICENCE").nameMediaType()).isEmpty();
    assertThat(MediaTypes.detect("words".getBytes(UTF_8), "a.zzz").nameMediaType()).isEmpty();
  }

  @Test
  void nothingIsEmpty() {
    assertThat(MediaTypes.detect(new byte[0], "a.jpg").mediaType()).isEqualTo(MediaTypes.EMPTY);
  }

  @Test
  void noiseIsNoText() {
    byte[] noise = new byte[4096];
    new Random(1).nextBytes(noise);

    Detected found = MediaTypes.detect(noise, "noise.txt");

    assertThat(found.mediaType()).isEqualTo(MediaTypes.UNKNOWN);
    assertThat(found.modality()).isEqualTo(Modality.UNKNOWN);
    assertThat(found.nameModality()).contains(Modality.TEXT);
  }

  @Test
  void foreignCharsetsAreStillText() {
    assertThat(MediaTypes.detect("Größe".getBytes(UTF_16LE), "a").mediaType())
        .isEqualTo("text/plain");
    assertThat(MediaTypes.detect(new byte[] {'n', 'a', (byte) 0xEF, 'v', 'e'}, "a").mediaType())
        .isEqualTo("text/plain");
  }

  @Test
  void charactersCutAtTheEndOfTheHeadDoNotMatter() {
    byte[] text = "\u0007 one bell".concat(", Größe €".repeat(40)).getBytes(UTF_8);
    for (int length = text.length - 4; length <= text.length; length++) {
      byte[] head = java.util.Arrays.copyOf(text, length);
      assertThat(MediaTypes.detect(head, "a").mediaType()).isEqualTo("text/plain");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "images/heic/HMD_Nokia_8.3_5G_hdr.heif, image/heic",
    "images/formats/hopper.avif, image/avif",
    "images/formats/hopper.psd, image/vnd.adobe.photoshop",
    "images/formats/hopper.bmp, image/bmp",
    "images/formats/rgb32bf.bmp, image/bmp",
    "images/formats/hopper.ico, image/vnd.microsoft.icon",
    "images/formats/hopper.webp, image/webp",
    "images/formats/hopper_bigtiff.tif, image/tiff",
    "images/formats/hopper.ppm, image/x-portable-anymap",
    "images/formats/pil123rgba.qoi, image/qoi",
    "images/bad/icon.svg, image/svg+xml",
    "images/bad/jpeg_named.png, image/jpeg",
    "images/bad/html_error_page.png, text/html",
    "images/edge/zero_dpi.jp2, image/jp2",
    "images/edge/bad_palette_file.gpl, application/x-gimp-palette",
    "audio/bad/silence.wav, audio/vnd.wave",
    "documents/generated, application/pdf",
    "text/encodings/utf16le_bom.txt, text/plain",
    "text/encodings/nul_bytes.txt, text/plain",
    "text/encodings/invalid_utf8.txt, text/plain",
    "text/encodings/latin1.txt, text/plain",
    "text/encodings/binary_as.txt, application/octet-stream",
    "text/jsonl/corpus.jsonl, application/jsonl",
    "text/docs/README.md, text/markdown",
    "text/docs/index.rst, text/x-rst",
    "text/udhr/tha.html, text/html",
    "images/coco/annotations/captions_train2017.json, application/json",
    "images/coco/ATTRIBUTION.tsv, text/tab-separated-values",
    "manifests/flickr_style_bad.csv, text/csv",
  })
  void realFiles(String path, String mediaType) throws IOException {
    Path file = SharedData.require("data/" + path);
    if (Files.isDirectory(file)) {
      try (var files = Files.list(file)) {
        file = files.filter(f -> f.toString().endsWith(".pdf")).findFirst().orElseThrow();
      }
    }
    byte[] head;
    try (var in = Files.newInputStream(file)) {
      head = in.readNBytes(MediaTypes.HEAD_BYTES);
    }

    assertThat(MediaTypes.detect(head, file.getFileName().toString()).mediaType())
        .isEqualTo(mediaType);
  }

  @Test
  void whatHasACodec() {
    assertThat(MediaTypes.hasCodec("image/jpeg")).isTrue();
    assertThat(MediaTypes.hasCodec("text/html")).isTrue();
    assertThat(MediaTypes.hasCodec("image/avif")).isTrue();
    assertThat(MediaTypes.hasCodec("image/heic")).isFalse();
    assertThat(MediaTypes.hasCodec("application/json")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "P1 visas",
        "P1 2 3 go",
        "P3 2 2 255 things",
        "P4 laboratories",
        "P5 4 4 255 x",
        "P6 and the other sections",
        "P7 comes after P6",
        "GIF89a is a format",
        "BMW and others",
        "8BPS is Photoshop's",
        "II* is a name",
        "MM a clothing brand",
        "RIFF raff, as they say",
        "RIFF 64 WEBPVP, no",
        "DDS means direct synthesis",
        "qoif, said the frog",
        "BLP1 is a road",
        "BLP2 too",
        "PAR1 is an enzyme",
        "SQLite format 3 is a file",
        "ID3 tags",
        "fLaC, written so",
        "MThd, four letters",
        "FLV, a format",
        "FORM 1040",
        "IMPM, the institute",
        "OggS... oh",
        "MZ built motorcycles",
        "PK is short",
        "MSCF, a foundation",
        "AC1015 from the train",
        "SDPX, a draft",
        "%PDF is a mark",
        "%PDF-1.7 is a version",
        "%!PS is another",
        "Rar! it is",
        "{\\rtf is a letter",
        "BZh91AY&SY begins it",
        "wOFF and wOF2",
        "true enough",
        "OTTO the dog",
        "ttcf, too",
        "7z is a packer",
        "caff, a dog",
        ".snd is a suffix",
        "#!AMR, a mark",
        "SIMPLE  =  T",
        "ftyp at four",
        "....ftypisom, dots",
        "Obj and others",
        "CWS, a firm",
        "FWS, another",
        "LZIP packs",
        "xar too",
        "!<arch> it says",
        "Cr24 the extension",
        "dex at it",
      })
  void whatCanBeReadThroughoutIsText(String beginning) {
    String text = beginning + " is how a text may begin.\n" + "It goes on. ".repeat(12);

    for (String content :
        List.of(text, text + "Grüße \u2014 fine\n", text + "one \u0007 bell".repeat(1))) {
      assertThat(MediaTypes.detect(content.getBytes(UTF_8), "a.txt").mediaType())
          .as(content)
          .isEqualTo("text/plain");
    }
    assertThat(MediaTypes.detect((text + "Größe").getBytes(ISO_8859_1), "a.txt").mediaType())
        .isEqualTo("text/plain");
    assertThat(MediaTypes.detect(("\uFEFF" + text).getBytes(UTF_16LE), "a.txt").mediaType())
        .isEqualTo("text/plain");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<?xml is how such a file begins",
        "<?xml, then a version: nobody writes it by hand",
        "%!PS-Adobe-3.0 EPSF is how this note begins",
        "%!PS-Adobe-3.0 was published in 1992",
      })
  void aTextThatSpeaksOfAHeaderIsAText(String content) {
    assertThat(MediaTypes.detect(content.getBytes(UTF_8), "a.txt").mediaType())
        .isEqualTo("text/plain");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "P1\\n# of mine\\n2 2\\n0 1\\n1 0\\n      | image/x-portable-anymap",
        "P2 2 2 255 0 1 2 3               | image/x-portable-anymap",
        "P5 2 2 255\\nabcd                  | image/x-portable-anymap",
        "P6\\n1 1\\n255\\nabc                  | image/x-portable-anymap",
        "%PDF-1.4\\n1 0 obj\\n               | application/pdf",
        "%!PS-Adobe-3.0 EPSF-3.0\\n%%Title: x | application/postscript",
        "%!PS\\n/x 1 def                   | application/postscript",
        "%!PS-Adobe-2.0\\n%%Title: x        | application/postscript",
        "%!PS-Adobe-3.0 Resource-Font\\n    | application/postscript",
        "{\\rtf1\\ansi words}               | application/rtf",
        "/* XPM */\\nstatic char *x[] = {   | image/x-xpixmap",
      })
  void formatsThatCanBeReadAreKnownByTheirHeaders(String content, String mediaType) {
    byte[] head = content.replace("\\n", "\n").getBytes(UTF_8);

    assertThat(MediaTypes.detect(head, "noname").mediaType()).isEqualTo(mediaType);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.tex", "a.srt", "a.sh", "a.rs", "a.org", "a.bib", "a.asc", "a.bat", "a.cmd", "a.do",
        "a.sas", "a.pot", "a.pem", "a.ts", "a.dot", "a.sub", "a.m3u", "a.pub", "a.mod", "a.adoc",
        "a.wiki", "a.sql", "a.p12", "a.exe", "a.iso", "a.eml", "a.mbox",
      })
  void aNameOfNoModalityOfOursPromisesNothing(String name) {
    assertThat(MediaTypes.detect("words".getBytes(UTF_8), name).nameModality())
        .as(name)
        .isNotEqualTo(Optional.of(Modality.UNKNOWN))
        .satisfiesAnyOf(
            promised -> assertThat(promised).isEmpty(),
            promised -> assertThat(promised).contains(Modality.TEXT));
  }
}
