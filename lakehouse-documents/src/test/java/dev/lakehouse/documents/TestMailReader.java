// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestMailReader {
  private static final String MAIL =
      """
      From: "Ann" <ann@example.org>
      Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=
      Date: Mon, 1 Jan 2024 10:00:00 +0100
      MIME-Version: 1.0
      Content-Type: multipart/mixed; boundary="outer"

      --outer
      Content-Type: multipart/alternative; boundary="inner"

      --inner
      Content-Type: text/html; charset=utf-8

      <p>Said in HTML</p><script>no()</script>
      --inner
      Content-Type: text/plain; charset=utf-8

      Said plainly
      --inner--
      --outer
      Content-Type: application/pdf; name="../../a.pdf"
      Content-Transfer-Encoding: base64
      Content-Disposition: attachment; filename="../../a.pdf"

      JVBERi0=
      --outer
      Content-Type: message/rfc822

      Subject: before
      Message-ID: <1@example.org>

      What was said before
      --outer--
      """;

  @TempDir Path folder;

  private Reading read(String content, String mediaType) throws Refusal, IOException {
    Path file = Files.writeString(folder.resolve("mail"), content);
    Reading reading = new Reading(new Question(file, mediaType, 1 << 20, 1 << 30, 10, 1 << 20));
    Reader.read(reading);
    return reading;
  }

  @Test
  void whatIsSaidIsTheTextAndTheRestIsAttached() throws Exception {
    Reading mail = read(MAIL, "message/rfc822");

    assertThat(mail.facts())
        .containsEntry("title", "Grüße")
        .containsEntry("date", "2024-01-01T09:00:00Z");
    assertThat(mail.facts().get("author")).contains("ann@example.org");
    assertThat(mail.parts()).extracting(Part::text).containsExactly("Said plainly");
    assertThat(mail.embedded())
        .extracting(Embedded::name, Embedded::mediaType)
        .startsWith(org.assertj.core.groups.Tuple.tuple("a.pdf", "application/pdf"));
    assertThat(mail.embedded()).hasSize(2);
    assertThat(mail.embedded().get(0).bytes().orElseThrow()).asString().isEqualTo("%PDF-");
  }

  @Test
  void aBoxHasAPartForEachMessage() throws Exception {
    String box =
        "From a@b Mon Jan 1 10:00:00 2024\nSubject: one\n\nFirst\n>From here on\n\n"
            + "From c@d Mon Jan 1 11:00:00 2024\nSubject: two\n\nSecond\n";

    assertThat(read(box, "application/mbox").parts())
        .extracting(Part::number, Part::name, Part::text)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(1, "one", "First\n>From here on"),
            org.assertj.core.groups.Tuple.tuple(2, "two", "Second"));
  }
}
