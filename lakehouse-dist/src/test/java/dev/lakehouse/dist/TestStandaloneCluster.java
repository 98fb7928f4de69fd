// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.SharedData;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.proof.LakeContents;
import dev.lakehouse.core.lake.proof.LakeContentsReader;
import dev.lakehouse.dist.LauncherProcess.Result;
import dev.lakehouse.jobs.UserJar;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jar for spark-submit on a standalone master with two executor JVMs, under the settings of
 * {@code conf/spark-cluster.conf}.
 */
@Tag("slow")
class TestStandaloneCluster {
  private static final Path HOME = Path.of(System.getProperty("lakehouse.home"));

  /** A job of somebody who knows Spark and has the jar; it sets nothing. */
  private static final String ASK =
      """
      package com.acme;

      import org.apache.spark.sql.SparkSession;

      public final class Ask {
        public static void main(String[] args) {
          SparkSession spark = SparkSession.builder().getOrCreate();
          for (String question : args[1].split(";")) {
            String sql = question.replace("$L", "'" + args[0] + "'");
            System.out.println("answer: " + spark.sql(sql).collectAsList());
          }
          spark.stop();
        }
      }
      """;

  @TempDir Path folder;
  private Path sparkHome;
  private StandaloneCluster cluster;
  private int uiPort;

  @BeforeEach
  void start() throws Exception {
    sparkHome = SparkHome.assemble(folder);
    uiPort = StandaloneCluster.freePort();
    cluster =
        StandaloneCluster.start(sparkHome, Files.createDirectory(folder.resolve("cluster")), 2);
  }

  @AfterEach
  void stop() throws Exception {
    cluster.close();
  }

  /** The command line of the README, with the names of this machine, and another command. */
  private List<String> onCluster(String... command) throws IOException {
    String readme = Files.readString(HOME.resolve("README.md"));
    int start = readme.indexOf("--class dev.lakehouse.jobs.command.Main");
    String line = readme.substring(start, readme.indexOf("run --lake", start));
    List<String> args = new ArrayList<>();
    for (String word : line.replace("\\\n", " ").strip().split("\\s+")) {
      boolean file = Files.exists(HOME.resolve(word));
      args.add(file ? HOME.resolve(word).toString() : word.replace("host:7077", cluster.address()));
    }
    args.addAll(args.size() - 1, List.of("--conf", "spark.ui.port=" + uiPort)); // before the jar
    args.addAll(List.of(command));
    return args;
  }

  private LauncherProcess submit() {
    return new LauncherProcess(sparkHome.resolve("bin/spark-submit"), folder);
  }

  private Map<String, String> spark() {
    return Map.of("SPARK_HOME", sparkHome.toString(), "SPARK_LOCAL_IP", "127.0.0.1");
  }

  @Test
  void theDoctorExaminesEachExecutor() throws Exception {
    List<String> args =
        onCluster("doctor", "--cluster", "--json", "--lake", folder.resolve("lake").toString());
    Result result = submit().run(spark(), args.toArray(String[]::new));

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    List<String> names = new ArrayList<>();
    List<String> found = new ArrayList<>();
    for (JsonNode check : Json.mapper().readTree(result.out()).get("checks")) {
      names.add(check.get("name").asText());
      found.add(check.get("found").asText());
    }
    assertThat(found).anyMatch(words -> words.startsWith("2 of 2 executors examined"));
    assertThat(names).contains("executor 0: version", "executor 1: version");
    assertThat(names).contains("executor 0: minilm/text", "executor 1: minilm/text");
  }

