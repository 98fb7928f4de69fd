// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestTextCodec {
  private static final String TEXT = "Größe, naïve — “quoted” €5 🦆\r\nline two\n";

  @Test
  void utf8IsTakenAsItIs() throws ItemException {
    assertThat(TextCodec.decode(TEXT.getBytes(UTF_8))).isEqualTo(new DecodedText(TEXT, "UTF-8"));
    assertThat(TextCodec.decode(new byte[0]).text()).isEmpty();
  }

  @Test
  void theMarkIsNoPartOfTheText() throws ItemException {
    assertThat(TextCodec.decode(("\uFEFF" + TEXT).getBytes(UTF_8)).text()).isEqualTo(TEXT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c3 28", // a lead byte without its tail
        "61 c0 80", // NUL in two bytes
        "ed a0 80", // a lone surrogate
        "f4 90 80 80", // above U+10FFFF
        "61 e2 82", // cut inside a character
        "ff",
        "80",
      })
  void anythingElseIsRefused(String hex) {
    byte[] bytes = HexFormat.ofDelimiter(" ").parseHex(hex);

    assertThatThrownBy(() -> TextCodec.decode(bytes))
        .isInstanceOfSatisfying(
            ItemException.class, e -> assertThat(e.code()).isEqualTo(ItemError.INVALID_ENCODING));
  }

  @Test
  void theMessageNamesThePlace() {
    assertThatThrownBy(() -> TextCodec.decode("naïve".getBytes(ISO_8859_1)))
        .hasMessage("Expected UTF-8, found byte 0xef at offset 2; convert the file to UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
  void aMarkNamesTheCharset(String charset) throws ItemException {
    assertThat(TextCodec.decode(("\uFEFF" + TEXT).getBytes(Charset.forName(charset))))
        .isEqualTo(new DecodedText(TEXT, charset));
  }

  @Test
  void whatAMarkPromisesIsHeld() {
    byte[] cut = Arrays.copyOf(("\uFEFF" + TEXT).getBytes(UTF_16LE), 11);

    assertThatThrownBy(() -> TextCodec.decode(cut))
        .isInstanceOf(ItemException.class)
        .hasMessageStartingWith("Expected UTF-16LE, found byte");
  }

  @Test
  void unmarkedUtf16IsNamed() {
    assertThatThrownBy(() -> TextCodec.decode(TEXT.getBytes(UTF_16LE)))
        .hasMessageContaining("UTF-16 without a byte order mark");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<!doctype html><meta charset=\"iso-8859-1\"><p>        | ISO-8859-1   | Größe",
        "<html><META content='text/html; CharSet=Windows-1251'> | windows-1251 | Дерево",
        "<html><head><meta charset=shift_jis>                   | Shift_JIS    | 日本語",
        "<html><head><meta charset=euc-jp>                      | EUC-JP       | 日本語",
        "<html><head><meta charset=\"iso-2022-jp\">             | ISO-2022-JP  | 日本語",
        "<html><head><meta charset=gb2312>                      | GB2312       | 中文",
        "<?xml version='1.0' encoding='ISO-8859-2'?><html>      | ISO-8859-2   | Łódź",
        "<!-- <meta charset=utf-8> --><html><meta charset=koi8-r> | KOI8-R     | Дерево",
        "<html><script>'<meta charset=x>'</script><meta charset=koi8-r> | KOI8-R | Дерево",
      })
  void aDocumentNamesItsCharset(String start, String charset, String words) throws ItemException {
    String page = start + words + "</html>";

    assertThat(TextCodec.decode(page.getBytes(Charset.forName(charset))))
        .isEqualTo(new DecodedText(page, charset));
  }

  @Test
  void namesMeanTheLargerCharsetWhereItsCharactersAreUsed() throws ItemException {
    String page = "<html><meta charset=iso-8859-1><p>\u201Cten\u201D \u20AC";

    assertThat(TextCodec.decode(page.getBytes(Charset.forName("windows-1252"))))
        .isEqualTo(new DecodedText(page, "windows-1252"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html><meta charset=utf-8><p>naïve", // declares what it is not
        "<html><meta charset=utf-16><p>naïve", // could not be read if that were true
        "<html><meta charset=klingon><p>naïve",
        "<?xml version='1.0' encoding='koi8-r'?><html><meta charset=iso-8859-1><p>naïve",
        "<html><body><meta charset=iso-8859-1><p>naïve", // no head
        "The tag <meta charset=iso-8859-1> is naïve.", // no document
      })
  void whatIsDeclaredWithDoubtIsRefused(String page) {
    assertThatThrownBy(() -> TextCodec.decode(page.getBytes(ISO_8859_1)))
        .isInstanceOfSatisfying(
            ItemException.class, e -> assertThat(e.code()).isEqualTo(ItemError.INVALID_ENCODING));
  }

  @Test
  void bytesThatAreUtf8AreSoWhateverIsDeclared() throws ItemException {
    String page = "<html><meta charset=iso-8859-1><p>naïve";

    assertThat(TextCodec.decode(page.getBytes(UTF_8))).isEqualTo(new DecodedText(page, "UTF-8"));
  }
}
