// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.survey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestShareable {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://host/a%20b.jpg?X-Amz-Signature=abc&x=%2F  | https://host/a b.jpg?…
          s3a://bucket/a.png?versionId=1                    | s3a://bucket/a.png?…
          https://host/a.docx?sig=a!b!/1/image1.png         | https://host/a.docx?…!/1/image1.png
          https://host/rows.csv?sig=abc#line:3              | https://host/rows.csv?…#line:3
          https://me:secret@host/a.png                      | https://…@host/a.png
          https://host/what%3F.png                          | https://host/what?.png
          file:///data/is%20it?.png                         | /data/is it?…
          data/is it?.png                                   | data/is it?.png
          https://host/a.png                                | https://host/a.png
          """)
  void placesKeepWhatNamesThemAndNoSecret(String uri, String shown) {
    assertThat(Shareable.place(uri)).isEqualTo(shown);
  }

  @Test
  void aDeadLetterTellsNoSecretInItsPlaceItsKeyOrItsMessage() {
    String signed = "https://host/a.jpg?X-Amz-Signature=abc";
    Values letter =
        Values.of(Tables.DEAD_LETTERS)
            .set("stage", "ingest")
            .set("error_code", "HTTP_ERROR")
            .set("error_message", "GET '%s': expected 200, found 403".formatted(signed))
            .set("source_uri", signed)
            .set("key", signed);

    assertThat(LostSurvey.of(List.of(letter)).get(0).examples().get(0))
        .hasToString(
            "Example[place=https://host/a.jpg?…, part=, message=GET 'https://host/a.jpg?…':"
                + " expected 200, found 403]");
  }
}
