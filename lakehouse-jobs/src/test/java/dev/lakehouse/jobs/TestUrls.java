// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.connect.manifest.ManifestOptions;
import dev.lakehouse.core.connect.manifest.RowMapping;
import dev.lakehouse.core.connect.url.ScriptedServer;
import dev.lakehouse.core.connect.url.UrlsSource;
import dev.lakehouse.core.demo.Delivery;
import dev.lakehouse.jobs.content.IngestOptions;
import dev.lakehouse.jobs.content.IngestResult;
import dev.lakehouse.jobs.lake.Progress;
import dev.lakehouse.jobs.lake.release.PublishOptions;
import dev.lakehouse.jobs.pipeline.sweep.GcOptions;
import dev.lakehouse.jobs.pipeline.sweep.Repair;
import dev.lakehouse.jobs.watch.ReleaseChoice;
import dev.lakehouse.jobs.watch.Sample;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A list of URLs from its first run to its repair; the tests follow one another. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TestUrls {
  private static final int PICTURES = 12;
  private static final int COPIES = 6;

  @TempDir static Path folder;
  private static final List<String> SAID = new ArrayList<>();
  private static final Set<String> OPTED_OUT = ConcurrentHashMap.newKeySet();
  private static ScriptedServer server;
  private static Settings settings;
  private static Lakehouse lake;
  private static Path list;
  private static RunResult first;

  @BeforeAll
  static void runOnce() throws IOException {
    server = ScriptedServer.start();
    settings = Settings.defaults().orElse(Map.of("lakehouse.urls.private", "127.0.0.1"), "test");
    Delivery data = Delivery.write(folder.resolve("data"), 7, PICTURES);
    list = Files.writeString(folder.resolve("list.jsonl"), rows(data.manifest()));
    Progress saying = line -> SAID.add(line);
    lake = Lakehouse.open(SparkTest.session(), folder + "/lake", settings, saying);
    first = run();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  /** Drawn scenes as URLs, the first twice, and one picture that stands behind many. */
  private static String rows(Path manifest) throws IOException {
    List<String> lines = Files.readAllLines(manifest).subList(0, PICTURES);
    List<String> rows = new ArrayList<>();
    byte[] placeholder = new byte[0];
    for (String line : lines) {
      ObjectNode row = (ObjectNode) Json.mapper().readTree(line);
      Path picture = manifest.resolveSibling(row.get("image").asText());
      String name = "/" + picture.getFileName();
      placeholder = Files.readAllBytes(picture);
      serve(name, placeholder);
      row.put("image", server.url(name));
      rows.add(row.toString());
      row.put("image", server.url(name) + "#again");
      row.put("id", row.get("id").asText() + "-again");
      rows.add(row.toString());
    }
    for (int i = 0; i < COPIES; i++) {
      serve("/copy%d.png".formatted(i), placeholder);
      rows.add(
          "{\"id\": \"copy%d\", \"image\": \"%s\", \"captions\": [\"a copy\"]}"
              .formatted(i, server.url("/copy%d.png".formatted(i))));
    }
    rows.add("{\"id\": \"gone\", \"image\": \"%s\"}".formatted(server.url("/gone.png")));
    rows.add("{\"id\": \"inside\", \"image\": \"http://169.254.169.254/latest/\"}");
    rows.add("{\"id\": \"none\", \"image\": \"ftp://example.org/a.png\"}");
    return rows.stream().collect(joining("\n", "", "\n"));
  }

  private static void serve(String path, byte[] content) {
    server.on(path, (request, out) -> answer(request, out, content));
  }

  private static void answer(ScriptedServer.Request request, OutputStream out, byte[] content)
      throws IOException {
    boolean known = request.headers().containsKey("if-none-match");
    String tag = OPTED_OUT.contains(request.target()) ? "noai" : "all";
    ScriptedServer.send(
        out,
        known ? "304 Not Modified" : "200 OK",
        known ? new byte[0] : content,
        "ETag: \"1\"",
        "X-Robots-Tag: " + tag);
  }

  private static RunResult run() {
    return lake.run(List.of(new Intake(source(), IngestOptions.defaults())), publish());
  }

  private static PublishOptions publish() {
    return PublishOptions.from(settings);
  }

  private static UrlsSource source() {
    return UrlsSource.open(
        new ManifestOptions(
            list.toString(),
            RowMapping.parse("id=id,image=image,caption=captions,licence=licence"),
            Optional.empty(),
            Optional.of("web"),
            Map.of()));
  }

  @Test
  @Order(1)
  void everyUrlIsFetchedOnceAndPublished() {
    IngestResult ingested = first.ingested().get(0);

    assertThat(ingested.seen()).isEqualTo(PICTURES + COPIES + 3);
    assertThat(ingested.added()).isEqualTo(PICTURES + COPIES);
    assertThat(ingested.deadLetters()).isEqualTo(3);
    assertThat(first.published().release().published()).isGreaterThan(PICTURES / 2);
    assertThat(server.requests()).hasSize(PICTURES + COPIES + 1);
    assertThat(new HashSet<>(server.requests().stream().map(r -> r.target()).toList()))
        .hasSize(PICTURES + COPIES + 1);
    assertThat(codes()).containsExactly("ADDRESS_REFUSED", "HTTP_ERROR", "URL_REFUSED");
    assertThat(SAID)
        .anyMatch(line -> line.contains("7 URLs have the same content"))
        .anyMatch(line -> line.contains("lakehouse.urls.contact is not set"));
  }

  private static List<String> codes() {
    return lake.table("dead_letters", Optional.empty(), List.of("error_code"), 10).rows().stream()
        .map(row -> String.valueOf(row.get("error_code")))
        .sorted()
        .toList();
  }

  @Test
  @Order(2)
  void aSecondRunIsSentNothing() {
    server.forget();

    RunResult second = run();

    IngestResult ingested = second.ingested().get(0);
    assertThat(ingested.added() + ingested.updated() + ingested.gone()).isZero();
    assertThat(ingested.unchanged()).isEqualTo(PICTURES + COPIES);
    assertThat(server.requests())
        .hasSize(PICTURES + COPIES + 1)
        .filteredOn(request -> !request.target().equals("/gone.png"))
        .allMatch(request -> request.headers().containsKey("if-none-match"));
    assertThat(second.published().release().published())
        .isEqualTo(first.published().release().published());
  }

  @Test
  @Order(3)
  void nothingButIngestAsksTheWeb() throws IOException {
    server.forget();
    Row row =
        SparkTest.session()
            .read()
            .format("delta")
            .load(folder + "/lake/tables/assets")
            .where("key = 'copy0'")
            .first();
    String sha256 = row.getAs("sha256");
    Path blob =
        folder
            .resolve("lake/blobs/sha256")
            .resolve(sha256.substring(0, 2))
            .resolve(sha256.substring(2, 4))
            .resolve(sha256);
    assertThat(lake.audit(ReleaseChoice.CURRENT, Sample.ALL).get(0).violations()).isEmpty();
    byte[] bytes = Files.readAllBytes(blob);
    bytes[bytes.length / 2] ^= 1;
    assertThat(blob.toFile().setWritable(true)).isTrue();
    Files.write(blob, bytes);

    assertThat(lake.audit(ReleaseChoice.CURRENT, Sample.ALL).get(0).violations()).isNotEmpty();
    assertThat(lake.damage()).extracting(Repair::what).anyMatch(what -> what.contains(sha256));
    assertThat(lake.repair())
        .filteredOn(repair -> repair.what().contains(sha256))
        .allMatch(repair -> repair.action().contains("--source urls"));
    assertThat(blob).doesNotExist();
    lake.gc(GcOptions.dryRun());
    assertThat(server.requests()).isEmpty();

    IngestResult again = lake.ingest(source(), IngestOptions.defaults());

    assertThat(again.unchanged()).isEqualTo(PICTURES + COPIES);
    assertThat(server.requests())
        .filteredOn(request -> !request.headers().containsKey("if-none-match"))
        // those that have this content until it is there, and the one that is gone
        .hasSizeBetween(2, COPIES + 2);
    assertThat(lake.damage()).isEmpty();
    assertThat(lake.audit(ReleaseChoice.CURRENT, Sample.ALL).get(0).violations()).isEmpty();
  }

  @Test
  @Order(4)
  void whatOptsOutLaterLeavesTheNextRelease() {
    String published = "source_uri = '%s'".formatted(server.url(firstPublished()));
    assertThat(rows("catalog", published)).isOne();
    OPTED_OUT.add(firstPublished());

    RunResult third = run();

    assertThat(third.ingested().get(0).gone()).isOne();
    assertThat(rows("catalog", published)).isZero();
    assertThat(third.published().release().published())
        .isEqualTo(first.published().release().published() - 1);
    assertThat(codes()).contains("OPTED_OUT");

    OPTED_OUT.clear();
    IngestResult fourth = lake.ingest(source(), IngestOptions.defaults());

    assertThat(fourth.updated()).isOne();
    assertThat(rows("assets", published + " AND state = 'active'")).isOne();
    assertThat(codes()).doesNotContain("OPTED_OUT");
  }

  private static String published = "";

  /** The path of a picture that is published and has no copy. */
  private static String firstPublished() {
    if (published.isEmpty()) {
      String uri =
          SparkTest.session()
              .read()
              .format("delta")
              .load(folder + "/lake/tables/catalog")
              .where("source_uri NOT LIKE '%copy%'")
              .orderBy("source_uri")
              .first()
              .getAs("source_uri");
      published = uri.substring(uri.lastIndexOf('/'));
    }
    return published;
  }

  private static long rows(String table, String where) {
    return SparkTest.session()
        .read()
        .format("delta")
        .load(folder + "/lake/tables/" + table)
        .where(where)
        .count();
  }
}
