// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** FFmpeg must start on a server that has nothing but a JDK. */
class TestMediaNatives {
  private static final List<String> OF_DESKTOPS =
      List.of("libpulse.so", "libasound.so", "libxcb.so", "libxcb-shm.so", "libX11.so");

  @ParameterizedTest
  @ValueSource(strings = {"ffmpeg", "ffprobe"})
  void itStartsAndHasNoDevices(String program) throws Exception {
    assertThat(say(program, "-version")).startsWith(program + " version ");
    assertThat(say(program, "-hide_banner", "-formats")).contains("matroska").doesNotContain("x11");
  }

  @Test
  void nothingAsksForALibraryOfDesktops() throws IOException {
    try (Stream<Path> files = Files.list(MediaNatives.folder())) {
      for (Path file : files.toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(OF_DESKTOPS);
      }
    }
  }

  private static String say(String program, String... arguments) throws Exception {
    Path home = MediaNatives.folder();
    ProcessBuilder builder = new ProcessBuilder(home.resolve(program).toString());
    builder.command().addAll(List.of(arguments));
    builder.environment().put("LD_LIBRARY_PATH", home.toString());
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