  @Test
  void aRunThatLosesAnExecutorSaysWhatALocalOneSays() throws Exception {
    Path pipeline = folder.resolve("pipeline.yaml");
    Files.writeString(
        pipeline,
        """
        sources:
          - {source: files, path: %s, name: images}
          - {source: files, path: %s, name: text}
        settings:
          lakehouse.family.clip.bundle: shapes-clip
        """
            .formatted(SharedData.require("data/images"), SharedData.require("data/text")));
    Path local = folder.resolve("local");
    Path remote = folder.resolve("remote");
    Result expected =
        LauncherProcess.in(folder)
            .run("run", "--lake", local.toString(), "--pipeline", pipeline.toString());
    assertThat(expected.exitCode()).as(expected.err()).isZero();

    List<String> args =
        onCluster("run", "--lake", remote.toString(), "--pipeline", pipeline.toString());
    LauncherProcess launcher = submit();
    Process process = launcher.start(spark(), args.toArray(String[]::new));
    loseAnExecutorWhileEmbedding(process);

    assertThat(process.waitFor(20, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(launcher.text("err.txt")).isZero();
    assertThat(contents(local).differences(contents(remote))).isEmpty();
  }

  @Test
  void aUsersFunctionReachesTheExecutorsInItsJar() throws Exception {
    Path texts = Files.createDirectory(folder.resolve("texts"));
    for (int i = 0; i < 8; i++) {
      Files.writeString(texts.resolve(i + ".txt"), "The tide rises, number " + i);
    }
    String lake = folder.resolve("lake").toString();
    submitted("ingest", "--lake", lake, "--source", "files", "--path", texts.toString());
    Path jar = UserJar.documented(folder);

    Result mapped =
        submitted(
            "map-batches",
            "--lake",
            lake,
            "--table",
            "assets",
            "--class",
            "com.acme.Words",
            "--jar",
            jar.toString(),
            "--columns",
            "text",
            "--output",
            folder.resolve("words").toString(),
            "--batch-size",
            "1",
            "--json");

    JsonNode answer = Json.mapper().readTree(mapped.out());
    assertThat(answer.get("rows").asInt()).isEqualTo(8);
    assertThat(answer.get("batches").asInt()).isEqualTo(8);
    assertThat(answer.get("instances").asInt()).isBetween(1, 2); // one in each executor
  }

  @Test
  void theFunctionsOfSqlComeWithTheJarAlone() throws Exception {
    Path texts = Files.createDirectory(folder.resolve("texts"));
    Files.writeString(texts.resolve("tide.txt"), "The tide rises when the moon pulls the sea.");
    Files.writeString(texts.resolve("bread.txt"), "Bake the bread for forty minutes at high heat.");
    String lake = folder.resolve("lake").toString();
    submitted("run", "--lake", lake, "--source", "files", "--path", texts.toString());
    List<String> ours = onCluster();
    Path jar = UserJar.of(folder, "Ask", ASK);

    Result asked =
        submit()
            .run(
                spark(),
                "--class",
                "com.acme.Ask",
                "--master",
                "spark://" + cluster.address(),
                "--conf",
                "spark.jars=" + ours.get(ours.size() - 1),
                jar.toString(),
                lake,
                String.join(
                    ";",
                    "SELECT count(*) FROM mm_catalog($L)",
                    "SELECT substring_index(uri, '/', -1) FROM mm_search($L, 'loaves', 1)",
                    "SELECT clean FROM mm_audit($L)",
                    "SELECT value FROM mm_explain($L, '%s') WHERE name = 'status'"
                        .formatted(texts.resolve("tide.txt").toUri()),
                    "SELECT count(mm_embed_text(concat('boat ', id)).vector) FROM range(0, 99, 1, 4)",
                    "SELECT mm_similarity(mm_embed_text('sea'), mm_embed_text('sea')) > 0.999"));

    assertThat(asked.exitCode()).as(asked.err()).isZero();
    assertThat(asked.out().lines().filter(line -> line.startsWith("answer: ")))
        .containsExactly(
            "answer: [[2]]",
            "answer: [[bread.txt]]",
            "answer: [[true]]",
            "answer: [[pass]]",
            "answer: [[99]]",
            "answer: [[true]]");
  }

  private Result submitted(String... command) throws Exception {
    Result result = submit().run(spark(), onCluster(command).toArray(String[]::new));
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    return result;
  }

  /** Asks the driver's own interface what runs. */
  private void loseAnExecutorWhileEmbedding(Process process) throws Exception {
    while (process.isAlive() && !runningJobs().contains("lakehouse: embed")) {
      Thread.sleep(100);
    }
    List<ProcessHandle> executors = cluster.executors();
    assertThat(executors).hasSize(2);
    assertThat(executors.get(0).destroyForcibly()).isTrue();
  }

  private String runningJobs() throws InterruptedException {
    String api = "http://127.0.0.1:%d/api/v1/applications".formatted(uiPort);
    try {
      Matcher id = Pattern.compile("\"id\" : \"([^\"]+)\"").matcher(get(api));
      return id.find() ? get(api + "/" + id.group(1) + "/jobs?status=running") : "";
    } catch (IOException e) {
      return ""; // not up yet
    }
  }

  private static String get(String uri) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString())
        .body();
  }

  private static LakeContents contents(Path lake) {
    return LakeContentsReader.read(
        LakeLayout.of(lake.toString(), Settings.defaults()), new Configuration());
  }
}
