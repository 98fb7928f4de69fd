// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestUmask {

  @Test
  void isWhatAShellSays() throws Exception {
    Process shell = new ProcessBuilder("sh", "-c", "umask").start(); // inherits ours
    String said = new String(shell.getInputStream().readAllBytes(), UTF_8).strip();

    assertThat(Umask.ofProcess().map(mask -> Integer.parseInt(mask, 8)))
        .hasValue(Integer.parseInt(said, 8));
  }
}
