// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestReadablePlace {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          file:///data/my%20cat.png              | /data/my cat.png
          file:/data/K%C3%A4tzchen.png           | /data/Kätzchen.png
          s3a://bucket/a%20b/%F0%9F%90%88.png    | s3a://bucket/a b/🐈.png
          file:///data/rows.csv#line:3           | /data/rows.csv#line:3
          file:///data/50%25%20off.txt           | /data/50% off.txt
          file:///data/two%0Alines.txt           | /data/two%0Alines.txt
          file:///data/latin%E4.txt              | /data/latin%E4.txt
          file:///data/100%.txt                  | /data/100%.txt
          /data/as%20it%20stands                 | /data/as%20it%20stands
          C:%5Cdata                              | C:%5Cdata
          row-7                                  | row-7
          """)
  void showsWhatCanBeShown(String uri, String readable) {
    assertThat(ReadablePlace.of(uri)).isEqualTo(readable);
  }
}
