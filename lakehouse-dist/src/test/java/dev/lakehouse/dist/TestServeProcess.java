// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service as a process, over what {@code mvn package} assembled. */
class TestServeProcess {
  private static final Pattern SERVING = Pattern.compile("serving  (http://127.0.0.1:\\d+)");

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir Path folder;

  @Test
  void itAnswersUntilItIsToldToEnd() throws Exception {
    Files.createDirectories(folder.resolve("lake/tables"));
    LauncherProcess launcher = LauncherProcess.in(folder);
    Process process = launcher.start(Map.of(), "serve", "--lake", "lake", "--port", "0", "--json");
    HttpRequest health =
        HttpRequest.newBuilder(URI.create(at(launcher, process, "/health"))).build();

    assertThat(CLIENT.send(health, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    process.destroy(); // SIGTERM
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(143);
    assertThat(Json.mapper().readTree(launcher.text("out.txt")).get("answered").asInt())
        .isEqualTo(1);
  }

  /** An address of a service, once it listens. */
  private static String at(LauncherProcess launcher, Process process, String path)
      throws Exception {
    Matcher serving = SERVING.matcher("");
    while (process.isAlive() && !serving.find()) {
      Thread.sleep(100);
      serving = SERVING.matcher(launcher.text("err.txt"));
    }
    return serving.group(1) + path;
  }

  @Test
  void itKeepsDecisionsWithoutSparksJars() throws Exception {
    Path kept = Path.of(System.getProperty("lakehouse.home"), "lakehouse-jobs", "src", "training");
    try (Stream<Path> files = Files.walk(kept)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve("lake").resolve(kept.relativize(file).toString()));
      }
    }
    LauncherProcess launcher = LauncherProcess.in(folder);
    Process process =
        launcher.start(Map.of(), "serve", "--lake", "lake", "--port", "0", "--review");
    URI review = URI.create(at(launcher, process, "/review"));
    HttpRequest list = HttpRequest.newBuilder(review).build();
    JsonNode waiting =
        Json.mapper().readTree(CLIENT.send(list, BodyHandlers.ofString()).body()).at("/waiting/0");
    Map<String, Object> decision =
        Map.of(
            "decision", "approve",
            "assets", List.of(waiting.get("asset_id").asText()),
            "reviewer", "Ada");
    HttpRequest decide =
        HttpRequest.newBuilder(review)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(Json.line(decision)))
            .build();
    HttpResponse<String> answer = CLIENT.send(decide, BodyHandlers.ofString());
    process.destroy();

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(launcher.run("table", "decisions", "--lake", "lake", "--json").out())
        .contains("\"Ada\"", "approve");
  }
}
