// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.Digests;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.ServeSetting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.Table;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.codec.media.Waves;
import dev.lakehouse.core.demo.Scene;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.lake.CatalogTable;
import dev.lakehouse.core.lake.DeltaTable;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.index.Hit;
import dev.lakehouse.core.search.SearchMode;
import dev.lakehouse.core.search.SearchRequest;
import dev.lakehouse.core.search.SearchResult;
import dev.lakehouse.core.search.Searcher;
import dev.lakehouse.core.search.Sought;
import dev.lakehouse.jobs.Lakehouse;
import dev.lakehouse.jobs.serve.DocumentedRequests;
import dev.lakehouse.jobs.serve.Service;
import dev.lakehouse.jobs.serve.ServiceOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A service over a real lake, asked by real clients. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TestServe {
  private static final String HOSTILE = "<img src=x onerror=alert(1)>\"'&.txt";
  private static final String SONG =
      "The kettle sings on the old iron stove while the rain comes down.";
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";
  private static final Scene RED = Scene.random(77);

  @TempDir static Path folder;

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Queue<String> LOG = new ConcurrentLinkedQueue<>();
  private static LakeOfFiles files;
  private static Lakehouse lake;
  private static Service service;

  @BeforeAll
  static void publish() throws Exception {
    files = new LakeOfFiles(folder);
    Path in = Files.createDirectories(folder.resolve("in"));
    for (int i = 0; i < 6; i++) {
      Files.write(in.resolve("scene-%d.png".formatted(i)), LakeOfFiles.png(Scene.random(i)));
    }
    Files.write(in.resolve("red.png"), LakeOfFiles.png(RED));
    Files.write(
        in.resolve("twin.png"), LakeOfFiles.png(RED)); // a duplicate, which is not published
    Files.writeString(in.resolve(HOSTILE), SONG);
    Files.writeString(
        in.resolve("bread.txt"),
        "Bake the bread for forty minutes at high heat until it is brown.");
    Files.writeString(
        in.resolve("page.html"),
        "<html><body><h1>Tides</h1><p>The tide follows the moon around the whole earth, twice a"
            + " day.</p><script>alert(1)</script></body></html>");
    Files.write(in.resolve("tone.wav"), Waves.tone(16_000, 2, 440, 0.5));
    lake = files.with(Map.of());
    files.run(lake, Map.of());
    service =
        start(
            Map.of(ServeSetting.DEADLINE_SECONDS.key(), "300"),
            options -> options.with(ServiceOptions.Reviewing.ALLOWED));
    awaitReady(service);
  }

  @AfterAll
  static void end() {
    service.close();
  }

  private interface Change {
    ServiceOptions of(ServiceOptions options);
  }

  private static Service start(Map<String, String> more, Change change) {
    return start(folder.resolve("lake"), more, change, news -> {});
  }

  private static Service start(
      Path lakeFolder, Map<String, String> more, Change change, Consumer<String> news) {
    Map<String, String> all = new HashMap<>(Map.of(ServeSetting.RELEASE_SECONDS.key(), "1"));
    all.putAll(more);
    Settings settings = Settings.defaults().orElse(all, "test");
    LakeLayout layout = LakeLayout.of(lakeFolder.toString(), settings);
    return Service.start(
        layout,
        settings,
        ModelsRoot.at(layout.modelsUri()),
        Map.of(),
        change.of(ServiceOptions.from(settings).at(ServiceOptions.LOOPBACK, 0, Optional.empty())),
        LOG::add,
        news);
  }

  private static void awaitReady(Service started) throws Exception {
    while (get(started, "/ready").statusCode() != 200) {
      Thread.sleep(50);
    }
  }

  private static HttpResponse<byte[]> get(Service asked, String path, String... headers)
      throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(asked, path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    return get(service, path, headers);
  }

  private static HttpResponse<byte[]> post(Service asked, String path, String type, byte[] body)
      throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(uri(asked, path))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofByteArray());
  }

  private static URI uri(Service asked, String path) {
    return URI.create("http://localhost:%d%s".formatted(asked.port(), path));
  }

  private static JsonNode json(HttpResponse<byte[]> response) throws IOException {
    return Json.mapper().readTree(response.body());
  }

  private static String words(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private static JsonNode search(String text) throws Exception {
    HttpResponse<byte[]> response = get("/search?k=3&q=" + words(text));
    assertThat(response.statusCode()).isEqualTo(200);
    return json(response);
  }

  /** Ids of the rows of a table by what their place ends with. */
  private static Map<String, String> ids(Table table) {
    Map<String, String> ids = new HashMap<>();
    DeltaTable.of(
            LakeLayout.of(folder.resolve("lake").toString(), Settings.defaults()),
            table,
            new Configuration())
        .latest()
        .orElseThrow()
        .rows(List.of("asset_id", "source_uri"))
        .forEach(
            row ->
                ids.put(
                    row.text("source_uri").orElseThrow().replaceFirst(".*/", ""),
                    row.text("asset_id").orElseThrow()));
    return ids;
  }

  private static String published(String name) {
    return ids(CatalogTable.FIRST).entrySet().stream()
        .filter(row -> row.getKey().endsWith(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow();
  }

  // what is answered

  @Test
  void aSearchByWordsIsWhatASearcherAnswers() throws Exception {
    JsonNode answer = search("a loaf from the oven");

    try (Searcher searcher = lake.searcher()) {
      same(
          answer,
          searcher.searchAll(EmbedInput.query("a loaf from the oven"), 3, Optional.empty()));
    }
    assertThat(answer.get("sequence").asInt()).isEqualTo(1);
  }

  @Test
  void aSearchByAPictureIsWhatASearcherAnswersHoweverItIsSent() throws Exception {
    byte[] picture = LakeOfFiles.png(RED);
    List<SearchResult> expected;
    try (Searcher searcher = lake.searcher()) {
      expected = searcher.searchAll(EmbedInput.image(picture), 3, Optional.empty());
    }

    same(json(post(service, "/search?k=3", "image/png", picture)), expected);
    same(json(post(service, "/search?k=3", "application/octet-stream", picture)), expected);
    same(
        json(post(service, "/search", "multipart/form-data; boundary=XX", form(picture, "k", "3"))),
        expected);
    assertThat(expected.get(0).hits().get(0).row().text("uri").orElseThrow()).endsWith(".png");
  }

  @Test
  void wordsLikenessAndPagesAreThoseOfASearcher() throws Exception {
    JsonNode words = json(get("/search?mode=words&q=kettle"));
    String picture = published("red.png");
    JsonNode all = json(get("/search?family=clip&k=4&like=" + picture));
    JsonNode behind = json(get("/search?family=clip&k=2&offset=2&like=" + picture));

    assertThat(words.at("/results").findValuesAsText("mode")).containsOnly("words");
    assertThat(words.findValuesAsText("excerpt")).isNotEmpty().allMatch(SONG::equals);
    List<String> ids = all.findValuesAsText("asset_id");
    assertThat(ids).hasSize(4).doesNotContain(picture);
    assertThat(behind.findValuesAsText("asset_id")).isEqualTo(ids.subList(2, 4));
    try (Searcher searcher = lake.searcher()) {
      SearchRequest both =
          SearchRequest.of(Sought.words("iron stove")).in(SearchMode.HYBRID).page(0, 3);
      same(json(get("/search?mode=hybrid&k=3&q=iron+stove")), searcher.ask(both));
    }
  }

  @Test
  void aHitStandsForItsNearDuplicates() throws Exception {
    String picture = published("red.png");
    String question = "/search?family=clip&k=4&like=" + picture;
    try (Searcher searcher = lake.searcher()) {
      SearchRequest request =
          SearchRequest.of(new Sought.Asset(picture)).ofFamily("clip").page(0, 4).collapse(0.1);
      List<SearchResult> expected = searcher.ask(request);
      JsonNode answer = json(get(question + "&collapse=0.1"));

      same(answer, expected);
      List<JsonNode> others = answer.findValues("near_duplicates");
      assertThat(others).anyMatch(list -> !list.isEmpty());
      assertThat(Json.mapper().<JsonNode>valueToTree(others))
          .isEqualTo(
              Json.mapper()
                  .valueToTree(expected.get(0).hits().stream().map(Hit::nearDuplicates).toList()));
    }
    assertThat(json(get(question)).findValues("near_duplicates")).allMatch(JsonNode::isEmpty);
    assertThat(text(get(question + "&collapse=near"))).contains("must be a number");
    assertThat(text(get(question + "&collapse=2"))).contains("at most 1");
  }

  private static String text(HttpResponse<byte[]> answer) {
    assertThat(answer.statusCode()).isEqualTo(400);
    return new String(answer.body(), UTF_8);
  }

  private static byte[] form(byte[] file, String name, String value) throws IOException {
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    form.write(
        ("--XX\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n--XX\r\n"
                    .formatted(name, value)
                + "Content-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n"
                + "Content-Type: image/png\r\n\r\n")
            .getBytes(UTF_8));
    form.write(file);
    form.write("\r\n--XX--\r\n".getBytes(UTF_8));
    return form.toByteArray();
  }

  /** Vectors of a batch differ in their last digits from those computed alone. */
  private static void same(JsonNode answer, List<SearchResult> expected) {
    assertThat(answer.get("results")).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      JsonNode found = answer.get("results").get(i);
      JsonNode wanted = Json.mapper().valueToTree(expected.get(i).toJson());
      assertThat(found.get("family")).isEqualTo(wanted.get("family"));
      assertThat(found.get("encoder")).isEqualTo(wanted.get("encoder"));
      assertThat(found.get("hits")).hasSameSizeAs(wanted.get("hits"));
      for (int hit = 0; hit < found.get("hits").size(); hit++) {
        JsonNode one = found.get("hits").get(hit);
        JsonNode other = wanted.get("hits").get(hit);
        for (String field : List.of("asset_id", "segment", "rank", "uri", "excerpt", "width")) {
          assertThat(one.get(field)).as(field).isEqualTo(other.get(field));
        }
        assertThat(one.get("score").asDouble())
            .isCloseTo(other.get("score").asDouble(), within(1e-4));
      }
    }
  }

  @Test
  void conditionsNarrowAndMistakesAreToldInTheHousesWords() throws Exception {
    JsonNode texts = json(get("/search?q=bread&where=" + words("modality = 'text'")));
    assertThat(texts.at("/results").findValuesAsText("modality")).containsOnly("text");

    for (Map.Entry<String, String> mistake :
        Map.of(
                "/search", "The query is empty: give words as q, an asset as like, or send",
                "/search?q=a&like=b", "Give one thing to look for",
                "/search?q=a&mode=both", "Invalid --mode: 'both'",
                "/search?q=a&offset=-1", "Invalid --offset: -1",
                "/search?q=a&where=colour%20=%201", "no column colour",
                "/search?q=a&k=0", "Invalid -k: 0 (must be between 1 and 1000)",
                "/search?q=a&k=x", "Invalid k: 'x' (must be a whole number)",
                "/search?q=a&family=none", "Release 1 has no family 'none'",
                "/embed?q=a", "A vector is one of a family: give family, one of")
            .entrySet()) {
      HttpResponse<byte[]> refused = get(mistake.getKey());
      assertThat(refused.statusCode()).as(mistake.getKey()).isEqualTo(400);
      assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
      assertThat(json(refused).get("detail").asText()).contains(mistake.getValue());
    }
  }

  @Test
  void nobodyLooksTooDeepIntoAList() throws Exception {
    HttpResponse<byte[]> refused = get("/search?q=bread&mode=hybrid&offset=1990&k=11");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(json(refused).get("detail").asText())
        .isEqualTo(
            "Invalid offset: 1990 (with k together at most 2000). Narrow the search with where");
    assertThat(get("/search?q=bread&mode=hybrid&offset=1990&k=10").statusCode()).isEqualTo(200);
    assertThat(get("/search?q=bread&k=1000").statusCode()).isEqualTo(200);
    assertThat(get("/search?like=nothing").statusCode()).isEqualTo(400);
  }

  @Test
  void answersThatAreKeptHaveABoundInBytes() throws Exception {
    Map<String, String> little = Map.of(ServeSetting.CACHE.key(), "60000");
    try (Service small = start(little, options -> options)) {
      awaitReady(small);
      for (int i = 0; i < 20; i++) {
        assertThat(isCached(small, i)).isFalse();
        assertThat(isCached(small, i)).isTrue();
        assertThat(figure(small, "lakehouse_cache_bytes")).isBetween(1L, 60_000L);
      }
      assertThat(isCached(small, 0)).isFalse();
    }
  }

  private static boolean isCached(Service asked, int question) throws Exception {
    return json(get(asked, "/search?q=question+" + question)).get("cached").asBoolean();
  }

  private static long figure(Service asked, String name) throws Exception {
    String text = new String(get(asked, "/metrics").body(), UTF_8);
    Matcher figure = Pattern.compile("(?m)^" + Pattern.quote(name) + " (\\d+)$").matcher(text);
    assertThat(figure.find()).as(text).isTrue();
    return Long.parseLong(figure.group(1));
  }

  @Test
  void theSameQuestionIsAnsweredFromWhatWasKept() throws Exception {
    JsonNode first = search("questions that come twice");
    JsonNode second = search("  questions that\tcome twice ");

    assertThat(first.get("cached").asBoolean()).isFalse();
    assertThat(second.get("cached").asBoolean()).isTrue();
    assertThat(second.get("results")).isEqualTo(first.get("results"));
    assertThat(new String(get("/metrics").body(), UTF_8))
        .containsPattern("(?m)^lakehouse_cache_hits_total [1-9]")
        .containsPattern("(?m)^lakehouse_http_requests_total\\{route=\"search\",status=\"200\"} ")
        .contains("lakehouse_release_sequence 1");
  }

  @Test
  void aVectorIsOfTheEncoderOfTheIndex() throws Exception {
    JsonNode answer = json(get("/embed?family=text&q=bread"));

    assertThat(answer.get("vector")).hasSize(384);
    assertThat(answer.get("encoder")).isEqualTo(familyOf(search("bread"), "text").get("encoder"));
  }

  private static JsonNode familyOf(JsonNode answer, String family) {
    for (JsonNode result : answer.get("results")) {
      if (result.get("family").asText().equals(family)) {
        return result;
      }
    }
    throw new AssertionError("No family " + family + " in " + answer);
  }

  @Test
  void anAssetTellsItsFiguresAndWhereItCameFrom() throws Exception {
    JsonNode answer = json(get("/assets/" + published("scene-1.png")));

    assertThat(answer.at("/asset/modality").asText()).isEqualTo("image");
    assertThat(answer.at("/asset").has("clip_vector")).isFalse();
    assertThat(answer.at("/measurements/0/probe").asText()).startsWith("image@");
    assertThat(answer.at("/measurements/0/width").asInt()).isEqualTo(224);
    assertThat(answer.at("/lineage/source_uri").asText()).endsWith("scene-1.png");
    assertThat(answer.at("/lineage/first_run").asText()).isNotEmpty();
    assertThat(answer.at("/lineage/release_sequence").asInt()).isEqualTo(1);
  }

  // contents

  @Test
  void contentIsItsBytesInPartsToo() throws Exception {
    byte[] tone = Files.readAllBytes(folder.resolve("in/tone.wav"));
    String path = "/assets/" + published("tone.wav") + "/content";

    HttpResponse<byte[]> whole = get(path);
    assertThat(whole.body()).isEqualTo(tone);
    assertThat(whole.headers().firstValue("Content-Type").orElseThrow()).startsWith("audio/");
    assertThat(whole.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(whole.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("sandbox");

    part(path, "bytes=100-199", tone, 100, 200);
    part(path, "bytes=100-", tone, 100, tone.length);
    part(path, "bytes=-50", tone, tone.length - 50, tone.length);
    part(path, "bytes=0-99999999", tone, 0, tone.length);
    assertThat(get(path, "Range", "bytes=5-4").statusCode()).isEqualTo(200);
    HttpResponse<byte[]> beyond = get(path, "Range", "bytes=%d-".formatted(tone.length));
    assertThat(beyond.statusCode()).isEqualTo(416);
    assertThat(beyond.headers().firstValue("Content-Range")).hasValue("bytes */" + tone.length);

    String tag = whole.headers().firstValue("ETag").orElseThrow();
    assertThat(get(path, "If-None-Match", tag).statusCode()).isEqualTo(304);
    assertThat(get(path, "Range", "bytes=0-1", "If-Range", "\"another\"").body()).isEqualTo(tone);
  }

  private static void part(String path, String range, byte[] all, int from, int to)
      throws Exception {
    HttpResponse<byte[]> part = get(path, "Range", range);
    assertThat(part.statusCode()).as(range).isEqualTo(206);
    assertThat(part.body()).isEqualTo(java.util.Arrays.copyOfRange(all, from, to));
    assertThat(part.headers().firstValue("Content-Range"))
        .hasValue("bytes %d-%d/%d".formatted(from, to - 1, all.length));
  }

  @Test
  void whatIsNotInTheReleaseIsNotThere() throws Exception {
    Set<String> unpublished = new HashSet<>(ids(Tables.ASSETS).values());
    unpublished.removeAll(ids(CatalogTable.FIRST).values());
    assertThat(unpublished).isNotEmpty(); // the twin

    for (String id : Stream.concat(unpublished.stream(), Stream.of("nothing")).toList()) {
      for (String part : List.of("", "/content", "/thumbnail")) {
        HttpResponse<byte[]> response = get("/assets/" + id + part);
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(json(response).get("detail").asText())
            .contains("no asset '%s' in the release".formatted(id));
      }
    }
    assertThat(get("/assets/..%2f..%2flake.json/content").statusCode()).isIn(400, 404);
  }

  @Test
  void pagesAndNamesOfStrangersStayText() throws Exception {
    HttpResponse<byte[]> page = get("/assets/" + published("page.html") + "/content");
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/plain;charset=utf-8");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("sandbox", "default-src 'none'");

    String id = published("&.txt");
    assertThat(json(get("/assets/" + id)).at("/asset/source_uri").asText()).contains("onerror");
    HttpResponse<byte[]> named = get("/assets/" + id + "/content");
    assertThat(new String(named.body(), UTF_8)).isEqualTo(SONG);
    assertThat(named.headers().firstValue("Content-Disposition").orElseThrow())
        .matches("inline; filename=\"[A-Za-z0-9._ -]+\"");
  }

  @Test
  void aThumbnailIsASmallPicture() throws Exception {
    HttpResponse<byte[]> small = get("/assets/" + published("scene-1.png") + "/thumbnail");
    assertThat(small.headers().firstValue("Content-Type")).hasValue("image/jpeg");
    assertThat(ImageIO.read(new ByteArrayInputStream(small.body())).getWidth()).isEqualTo(224);
    assertThat(get("/assets/" + published("tone.wav") + "/thumbnail").statusCode()).isEqualTo(404);
  }

  @Test
  void aPictureIsBrightWhereItShowsWhatIsAskedFor() throws Exception {
    String picture = "/assets/" + published("red.png") + "/saliency";
    HttpResponse<byte[]> map = get(picture + "?q=a+red+circle");
    assertThat(map.headers().firstValue("Content-Type")).hasValue("image/png");
    assertThat(ImageIO.read(new ByteArrayInputStream(map.body())).getWidth()).isEqualTo(224);
    assertThat(get(picture + "?q=a+red+circle&family=clip").body()).isEqualTo(map.body());
    assertThat(get(picture + "?q=a+blue+square").body()).isNotEqualTo(map.body());

    assertThat(get(picture).statusCode()).isEqualTo(400);
    assertThat(json(get(picture + "?q=a&family=none")).get("detail").asText())
        .isEqualTo("This release has no family none");
    assertThat(json(get(picture + "?q=a&family=text")).get("detail").asText())
        .contains("Family text sees no pictures");
    assertThat(get("/assets/" + published("tone.wav") + "/saliency?q=a").statusCode())
        .isEqualTo(404);
  }

  @Test
  void mapsOfHitsAreWrittenIntoAFolder() throws Exception {
    Path maps = folder.resolve("maps");
    StringWriter out = new StringWriter();
    int exitCode =
        Main.run(
            new PrintWriter(out, true),
            new PrintWriter(new StringWriter(), true),
            "search",
            "a red circle",
            "--lake",
            folder.resolve("lake").toString(),
            "-k",
            "2",
            "--saliency",
            maps.toString(),
            "--json");
    assertThat(exitCode).isZero();
    JsonNode answer = Json.mapper().readTree(out.toString());
    JsonNode written = answer.get("saliency");
    assertThat(written.at("/0/family").asText()).isEqualTo("clip");
    JsonNode hits =
        answer.get("results").get(answer.findValuesAsText("family").indexOf("clip")).get("hits");
    assertThat(written.findValuesAsText("asset_id"))
        .hasSize(2)
        .isEqualTo(hits.findValuesAsText("asset_id"));
    assertThat(written.at("/0/box/right").asDouble()).isGreaterThan(0);
    for (JsonNode each : written) {
      assertThat(ImageIO.read(Path.of(each.get("file").asText()).toFile()).getWidth())
          .isEqualTo(224);
    }
  }

  // what is refused

  @Test
  void aBombIsRefusedAndTheServiceLives() throws Exception {
    byte[] bomb = LakeOfFiles.png(RED);
    java.nio.ByteBuffer.wrap(bomb).putInt(16, 60_000).putInt(20, 60_000);
    java.util.zip.CRC32 crc = new java.util.zip.CRC32();
    crc.update(bomb, 12, 17);
    java.nio.ByteBuffer.wrap(bomb).putInt(29, (int) crc.getValue());

    HttpResponse<byte[]> refused = post(service, "/search", "image/png", bomb);

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(json(refused).get("detail").asText()).contains("PIXEL_LIMIT");
    assertThat(post(service, "/search", "image/png", new byte[100]).statusCode()).isEqualTo(400);
    assertThat(post(service, "/search", "text/html", new byte[100]).statusCode()).isEqualTo(415);
    assertThat(get("/health").statusCode()).isEqualTo(200);
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedBeforeItIsRead() throws Exception {
    String head = "POST /search HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\n";
    try (Socket socket = socket(service)) {
      send(socket, head + "Content-Length: 1073741824\r\n\r\n");
      assertThat(firstLine(socket)).isEqualTo("HTTP/1.1 413 Payload Too Large");
    }

    try (Socket socket = socket(service)) {
      send(socket, head + "Transfer-Encoding: chunked\r\n\r\n");
      byte[] chunk = ("100000\r\n" + "x".repeat(1 << 20) + "\r\n").getBytes(US_ASCII);
      int sent = 0;
      try {
        for (; sent < 1024; sent++) {
          socket.getOutputStream().write(chunk);
        }
      } catch (SocketException e) {
        assertThat(e).hasMessageMatching("(?i).*(reset|broken pipe|aborted).*");
      }
      assertThat(sent).isBetween(30, 200); // of 32 MiB that are taken, and what systems hold
    }
    assertThat(get("/health").statusCode()).isEqualTo(200);
  }

  @Test
  void bodiesTogetherHaveABound() throws Exception {
    Map<String, String> narrow =
        Map.of(ServeSetting.MAX_BODY.key(), "1000000", ServeSetting.BODIES.key(), "1");
    try (Service small = start(narrow, options -> options)) {
      awaitReady(small);
      try (Socket first = socket(small)) {
        send(first, bodyOf(900_000));
        await(() -> figure(small, "lakehouse_body_bytes") == 900_000);
        HttpResponse<byte[]> second = post(small, "/search", "image/png", new byte[200_000]);
        assertThat(second.statusCode()).isEqualTo(429);
        assertThat(second.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(post(small, "/search?k=1", "image/png", LakeOfFiles.png(RED)).statusCode())
            .isEqualTo(200);
      }
      await(() -> figure(small, "lakehouse_body_bytes") == 0);
      assertThat(post(small, "/search", "image/png", new byte[200_000]).statusCode())
          .isEqualTo(400);
    }
  }

  private static String bodyOf(int bytes) {
    return "POST /search HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\n"
        + "Content-Length: %d\r\n\r\n".formatted(bytes);
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition) throws Exception {
    while (!condition.holds()) {
      Thread.sleep(50);
    }
  }

  @Test
  void strangersWhoSendNothingHoldNobodyUp() throws Exception {
    Map<String, String> patient = Map.of(ServeSetting.IDLE_SECONDS.key(), "300");
    List<Socket> strangers = new ArrayList<>();
    try (Service patientService =
        start(patient, options -> options.at("127.0.0.1", 0, Optional.of(TOKEN)))) {
      for (int i = 0; i < 250; i++) { // there are 200 threads
        Socket socket = socket(patientService);
        strangers.add(socket);
        send(
            socket,
            "POST /session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: 10\r\n\r\n");
      }
      HttpRequest health =
          HttpRequest.newBuilder(uri(patientService, "/health"))
              .timeout(Duration.ofSeconds(100))
              .build();

      assertThat(CLIENT.send(health, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
      assertThat(firstLine(strangers.get(249))).startsWith("HTTP/1.1 429");
    } finally {
      for (Socket socket : strangers) {
        socket.close();
      }
    }
  }

  @Test
  void whoIsRefusedCannotGoOnSendingForEver() throws Exception {
    try (Service closed =
            start(Map.of(), options -> options.at("127.0.0.1", 0, Optional.of(TOKEN)));
        Socket socket = socket(closed)) {
      send(
          socket,
          "POST /search HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\n"
              + "Transfer-Encoding: chunked\r\n\r\n");
      byte[] chunk = ("100000\r\n" + "x".repeat(1 << 20) + "\r\n").getBytes(US_ASCII);
      int sent = 0;
      try {
        for (; sent < 1024; sent++) {
          socket.getOutputStream().write(chunk);
        }
      } catch (SocketException e) {
        assertThat(e).hasMessageMatching("(?i).*(reset|broken pipe|aborted).*");
      }
      assertThat(sent).isLessThan(100); // what systems hold
    }
  }

  @Test
  void headIsGetWithoutABody() throws Exception {
    String content = "/assets/" + published("tone.wav") + "/content";
    long size = Files.size(folder.resolve("in/tone.wav"));
    for (String path : List.of("/health", "/search?q=bread", "/page/app.js", content)) {
      HttpResponse<byte[]> head = head(service, path);
      assertThat(head.statusCode()).as(path).isEqualTo(200);
      assertThat(head.body()).isEmpty();
      assertThat(head.headers().firstValueAsLong("Content-Length").orElse(0)).isPositive();
      assertThat(head.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }
    assertThat(head(service, content).headers().firstValueAsLong("Content-Length")).hasValue(size);
    assertThat(head(service, "/search").statusCode()).isEqualTo(400);
    assertThat(head(service, "/assets/none").statusCode()).isEqualTo(404);
    assertThat(head(service, "/none").statusCode()).isEqualTo(404);
    assertThat(head(service, "/session").statusCode()).isEqualTo(405);
    try (Service closed =
        start(Map.of(), options -> options.at("127.0.0.1", 0, Optional.of(TOKEN)))) {
      assertThat(head(closed, "/search?q=a").statusCode()).isEqualTo(401);
    }
    assertThat(logged("\"method\":\"HEAD\"")).contains("\"path\":");
  }

  /** The line of the access log with {@code part}: it is written after its answer has left. */
  private static String logged(String part) throws Exception {
    await(() -> LOG.stream().anyMatch(line -> line.contains(part)));
    return LOG.stream().filter(line -> line.contains(part)).findFirst().orElseThrow();
  }

  private static HttpResponse<byte[]> head(Service asked, String path) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(uri(asked, path)).method("HEAD", BodyPublishers.noBody()).build(),
        BodyHandlers.ofByteArray());
  }

  @Test
  void whatCannotBeDecodedIsTheAskersMistake() throws Exception {
    for (String path : List.of("/search?q=100%", "/search?q=%zz&k=3")) {
      try (Socket socket = socket(service)) {
        send(socket, "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(path));
        assertThat(firstLine(socket)).startsWith("HTTP/1.1 400");
      }
    }
    byte[] nothing = "{}".getBytes(UTF_8); // JSON and addresses are UTF-8, whatever is said of it
    HttpResponse<byte[]> answer =
        post(service, "/search?k=1&q=br%65ad", "application/json; charset=klingon", nothing);
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  private static Socket socket(Service asked) throws IOException {
    Socket socket = new Socket("localhost", asked.port());
    socket.setSoTimeout(60_000);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(US_ASCII));
    out.flush();
  }

  private static String firstLine(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\r'; c = in.read()) {
      line.append((char) c);
    }
    return line.toString();
  }

  @Test
  void whoNeverComesToAnEndIsCut() throws Exception {
    Queue<String> news = new ConcurrentLinkedQueue<>();
    try (Service impatient =
            start(
                folder.resolve("lake"),
                Map.of(ServeSetting.IDLE_SECONDS.key(), "2"),
                options -> options,
                news::add);
        Socket head = socket(impatient);
        Socket body = socket(impatient);
        Socket silent = socket(impatient);
        Socket gone = socket(impatient)) {
      awaitReady(impatient);
      send(head, "GET /health HTTP/1.1\r\nHost: localhost\r\nX: ");
      send(
          body,
          "POST /search HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\n"
              + "Content-Length: 100000\r\n\r\n");

      send(silent, bodyOf(1_000).replace("/search", "/search?of=silent"));
      send(gone, bodyOf(1_000).replace("/search", "/search?of=gone"));
      gone.shutdownOutput();
      assertThat(firstLine(gone)).startsWith("HTTP/1.1 400");
      assertThat(firstLine(silent)).startsWith("HTTP/1.1 408");
      assertThat(isCut(head)).isTrue();
      assertThat(isCut(body)).isTrue();
      assertThat(news).allMatch(each -> each.endsWith("answers now"));
      assertThat(get(impatient, "/health").statusCode()).isEqualTo(200);
    }
  }

  /** Sends a byte now and then, which keeps a connection from being idle. */
  private static boolean isCut(Socket socket) throws Exception {
    socket.setSoTimeout(250);
    for (int tries = 0; tries < 240; tries++) {
      try {
        send(socket, "x");
        if (socket.getInputStream().read(new byte[4096]) < 0) {
          return true;
        }
      } catch (java.net.SocketTimeoutException e) {
        continue; // nothing was answered yet
      } catch (IOException e) {
        return true;
      }
    }
    return false;
  }

  @Test
  void whatDoesNotFitTheQueueIsToldToComeAgain() throws Exception {
    Map<String, String> narrow =
        Map.of(ServeSetting.WORKERS.key(), "1", ServeSetting.QUEUE.key(), "1");
    try (Service busy = start(narrow, options -> options)) {
      awaitReady(busy);
      List<CompletableFuture<HttpResponse<byte[]>>> asked = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        HttpRequest request = HttpRequest.newBuilder(uri(busy, "/search?q=question+" + i)).build();
        asked.add(CLIENT.sendAsync(request, BodyHandlers.ofByteArray()));
      }
      List<HttpResponse<byte[]>> answers = asked.stream().map(CompletableFuture::join).toList();

      assertThat(answers)
          .extracting(HttpResponse::statusCode)
          .contains(200, 429)
          .containsOnly(200, 429);
      assertThat(answers)
          .filteredOn(answer -> answer.statusCode() == 429)
          .allSatisfy(
              answer -> assertThat(answer.headers().firstValue("Retry-After")).hasValue("1"));
      assertThat(get(busy, "/search?q=later").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void withATokenNobodyElseIsAnswered() throws Exception {
    try (Service closed =
        start(Map.of(), options -> options.at("127.0.0.1", 0, Optional.of(TOKEN)))) {
      awaitReady(closed);
      assertThat(get(closed, "/search?q=a").statusCode()).isEqualTo(401);
      assertThat(get(closed, "/search?q=a", "Authorization", "Bearer x" + TOKEN).statusCode())
          .isEqualTo(401);
      assertThat(get(closed, "/assets/x/content").statusCode()).isEqualTo(401);
      assertThat(get(closed, "/metrics").statusCode()).isEqualTo(401);
      assertThat(get(closed, "/").statusCode()).isEqualTo(200);
      assertThat(get(closed, "/search?q=a", "Authorization", "Bearer " + TOKEN).statusCode())
          .isEqualTo(200);

      byte[] wrong = "{\"token\": \"no\"}".getBytes(UTF_8);
      assertThat(post(closed, "/session", "application/json", wrong).statusCode()).isEqualTo(401);
      byte[] right = "{\"token\": \"%s\"}".formatted(TOKEN).getBytes(UTF_8);
      String cookie =
          post(closed, "/session", "application/json", right)
              .headers()
              .firstValue("Set-Cookie")
              .orElseThrow();
      assertThat(cookie).contains("HttpOnly", "SameSite=Strict").doesNotContain(TOKEN);
      assertThat(get(closed, "/search?q=a", "Cookie", cookie.split(";")[0]).statusCode())
          .isEqualTo(200);
      assertThat(get(closed, "/search?q=a", "Cookie", "lakehouse=x").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void withoutOneItAnswersThisMachineAlone() throws Exception {
    assertThatThrownBy(
            () -> ServiceOptions.from(Settings.defaults()).at("0.0.0.0", 0, Optional.empty()))
        .hasMessageContaining("Cannot listen on 0.0.0.0 without a token");
    assertThatThrownBy(
            () -> ServiceOptions.from(Settings.defaults()).at("0.0.0.0", 0, Optional.of("short")))
        .hasMessageContaining("The token is no good");
    assertThatThrownBy(
            () ->
                start(
                    Map.of(), options -> options.at("127.0.0.1", service.port(), Optional.empty())))
        .hasMessageContaining(
            "Cannot listen on 127.0.0.1:%d: the port is taken".formatted(service.port()));

    try (Socket socket = socket(service)) { // a name of somebody else's that leads here
      send(socket, "GET /search?q=a HTTP/1.1\r\nHost: evil.example\r\n\r\n");
      assertThat(firstLine(socket)).startsWith("HTTP/1.1 421");
    }
  }

  @Test
  void beforeTheFirstReleaseThereAreFiguresAndStrangersHearLittle() throws Exception {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    Files.createDirectories(empty.resolve("tables"));
    try (Service waiting =
        start(
            empty,
            Map.of(),
            options -> options.at("127.0.0.1", 0, Optional.of(TOKEN)),
            news -> {})) {
      String[] known = {"Authorization", "Bearer " + TOKEN};
      await(
          () ->
              json(get(waiting, "/ready", known)).get("detail").asText().contains("lakehouse run"));
      HttpResponse<byte[]> stranger = get(waiting, "/ready");

      assertThat(stranger.statusCode()).isEqualTo(503);
      assertThat(json(stranger).get("detail").asText())
          .isEqualTo("Not ready. Who shows the token is told why");
      assertThat(get(waiting, "/search?q=a", known).statusCode()).isEqualTo(503);
      assertThat(get(waiting, "/metrics").statusCode()).isEqualTo(401);
      HttpResponse<byte[]> figures = get(waiting, "/metrics", known);
      assertThat(figures.statusCode()).isEqualTo(200);
      assertThat(new String(figures.body(), UTF_8)).contains("lakehouse_release_sequence 0");
    }
  }

  // what is told of it

  @Test
  void whateverIsAskedIsAnsweredAsTheDocumentSays() throws Exception {
    List<String> assets = List.copyOf(ids(CatalogTable.FIRST).values());
    DocumentedRequests requests = new DocumentedRequests(uri(service, "").toString(), assets, 7);

    assertThat(requests.ask(json(get("/openapi.json")), 20)).isEmpty();
    HttpResponse<byte[]> tooLong = get("/search?q=" + "x".repeat(20_000));
    assertThat(tooLong.statusCode()).isEqualTo(414);
    assertThat(tooLong.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(json(tooLong).get("status").asInt()).isEqualTo(414);
    assertThat(get("/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void theDocumentTellsExactlyWhatCanBeAsked() throws Exception {
    JsonNode paths = json(get("/openapi.json")).get("paths");
    Set<String> told = new HashSet<>();
    paths
        .fields()
        .forEachRemaining(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method ->
                            told.add(
                                method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey())));

    Set<String> documented = new HashSet<>();
    Path docs = Path.of(System.getProperty("lakehouse.home"), "docs", "service.md");
    for (String line : Files.readAllLines(docs)) {
      Matcher row = Pattern.compile("\\| `((?:GET|POST) /[^`]*)` .*").matcher(line);
      if (row.matches()) {
        documented.add(row.group(1));
      }
    }
    assertThat(told).isEqualTo(documented);
    for (String each : told) {
      String path =
          each.split(" ")[1].replace("{id}", published("tone.wav")).replace("{release}", "1");
      int status =
          each.startsWith("GET")
              ? get(path).statusCode()
              : post(service, path, "application/json", new byte[0]).statusCode();
      assertThat(status).as(each).isNotEqualTo(405).isNotEqualTo(500);
      if (status == 404) {
        // a tone looks like nothing, and does not wait for anybody
        assertThat(path).matches("/assets/.*/thumbnail|/review/.*");
      }
    }
    assertThat(get("/none").statusCode()).isEqualTo(404);
    assertThat(post(service, "/releases", "text/plain", new byte[0]).statusCode()).isEqualTo(405);
  }

  @Test
  void aTraceGoesOnAndNobodyReadsWhatWasAsked() throws Exception {
    String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    HttpResponse<byte[]> answer =
        get(
            "/search?q=a+secret+matter",
            "traceparent",
            "00-%s-00f067aa0ba902b7-01".formatted(trace));

    assertThat(answer.headers().firstValue("traceparent").orElseThrow())
        .matches("00-%s-[0-9a-f]{16}-01".formatted(trace));
    String line = logged(trace);
    assertThat(Json.mapper().readTree(line).get("path").asText()).isEqualTo("/search");
    assertThat(Json.mapper().readTree(line).get("status").asInt()).isEqualTo(200);
    assertThat(LOG).noneMatch(each -> each.contains("secret"));
  }

  @Test
  void whatIsNoJsonIsNotQuoted() throws Exception {
    Service closed = start(Map.of(), options -> options.at("127.0.0.1", 0, Optional.of(TOKEN)));
    try (closed) {
      byte[] bare = "shibboleth".getBytes(UTF_8);
      HttpResponse<byte[]> session = post(closed, "/session", "application/json", bare);
      assertThat(session.statusCode()).isEqualTo(400);
      assertThat(json(session).get("detail").asText())
          .startsWith("The body is no JSON: line 1, column ")
          .doesNotContain("shibboleth");
    }
    for (String body : List.of("{\"q\": shibboleth}", "{\"shibboleth\": 1}")) {
      assertThat(post(service, "/search", "application/json", body.getBytes(UTF_8)).statusCode())
          .isEqualTo(400);
    }
    String trace = "5bf92f3577b34da6a3ce929d0e0e4736";
    HttpResponse<byte[]> last =
        get(
            "/search?q=a&k=shibboleth",
            "traceparent",
            "00-%s-00f067aa0ba902b7-01".formatted(trace));
    assertThat(last.statusCode()).isEqualTo(400);
    assertThat(logged(trace)).contains("400");
    assertThat(LOG).noneMatch(line -> line.contains("shibboleth"));
  }

  @Test
  void thePageRunsNothingFromElsewhere() throws Exception {
    HttpResponse<byte[]> page = get("/");
    String html = new String(page.body(), UTF_8);

    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "script-src 'self'")
        .doesNotContain("unsafe");
    assertThat(html).doesNotContainPattern("<script(?! src=\"/page/)|style=|onclick|https?://");
    for (String part :
        List.of(
            "/page/app.js",
            "/page/releases.js",
            "/page/review.js",
            "/page/app.css",
            "/page/icon.svg")) {
      assertThat(get(part).body()).hasSizeGreaterThan(100);
    }
    for (String script : List.of("/page/app.js", "/page/releases.js", "/page/review.js")) {
      assertThat(new String(get(script).body(), UTF_8))
          .doesNotContain(
              "innerHTML", "insertAdjacentHTML", "document.write", "eval(", "outerHTML");
    }
  }

  // how it goes on

  @Test
  void whatIsUnderWayIsAnsweredBeforeTheEnd() throws Exception {
    byte[] picture = LakeOfFiles.png(RED);
    Service ending = start(Map.of(), options -> options);
    awaitReady(ending);
    int port = ending.port();
    ExecutorService aside = Executors.newSingleThreadExecutor();
    try (Socket socket = socket(ending)) {
      send(
          socket,
          "POST /search HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\n"
              + "Content-Length: %d\r\n\r\n".formatted(picture.length));
      while (!new String(get(ending, "/metrics").body(), UTF_8)
          .contains("lakehouse_http_requests_under_way 2")) {
        Thread.sleep(20);
      }
      Future<?> drained = aside.submit(ending::drain);
      assertThatThrownBy(
              () -> {
                while (true) {
                  new Socket("localhost", port).close();
                  Thread.sleep(20);
                }
              })
          .isInstanceOf(IOException.class);
      assertThat(drained.isDone()).isFalse();
      socket.getOutputStream().write(picture);
      assertThat(firstLine(socket)).isEqualTo("HTTP/1.1 200 OK");
      drained.get(30, TimeUnit.SECONDS);
    } finally {
      aside.shutdown();
      ending.close();
    }
  }

  @Test
  void anAnswerIsUnderWayUntilItIsTaken() throws Exception {
    Map<String, String> patient =
        Map.of(ServeSetting.IDLE_SECONDS.key(), "300", ServeSetting.DRAIN_SECONDS.key(), "12");
    Service ending = start(patient, options -> options);
    ExecutorService aside = Executors.newSingleThreadExecutor();
    try (Socket socket = new Socket()) {
      socket.setReceiveBufferSize(4096);
      socket.setSoTimeout(60_000);
      socket.connect(new InetSocketAddress("localhost", ending.port()));
      send(socket, "GET /page/app.js HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(1_000));
      String scripts = "lakehouse_http_requests_total{route=\"pageScript\",status=\"200\"}";
      await(() -> new String(get(ending, "/metrics").body(), UTF_8).contains(scripts));
      await(() -> standsStill(ending, scripts)); // nobody takes more than systems hold
      assertThat(figure(ending, "lakehouse_http_requests_under_way")).isEqualTo(2);

      Future<?> drained = aside.submit(ending::drain);
      Thread.sleep(300);
      assertThat(drained.isDone()).isFalse();
      assertThat(readAll(socket)).isNotEmpty();
      drained.get(30, TimeUnit.SECONDS);
    } finally {
      aside.shutdown();
      ending.close();
    }
  }

  private static boolean standsStill(Service asked, String series) throws Exception {
    long before = figure(asked, series);
    Thread.sleep(1_000);
    return figure(asked, series) == before;
  }

  @Test
  void whateverALookEndsWithThereIsAnother() throws Exception {
    AtomicBoolean heard = new AtomicBoolean();
    try (Service deaf =
        start(
            folder.resolve("lake"),
            Map.of(),
            options -> options,
            news -> {
              if (!heard.getAndSet(true)) {
                throw new NoClassDefFoundError("something of a library");
              }
            })) {
      awaitReady(deaf);
      assertThat(heard).isTrue();
    }
  }

  @Test
  void whatIsDamagedIsNotTakenUpAndWhatIsGoneIsGone() throws Exception {
    Path copy = folder.resolve("damaged");
    copy(folder.resolve("lake"), copy);
    Path catalog = parquetOf(copy.resolve("tables/catalog"));
    Path aside = folder.resolve("catalog.parquet");
    Files.move(catalog, aside);
    Queue<String> news = new ConcurrentLinkedQueue<>();
    try (Service service = start(copy, Map.of(), options -> options, news::add)) {
      await(() -> !news.isEmpty());
      assertThat(get(service, "/ready").statusCode()).isEqualTo(503);
      Files.move(aside, catalog);
      awaitReady(service);
      assertThat(json(get(service, "/releases")).at("/facets"))
          .isEqualTo(json(get("/releases")).at("/facets"));

      String tone = "/assets/" + published("tone.wav") + "/content";
      byte[] bytes = get(service, tone).body();
      Path blob = blobOf(copy, bytes);
      Files.write(blob, java.util.Arrays.copyOf(bytes, 10_000)); // it is held, and compared already
      try (Socket socket = socket(service)) {
        send(socket, "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(tone));
        String half = new String(readAll(socket), java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(half).startsWith("HTTP/1.1 200").doesNotContain("Server Error");
      }
      assertThat(get(service, tone).statusCode()).isEqualTo(500); // it was compared again

      String scene = "/assets/" + published("scene-2.png") + "/content";
      Files.delete(blobOf(copy, get(service, scene).body()));
      HttpResponse<byte[]> gone = get(service, scene);
      assertThat(gone.statusCode()).isEqualTo(410);
      assertThat(json(gone).get("code").asText()).isEqualTo("BLOB_MISSING");
      assertThat(json(gone).get("detail").asText()).doesNotContain("/");
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Files.copy(each, to.resolve(from.relativize(each)));
      }
    }
  }

  private static Path parquetOf(Path table) throws IOException {
    try (Stream<Path> all = Files.walk(table)) {
      return all.filter(file -> file.toString().endsWith(".parquet"))
          .filter(file -> !file.toString().contains("_delta_log"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static Path blobOf(Path lakeFolder, byte[] bytes) throws IOException {
    String name = Digests.sha256(bytes);
    try (Stream<Path> all = Files.walk(lakeFolder)) {
      return all.filter(file -> file.endsWith(name)).findFirst().orElseThrow();
    }
  }

  private static byte[] readAll(Socket socket) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(all);
    } catch (SocketException e) {
      assertThat(e).hasMessageMatching("(?i).*reset.*");
    }
    return all.toByteArray();
  }

  /** The last: it publishes. */
  @Test
  @Order(Integer.MAX_VALUE)
  void aNewReleaseIsTakenUpWithoutAWrongAnswer() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    Queue<JsonNode> answers = new ConcurrentLinkedQueue<>();
    Queue<Integer> failures = new ConcurrentLinkedQueue<>();
    ExecutorService clients = Executors.newFixedThreadPool(4);
    for (int i = 0; i < 4; i++) {
      int client = i;
      var unused =
          clients.submit(
              () -> {
                for (int n = 0; !over.get(); n++) {
                  HttpResponse<byte[]> answer =
                      get("/search?k=20&q=" + words("bread of %d %d".formatted(client, n)));
                  if (answer.statusCode() == 200) {
                    answers.add(json(answer));
                  } else {
                    failures.add(answer.statusCode());
                  }
                }
                return null;
              });
    }
    Files.writeString(
        folder.resolve("in/rolls.txt"), "Rolls of bread are baked for twenty minutes at most.");
    files.run(lake, Map.of());
    while (!new String(get("/ready").body(), UTF_8).contains("\"sequence\":2")) {
      Thread.sleep(50);
    }
    Thread.sleep(300); // some more of the new one
    over.set(true);
    clients.shutdown();
    assertThat(clients.awaitTermination(60, TimeUnit.SECONDS)).isTrue();

    assertThat(failures).isEmpty();
    String rolls = published("rolls.txt");
    Set<Integer> seen = new HashSet<>();
    for (JsonNode answer : answers) {
      int sequence = answer.get("sequence").asInt();
      seen.add(sequence);
      assertThat(answer.at("/results").findValuesAsText("sequence"))
          .containsOnly(String.valueOf(sequence));
      assertThat(answer.at("/results").findValuesAsText("release"))
          .containsOnly(answer.get("release").asText());
      boolean hasRolls = answer.findValuesAsText("asset_id").contains(rolls);
      assertThat(hasRolls).isEqualTo(sequence == 2);
    }
    assertThat(seen).containsExactlyInAnyOrder(1, 2);
    assertThat(get("/assets/" + rolls + "/content").statusCode()).isEqualTo(200);
    JsonNode came = json(get("/releases/2/changes"));
    assertThat(came.at("/from/sequence").asInt()).isEqualTo(1);
    assertThat(came.get("added").asInt()).isEqualTo(1);
    assertThat(came.at("/examples/0/title").asText()).isEqualTo("rolls.txt");
    JsonNode left = json(get("/releases/1/changes?since=2"));
    assertThat(left.get("removed").asInt()).isEqualTo(1);
    assertThat(left.at("/reasons/0/reason").asText()).isEqualTo("PASSES");
    JsonNode all = json(get("/releases/1/changes?since=nothing"));
    assertThat(all.get("added").asInt()).isEqualTo(left.get("same").asInt());
    assertThat(get("/releases/7/changes").statusCode()).isEqualTo(404);
  }
}
