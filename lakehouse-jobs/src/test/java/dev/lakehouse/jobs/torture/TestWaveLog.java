// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestWaveLog {
  @TempDir Path folder;

  private WaveLog log(String... lines) throws IOException {
    return WaveLog.read(Files.writeString(folder.resolve("log"), String.join("\n", lines)));
  }

  @Test
  void halfAWaveIsLostForEachPieceThatWasComputedAndNotCommitted() throws IOException {
    WaveLog log =
        log(
            "something of a library",
            "measure: 1,000 of 3,000 (55.0/s)",
            "measure: 2,000 of 3,000 (60.1/s)",
            "embed text/text: 16 of 40 (9.9/s)");

    assertThat(log.lost(Map.of())).isEqualTo(1.5);
    assertThat(log.lost(Map.of("measure", 1_000L))).isEqualTo(1);
    assertThat(log.lost(Map.of("measure", 2_000L, "embed text/text", 16L))).isZero();
  }
}
