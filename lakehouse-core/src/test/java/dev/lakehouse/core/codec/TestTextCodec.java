// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.codec.CodecException.Code;
import java.nio.charset.Charset;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestTextCodec {
  private static final String TEXT = "Größe, naïve — “quoted” €5 🦆\r\nline two\n";

  @Test
  void utf8IsTakenAsItIs() throws CodecException {
    assertThat(TextCodec.decode(TEXT.getBytes(UTF_8))).isEqualTo(new DecodedText(TEXT, "UTF-8"));
    assertThat(TextCodec.decode(new byte[0]).text()).isEmpty();
  }

  @Test
  void theMarkIsNoPartOfTheText() throws CodecException {
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
            CodecException.class, e -> assertThat(e.code()).isEqualTo(Code.INVALID_ENCODING));
  }

  @Test
  void theMessageNamesThePlace() {
    assertThatThrownBy(() -> TextCodec.decode("naïve".getBytes(ISO_8859_1)))
        .hasMessage("Expected UTF-8, found byte 0xef at offset 2; convert the file to UTF-8");
  }

  @Test
  void otherUnicodeIsNamed() {
    assertThatThrownBy(() -> TextCodec.decode(TEXT.getBytes(UTF_16)))
        .hasMessageContaining("UTF-16 with a byte order mark");
    assertThatThrownBy(() -> TextCodec.decode(TEXT.getBytes(UTF_16LE)))
        .hasMessageContaining("UTF-16 without a byte order mark");
    assertThatThrownBy(
            () -> TextCodec.decode(("\uFEFF" + TEXT).getBytes(Charset.forName("UTF-32LE"))))
        .hasMessageContaining("UTF-32");
  }
}
