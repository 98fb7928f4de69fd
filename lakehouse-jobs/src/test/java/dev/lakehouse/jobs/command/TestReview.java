// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.demo.Scene;
import dev.lakehouse.core.lake.DeltaTable;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.watch.state.WaitingPage.Waiting;
import dev.lakehouse.jobs.Intake;
import dev.lakehouse.jobs.Lakehouse;
import dev.lakehouse.jobs.command.input.SourceRequest;
import dev.lakehouse.jobs.pipeline.ReviewStep.Decision;
import dev.lakehouse.jobs.pipeline.Scope;
import dev.lakehouse.jobs.serve.Service;
import dev.lakehouse.jobs.serve.ServiceOptions;
import dev.lakehouse.jobs.serve.ServiceOptions.Reviewing;
import dev.lakehouse.jobs.watch.ReleaseChoice;
import dev.lakehouse.jobs.watch.Sample;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What waits, shown and decided over HTTP without Spark, and what the commands make of it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TestReview {
  private static final String POLICY =
      """
      name: look-at-these
      rules:
        - name: texts-of-some-length
          applies_to: text
          require: words >= 8
          severity: review
          reason: SHORT
        - name: pictures-of-some-size
          applies_to: image
          require: least(width, height) >= 300
          severity: review
          reason: SMALL
      """;

  private static final int TEXTS = 14;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir static Path folder;

  private static LakeOfFiles files;
  private static Lakehouse lake;
  private static Service service;

  @BeforeAll
  static void judge() throws Exception {
    files = new LakeOfFiles(folder);
    Path in = Files.createDirectories(folder.resolve("in"));
    for (int i = 0; i < TEXTS; i++) {
      Files.writeString(in.resolve("short-%02d.txt".formatted(i)), "A kettle, number " + i + ".");
    }
    Files.writeString(
        in.resolve("long.txt"),
        "Bake the bread for forty minutes at high heat until it is brown all over.");
    Files.write(in.resolve("scene.png"), LakeOfFiles.png(Scene.random(3)));
    Path policy = Files.writeString(folder.resolve("policy.yaml"), POLICY);
    lake = files.with(Map.of("lakehouse.policy", policy.toString()));
    files.run(lake, Map.of());
    service = start(Reviewing.ALLOWED, Optional.empty());
  }

  @AfterAll
  static void end() {
    service.close();
  }

  private static Service start(Reviewing reviewing, Optional<String> token) {
    return start(folder.resolve("lake"), reviewing, token);
  }

  private static Service start(Path at, Reviewing reviewing, Optional<String> token) {
    Settings settings = Settings.defaults();
    LakeLayout layout = LakeLayout.of(at.toString(), settings);
    return Service.start(
        layout,
        settings,
        ModelsRoot.at(layout.modelsUri()),
        Map.of(),
        ServiceOptions.from(settings).at(ServiceOptions.LOOPBACK, 0, token).with(reviewing),
        line -> {},
        line -> {});
  }

  private static HttpRequest.Builder request(Service asked, String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:%d%s".formatted(asked.port(), path)))
        .timeout(Duration.ofMinutes(2));
  }

  private static HttpResponse<byte[]> get(Service asked, String path) throws Exception {
    return CLIENT.send(request(asked, path).build(), BodyHandlers.ofByteArray());
  }

  private static JsonNode waiting(String query) throws Exception {
    HttpResponse<byte[]> answer = get(service, "/review" + query);
    assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(200);
    return Json.mapper().readTree(answer.body());
  }

  private static HttpResponse<String> post(String body, String... headers) throws Exception {
    HttpRequest.Builder request = request(service, "/review").POST(BodyPublishers.ofString(body));
    request.headers("Content-Type", "application/json");
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private static String decision(String word, List<String> assets) {
    return Json.line(
        Map.of("decision", word, "assets", assets, "reviewer", "Ada", "reason", "I looked"));
  }

  private static List<String> ids(JsonNode page) {
    List<String> ids = new ArrayList<>();
    page.get("waiting").forEach(each -> ids.add(each.get("asset_id").asText()));
    return ids;
  }

  private static JsonNode named(JsonNode page, String name) {
    for (JsonNode each : page.get("waiting")) {
      if (each.get("source_uri").asText().endsWith(name)) {
        return each;
      }
    }
    throw new AssertionError(name + " does not wait: " + page);
  }

  private static LakeLayout layout() {
    return LakeLayout.of(folder.resolve("lake").toString(), Settings.defaults());
  }

  private static List<Values> decisions() {
    return DeltaTable.of(layout(), Tables.DECISIONS, new Configuration()).rows().orElse(List.of());
  }

  @Test
  @Order(1)
  void whatWaitsIsShownWithTheFiguresThatLedThere() throws Exception {
    JsonNode page = waiting("?k=100");

    assertThat(ids(page))
        .isEqualTo(lake.waiting(100).waiting().stream().map(Waiting::assetId).toList());
    assertThat(page.get("count").asInt()).isEqualTo(TEXTS + 1);
    assertThat(page.get("open").asInt()).isEqualTo(TEXTS + 1);
    assertThat(page.get("next").isNull()).isTrue();
    assertThat(page.get("reasons")).hasToString("{\"SHORT\":%d,\"SMALL\":1}".formatted(TEXTS));
    JsonNode small = waiting("?reason=SMALL");
    assertThat(ids(small)).hasSize(1);
    assertThat(small.get("reasons")).isEqualTo(page.get("reasons"));
    assertThat(ids(waiting("?reason=NONE"))).isEmpty();
    JsonNode text = named(page, "short-03.txt");
    assertThat(text.get("text").asText()).isEqualTo("A kettle, number 3.");
    assertThat(text.get("reasons")).hasToString("[\"SHORT\"]");
    assertThat(text.get("figures").get("words").asInt()).isEqualTo(4);
    assertThat(text.at("/rules/0"))
        .hasToString(
            "{\"name\":\"texts-of-some-length\",\"require\":\"words >= 8\",\"severity\":\"review\","
                + "\"values\":{\"words\":4}}");
    JsonNode picture = named(page, "scene.png");
    assertThat(picture.at("/rules/0/values")).hasToString("{\"height\":224,\"width\":224}");
    assertThat(picture.get("decision").isNull()).isTrue();
  }

  @Test
  @Order(2)
  void nothingIsShownThatDoesNotWait() throws Exception {
    JsonNode page = waiting("?k=100");
    String picture = named(page, "scene.png").get("asset_id").asText();
    String text = named(page, "short-00.txt").get("asset_id").asText();
    String published = lake.catalog(Optional.empty()).select("asset_id").first().getString(0);

    assertThat(get(service, "/review/" + picture + "/content").body())
        .isEqualTo(Files.readAllBytes(folder.resolve("in/scene.png")));
    HttpResponse<byte[]> small = get(service, "/review/" + picture + "/thumbnail");
    assertThat(small.headers().firstValue("Content-Type")).hasValue("image/jpeg");
    assertThat(get(service, "/review/" + text + "/content").body())
        .isEqualTo("A kettle, number 0.".getBytes(UTF_8));
    assertThat(get(service, "/review/" + text + "/thumbnail").statusCode()).isEqualTo(404);
    assertThat(get(service, "/assets/" + picture + "/content").statusCode()).isEqualTo(404);
    assertThat(get(service, "/review/" + published + "/content").statusCode()).isEqualTo(404);
    assertThat(get(service, "/review/" + published + "/thumbnail").statusCode()).isEqualTo(404);
  }

  @Test
  @Order(3)
  void withoutTheOptionOrTheTokenThereIsNoReview() throws Exception {
    String id = ids(waiting("?k=1")).get(0);
    String token = "0123456789abcdef";
    try (Service plain = start(Reviewing.REFUSED, Optional.empty());
        Service closed = start(Reviewing.ALLOWED, Optional.of(token))) {
      for (String path : List.of("/review", "/review/" + id + "/content")) {
        assertThat(get(plain, path).statusCode()).isEqualTo(404);
        assertThat(get(closed, path).statusCode()).isEqualTo(401);
        HttpResponse<Void> known =
            CLIENT.send(
                request(closed, path).header("Authorization", "Bearer " + token).build(),
                BodyHandlers.discarding());
        assertThat(known.statusCode()).isEqualTo(200);
      }
      assertThat(new String(get(plain, "/").body(), UTF_8)).contains("<body>");
      assertThat(new String(get(plain, "/openapi.json").body(), UTF_8)).doesNotContain("\"/review");
      HttpResponse<Void> written =
          CLIENT.send(
              request(plain, "/review")
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString(decision("approve", List.of(id))))
                  .build(),
              BodyHandlers.discarding());
      assertThat(written.statusCode()).isEqualTo(404);
    }
    assertThat(new String(get(service, "/").body(), UTF_8)).contains("<body data-review>");
    assertThat(decisions()).isEmpty();
  }

  @Test
  @Order(4)
  void whatIsNoDecisionOfAPersonHereIsRefused() throws Exception {
    String id = ids(waiting("?k=1")).get(0);
    String good = decision("approve", List.of(id));
    String port = String.valueOf(service.port());
    Map<String, Integer> bodies = new TreeMap<>();
    bodies.put("{", 400);
    bodies.put("[]", 400);
    bodies.put("{\"decision\": \"approve\"}", 400);
    bodies.put(good.replace("approve", "perhaps"), 400);
    bodies.put(good.replace("Ada", " "), 400);
    bodies.put(good.replace("Ada", "A\\nda"), 400);
    bodies.put(good.replace("Ada", "x".repeat(101)), 400);
    bodies.put(good.replace("I looked", "x".repeat(1_001)), 400);
    bodies.put(good.replace(id, "../x"), 400);
    bodies.put(good.replace(id, "0".repeat(32)), 409);
    bodies.put(decision("approve", List.of(id, "f".repeat(32))), 409);
    for (Map.Entry<String, Integer> body : bodies.entrySet()) {
      assertThat(post(body.getKey()).statusCode()).as(body.getKey()).isEqualTo(body.getValue());
    }
    assertThat(post(good, "Origin", "http://evil.example").statusCode()).isEqualTo(403);
    assertThat(post(good, "Origin", "null").statusCode()).isEqualTo(403);
    assertThat(post(good, "Sec-Fetch-Site", "cross-site").statusCode()).isEqualTo(403);
    assertThat(
            post(good, "Sec-Fetch-Site", "same-site", "Origin", "http://localhost:" + port)
                .statusCode())
        .isEqualTo(403);
    HttpRequest form =
        request(service, "/review")
            .header("Content-Type", "text/plain")
            .POST(BodyPublishers.ofString(good))
            .build();
    assertThat(CLIENT.send(form, BodyHandlers.discarding()).statusCode()).isEqualTo(415);
    for (String query :
        List.of("?k=0", "?k=101", "?k=x", "?which=all", "?after=%21", "?after=YQ")) {
      assertThat(get(service, "/review" + query).statusCode()).as(query).isEqualTo(400);
    }
    assertThat(decisions()).isEmpty();
  }

  @Test
  @Order(5)
  void pagesHaveNoHolesWhateverIsDecidedMeanwhile() throws Exception {
    List<String> all = ids(waiting("?k=100"));
    Set<String> seen = new LinkedHashSet<>();
    String after = "";
    int kept = 0;
    do {
      JsonNode page = waiting("?k=4&after=" + after);
      seen.addAll(ids(page));
      for (String id : ids(page).subList(0, 2)) {
        assertThat(post(decision("approve", List.of(id))).statusCode()).isEqualTo(200);
        kept++;
      }
      after = page.get("next").asText("");
    } while (!after.isEmpty() && !after.equals("null"));

    assertThat(List.copyOf(seen)).isEqualTo(all);
    JsonNode rest = waiting("?k=100");
    assertThat(rest.get("open").asInt()).isEqualTo(all.size() - kept);
    assertThat(rest.get("decided").asInt()).isEqualTo(kept);
    assertThat(ids(rest)).hasSize(all.size() - kept).doesNotContain(all.get(0));
    JsonNode decided = waiting("?k=100&which=decided");
    assertThat(ids(decided)).hasSize(kept).contains(all.get(0));
    assertThat(decided.at("/waiting/0/decision/reviewer").asText()).isEqualTo("Ada");
    assertThat(decided.at("/waiting/0/decision/decision").asText()).isEqualTo("approve");
  }

  @Test
  @Order(6)
  void theLastWordCountsWhoeverHasItAndIsThatOfTheCommand() throws Exception {
    JsonNode decided = waiting("?k=100&which=decided");
    List<String> ids = ids(decided);
    String undone = ids.get(0);
    String byCommand = ids.get(1);
    assertThat(post(decision("reject", List.of(undone))).statusCode()).isEqualTo(200);
    lake.decide(List.of(byCommand), Decision.REJECT, "by command", "tests");
    List<String> more = ids(waiting("?k=100")).subList(0, 2);
    CompletableFuture<Void> command =
        CompletableFuture.runAsync(
            () -> lake.decide(List.of(more.get(0)), Decision.APPROVE, "at once", "tests"));
    for (int i = 0; i < 4; i++) { // beside the command
      assertThat(post(decision("approve", List.of(more.get(1)))).statusCode()).isEqualTo(200);
    }
    command.join();
    Thread.sleep(1_100); // what the service knows is a second old at most
    JsonNode after = waiting("?k=100&which=decided");

    assertThat(said(after, undone).get("decision").asText()).isEqualTo("reject");
    assertThat(said(after, byCommand).get("reason").asText()).isEqualTo("by command");
    assertThat(said(after, more.get(0)).get("reason").asText()).isEqualTo("at once");
    assertThat(said(after, more.get(1)).get("reviewer").asText()).isEqualTo("Ada");
  }

  private static JsonNode said(JsonNode page, String id) {
    for (JsonNode each : page.get("waiting")) {
      if (each.get("asset_id").asText().equals(id)) {
        return each.get("decision");
      }
    }
    throw new AssertionError(id);
  }

  @Test
  @Order(7)
  void theNextJudgementReadsItAndTheAuditFindsNothingForeign() throws Exception {
    Map<String, String> words = new TreeMap<>();
    for (JsonNode each : waiting("?k=100&which=decided").get("waiting")) {
      words.put(each.get("asset_id").asText(), each.at("/decision/decision").asText());
    }
    long open = waiting("?k=1").get("open").asLong();
    assertThat(lake.waiting(100).count()).isEqualTo(TEXTS + 1); // not before

    lake.judge(Optional.empty(), Scope.CHANGED);

    Dataset<Row> verdicts = lake.rows("verdicts");
    for (Map.Entry<String, String> word : words.entrySet()) {
      String status =
          verdicts
              .where("asset_id = '%s'".formatted(word.getKey()))
              .select("verdict_status")
              .first()
              .getString(0);
      assertThat(status).isEqualTo(word.getValue().equals("approve") ? "pass" : "fail");
    }
    assertThat(lake.waiting(100).count()).isEqualTo(open);
    files.run(lake, Map.of());
    assertThat(lake.audit(ReleaseChoice.CURRENT, Sample.ALL).get(0).violations()).isEmpty();
    assertThat(lake.damage()).isEmpty();
    Thread.sleep(1_100);
    JsonNode now = waiting("?k=100");
    assertThat(now.get("count").asLong()).isEqualTo(open);
    assertThat(now.get("decided").asLong()).isZero();
    String judged = words.keySet().iterator().next();
    assertThat(get(service, "/review/" + judged + "/content").statusCode()).isEqualTo(404);
  }

  @Test
  @Order(8)
  void whatHasChangedSinceItWasJudgedIsNeitherShownNorDecidedOn() throws Exception {
    JsonNode before = waiting("?k=1&reason=SHORT").at("/waiting/0");
    String id = before.get("asset_id").asText();
    Files.writeString(Path.of(URI.create(before.get("source_uri").asText())), "Another text.");
    SourceRequest source =
        new SourceRequest(
            SourceRequest.Kind.of("files"), Map.of("path", folder.resolve("in").toString()));
    Intake intake = source.prepare().apply(Map.of());
    lake.ingest(intake.source(), intake.options());
    Thread.sleep(1_100);

    JsonNode after = waiting("?k=1&reason=SHORT").at("/waiting/0");
    assertThat(after.get("asset_id").asText()).isEqualTo(id);
    assertThat(before.get("is_current").asBoolean()).isTrue();
    assertThat(after.get("is_current").asBoolean()).isFalse();
    assertThat(after.has("text")).isFalse();
    assertThat(get(service, "/review/" + id + "/content").statusCode()).isEqualTo(404);
    assertThat(post(decision("approve", List.of(id))).body()).contains("come in anew");
  }

  @Test
  @Order(9)
  void aLakeWithoutAJudgementHasNothingThatWaits() throws Exception {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    try (Service waiting = start(empty, Reviewing.ALLOWED, Optional.empty())) {
      JsonNode page = Json.mapper().readTree(get(waiting, "/review").body());
      assertThat(page.get("judged").asBoolean()).isFalse();
      assertThat(page.get("count").asInt()).isZero();
    }
  }
}
