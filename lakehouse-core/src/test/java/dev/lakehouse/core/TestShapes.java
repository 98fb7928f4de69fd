// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TestShapes {

  private record Inner(long rowCount) {}

  private record Outer(
      String sourceUri,
      Optional<String> absent,
      Instant createdAt,
      List<Inner> parts,
      Map<String, Long> states) {

    @SuppressWarnings("unused")
    boolean isReleased() {
      return true;
    }
  }

  @Test
  void aRecordIsItsComponentsInSnakeCase() {
    Outer outer =
        new Outer(
            "file:/a",
            Optional.empty(),
            Instant.EPOCH,
            List.of(new Inner(3)),
            Map.of("dead_letter", 1L));

    assertThat(Json.line(Shapes.of(outer)))
        .isEqualTo(
            "{\"source_uri\":\"file:/a\",\"absent\":null,\"created_at\":\"1970-01-01T00:00:00Z\","
                + "\"parts\":[{\"row_count\":3}],\"states\":{\"dead_letter\":1}}");
  }
}
