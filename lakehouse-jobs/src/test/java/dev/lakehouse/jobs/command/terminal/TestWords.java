// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.Shapes;
import dev.lakehouse.jobs.content.IngestResult;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestWords {
  private static IngestResult ingested(Map<String, Long> passedOver) {
    return new IngestResult("s", 7, 1, 2, 3, 0, 1, 0, passedOver, Map.of());
  }

  @Test
  void ingestSaysWhatItPassedOver() {
    IngestResult result = ingested(Map.of("lake", 1L, ".DS_Store", 2000L, ".git", 1L));

    assertThat(Words.of(result))
        .last()
        .isEqualTo("         passed over: 2,000 .DS_Store, 1 .git, 1 lake");
    assertThat(Words.of(ingested(Map.of()))).hasSize(2);
    assertThat(Shapes.of(result).toString()).contains("\"passed_over\":{").contains("\"lake\":1");
  }
}
