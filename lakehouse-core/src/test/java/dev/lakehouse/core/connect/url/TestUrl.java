// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestUrl {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "http://example.org | http://example.org/",
        " HTTP://Example.ORG:80/A  | http://example.org/A",
        "https://example.org:443/a | https://example.org/a",
        "https://example.org:8443/a | https://example.org:8443/a",
        "http://example.org/a b.png | http://example.org/a%20b.png",
        "http://example.org/a%20b.png | http://example.org/a%20b.png",
        "http://example.org/a%2520b.png | http://example.org/a%2520b.png",
        "http://example.org/ä.png | http://example.org/%C3%A4.png",
        "http://example.org/%C3%A4.png | http://example.org/%C3%A4.png",
        "http://example.org/100%.png | http://example.org/100%25.png",
        "http://example.org/100%zz | http://example.org/100%25zz",
        "http://example.org/a;b=1;c | http://example.org/a;b=1;c",
        "http://example.org/a;jsessionid=1?x=1;y=2 | http://example.org/a;jsessionid=1?x=1;y=2",
        "http://example.org/a+b?c+d | http://example.org/a+b?c+d",
        "http://example.org/a#b | http://example.org/a",
        "http://example.org/a?b#c?d | http://example.org/a?b",
        "http://example.org?q=1 | http://example.org/?q=1",
        "http://example.org/a/../b/./c | http://example.org/b/c",
        "http://example.org/../../a | http://example.org/a",
        "http://example.org/a/.. | http://example.org/",
        "http://example.org/a/%2E%2e/b | http://example.org/b",
        "http://example.org//a//b | http://example.org//a//b",
        "http://example.org/a[1]{2}^|http://example.org/a%5B1%5D%7B2%7D%5E",
        "http://example.org\\a\\b | http://example.org/a/b",
        "http://bücher.example/ | http://xn--bcher-kva.example/",
        "http://a_b.example.org/ | http://a_b.example.org/",
        "http://[2001:DB8::1]:8080/a | http://[2001:db8::1]:8080/a",
        "http://example.org/?redirect=http://a@b/ | http://example.org/?redirect=http://a@b/",
        "http://example.org/@user | http://example.org/@user",
        "http://example.org/😀 | http://example.org/%F0%9F%98%80",
      })
  void eachHasOneSpelling(String written, String expected) throws Exception {
    String once = Url.parse(written).toString();

    assertThat(once).isEqualTo(expected);
    assertThat(Url.parse(once)).hasToString(once);
    assertThat(URI.create(once)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "example.org/a",
        "ftp://example.org/a",
        "file:///etc/passwd",
        "data:image/png;base64,AAAA",
        "javascript:alert(1)",
        "http:///a",
        "http://",
        "http:a",
        "http://exa mple.org/",
        "http://example.org:0/",
        "http://example.org:65536/",
        "http://example.org:99999999/",
        "http://ex%61mple.org/",
        "http://user@example.org/",
        "http://user:p4ss@example.org/",
        "HTTPS://p4ss@example.org",
        "http://example.org@p4ss:80/",
        "http://example.org/a\nHost: evil",
        "http://example.org/a\tb",
        "http://[::1",
        "http://[zz]/",
      })
  void whatIsNoneIsRefusedWithoutItsPassword(String written) {
    ItemException refused = catchThrowableOfType(ItemException.class, () -> Url.parse(written));

    assertThat(refused.code()).isEqualTo(ItemError.URL_REFUSED);
    if (written.indexOf('@') > 0 && !written.contains("@p4ss")) {
      assertThat(refused).hasMessageNotContaining("p4ss").hasMessageNotContaining("user@");
    }
  }

  @Test
  void aUrlMayBeLongButNotWithoutEnd() throws Exception {
    assertThat(Url.parse("http://example.org/" + "a".repeat(8_000)).path()).hasSize(8_001);
    assertThat(
            catchThrowableOfType(
                ItemException.class, () -> Url.parse("http://example.org/" + "a".repeat(9_000))))
        .hasMessageContaining("more than 8192 characters");
  }

  @ParameterizedTest
  @CsvSource({
    "b, http://example.org/x/b",
    "./b?c, http://example.org/x/b?c",
    "../b, http://example.org/b",
    "/b, http://example.org/b",
    "//other.example/b, http://other.example/b",
    "?c, http://example.org/x/y?c",
    "'', http://example.org/x/y?q",
    "#z, http://example.org/x/y?q",
    "https://other.example, https://other.example/",
    "b c, http://example.org/x/b%20c",
    "b%20c, http://example.org/x/b%20c",
  })
  void locationsAreTakenFromWhereTheyStand(String location, String expected) throws Exception {
    assertThat(Url.parse("http://example.org/x/y?q").resolve(location)).hasToString(expected);
  }
}
