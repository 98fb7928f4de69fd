// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service as a process, over what {@code mvn package} assembled. */
class TestServeProcess {
  private static final Pattern SERVING = Pattern.compile("serving  (http://127.0.0.1:\\d+)");

  @TempDir Path folder;

  @Test
  void itAnswersUntilItIsToldToEnd() throws Exception {
    Files.createDirectories(folder.resolve("lake/tables"));
    LauncherProcess launcher = LauncherProcess.in(folder);
    Process process = launcher.start(Map.of(), "serve", "--lake", "lake", "--port", "0", "--json");
    Matcher serving = SERVING.matcher("");
    while (process.isAlive() && !serving.find()) {
      Thread.sleep(100);
      serving = SERVING.matcher(launcher.text("err.txt"));
    }
    HttpRequest health = HttpRequest.newBuilder(URI.create(serving.group(1) + "/health")).build();

    assertThat(HttpClient.newHttpClient().send(health, BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);
    process.destroy(); // SIGTERM
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(143);
    assertThat(Json.mapper().readTree(launcher.text("out.txt")).get("answered").asInt())
        .isEqualTo(1);
  }
}
