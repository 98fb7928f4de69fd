// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.url;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.apache.hc.core5.ssl.SSLContexts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestFetcher {
  private static final byte[] PICTURE = bytes(100_000);
  private static final int MAX_BYTES = 1 << 20;
  private static final byte[] NOTHING = new byte[0];

  private ScriptedServer server;

  @BeforeEach
  void start() throws IOException {
    server = ScriptedServer.start();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void contentComesWholeAndTheServerKnowsWhoAsks() throws Exception {
    server.on("/a.png", PICTURE, "ETag: \"v1\"", "Last-Modified: Tue, 01 Jan 2030 00:00:00 GMT");

    Got got = fetch("/a.png");

    assertThat(got.body()).isEqualTo(PICTURE);
    assertThat(got.validators())
        .isEqualTo(
            new Validators(
                server.url("/a.png"),
                Optional.of("\"v1\""),
                Optional.of("Tue, 01 Jan 2030 00:00:00 GMT")));
    assertThat(server.requests().get(0).headers())
        .containsEntry("user-agent", "multimodal-lakehouse (+crawler@example.org)")
        .containsEntry("accept-encoding", "identity")
        .containsEntry("host", "127.0.0.1:" + server.port());
  }

  @Test
  void whatIsEncodedIsNotEncodedAgain() throws Exception {
    String path = "/a%20b;c=1,%C3%BC%25%zz+%2F";
    server.on("/a%20b;c=1,%C3%BC%25%25zz+%2F", PICTURE);

    Got got =
        new Fetcher(rules())
            .fetch(
                Url.parse(server.url(path.replace("%C3%BC", "ü") + "?q=ä b&x=%2F;[1]#part")),
                Validators.none(),
                Got::read);

    assertThat(got.body()).isEqualTo(PICTURE);
    assertThat(server.requests().get(0).target())
        .isEqualTo("/a%20b;c=1,%C3%BC%25%25zz+%2F?q=%C3%A4%20b&x=%2F;[1]");
  }

  @Test
  void redirectsAreFollowedWhereverTheyLead() throws Exception {
    server.on("/start", redirect("/x/../b/one"));
    server.on("/b/one", redirect("two?n=1"));
    server.on("/b/two", redirect("http://127.0.0.1:" + server.port() + "/c ü.png"));
    server.on("/c%20%C3%BC.png", PICTURE);

    Got got = fetch("/start");

    assertThat(got.body()).isEqualTo(PICTURE);
    assertThat(got.validators().url()).isEqualTo(server.url("/c%20%C3%BC.png"));
    assertThat(server.requests()).hasSize(4);
  }

  @Test
  void redirectsInACircleEnd() {
    server.on("/a", redirect("/b")).on("/b", redirect("/a"));

    FetchFailure failure = failure("/a");

    assertThat(failure.code()).isEqualTo(ItemError.REDIRECT_LIMIT);
    assertThat(failure).hasMessageContaining("more than 5 times (lakehouse.urls.redirects)");
    assertThat(server.requests()).hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.2:%d/secret",
        "http://127.2:%d/secret",
        "http://[::ffff:127.0.0.2]:%d/secret",
        "http://[::1]:%d/secret",
        "http://0.0.0.0:%d/secret",
        "http://10.0.0.1/secret",
        "http://172.31.255.255/",
        "http://192.168.1.1/",
        "http://100.64.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[fe80::1]/",
        "http://[fd00::1]/",
        "http://[64:ff9b::a00:1]/",
        "http://[2002:a00:1::]/",
        "http://inside.test:%d/secret",
      })
  void redirectsToPrivateAddressesAreNotFollowed(String location) throws Exception {
    try (ScriptedServer inside = ScriptedServer.at("127.0.0.2")) {
      inside.on("/secret", PICTURE);
      server.on("/out", redirect(location.replace("%d", "" + inside.port())));
      Fetcher fetcher = fetcher(rules(), host -> named(host, "inside.test", "127.0.0.2"));

      FetchFailure failure = failure(fetcher, server.url("/out"));

      assertThat(failure.code()).isEqualTo(ItemError.ADDRESS_REFUSED);
      assertThat(failure).hasMessageContaining("lakehouse.urls.private allows others");
      assertThat(inside.requests()).isEmpty();
      assertThat(server.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"file:///etc/passwd", "ftp://example.org/a", "http://u:p4ss@example.org/"})
  void redirectsToWhatIsNoUrlOfTheWebAreNotFollowed(String location) {
    server.on("/out", redirect(location));

    FetchFailure failure = failure("/out");

    assertThat(failure.code()).isEqualTo(ItemError.URL_REFUSED);
    assertThat(failure).hasMessageNotContaining("p4ss");
  }

  @Test
  void aNameIsLookedUpOnceAndTheConnectionGoesThere() throws Exception {
    server.on("/a", PICTURE);
    AtomicInteger looked = new AtomicInteger();
    try (ScriptedServer inside = ScriptedServer.at("127.0.0.2")) {
      AddressGuard.Names rebinding =
          host ->
              named(host, "moving.test", looked.getAndIncrement() == 0 ? "127.0.0.1" : "127.0.0.2");

      Got got =
          fetcher(rules(), rebinding)
              .fetch(
                  Url.parse("http://moving.test:%d/a".formatted(server.port())),
                  Validators.none(),
                  Got::read);

      assertThat(got.body()).isEqualTo(PICTURE);
      assertThat(looked).hasValue(1);
      assertThat(server.requests().get(0).headers())
          .containsEntry("host", "moving.test:" + server.port());
      assertThat(inside.requests()).isEmpty();
    }
  }

  @Test
  void aNameWithOnePrivateAddressIsRefused() throws Exception {
    server.on("/a", PICTURE);
    AddressGuard.Names both =
        host ->
            new InetAddress[] {
              InetAddress.getByName("127.0.0.1"), InetAddress.getByName("127.0.0.2")
            };

    FetchFailure failure =
        failure(fetcher(rules(), both), "http://both.test:%d/a".formatted(server.port()));

    assertThat(failure.code()).isEqualTo(ItemError.ADDRESS_REFUSED);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void nothingPrivateIsAskedWhereNobodyAllowsIt() {
    server.on("/a", PICTURE);
    Fetcher fetcher = new Fetcher(FetchRules.from(Settings.defaults()));

    assertThat(failure(fetcher, server.url("/a")).code()).isEqualTo(ItemError.ADDRESS_REFUSED);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void aServerThatStallsIsTriedAgainAndGivenUp() {
    server.on(
        "/stalls",
        (request, out) -> {
          out.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc".getBytes(UTF_8));
          out.flush();
          Thread.sleep(60_000);
        });

    FetchFailure failure = failure("/stalls");

    assertThat(failure.code()).isEqualTo(ItemError.TIME_LIMIT);
    assertThat(failure).hasMessageContaining("lakehouse.urls.stall-seconds (3 tries)");
    assertThat(server.requests()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nX-Slow: ", ""})
  void aServerThatDripsIsCutOff(String start) {
    server.on(
        "/drips",
        (request, out) -> {
          out.write(start.getBytes(UTF_8));
          for (int i = 0; i < 10_000; i++) {
            out.write('x');
            out.flush();
            Thread.sleep(50);
          }
        });
    Fetcher fetcher = new Fetcher(rules("lakehouse.urls.seconds", "2"));

    FetchFailure failure = failure(fetcher, server.url("/drips"));

    assertThat(failure.code()).isEqualTo(ItemError.TIME_LIMIT);
    assertThat(failure).hasMessageContaining("lakehouse.urls.seconds");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void anEndlessBodyIsCutOff() {
    AtomicLong sent = new AtomicLong();
    server.on(
        "/endless",
        (request, out) -> {
          out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(UTF_8));
          for (; ; sent.addAndGet(PICTURE.length)) {
            out.write(PICTURE);
          }
        });

    assertThat(failure("/endless").code()).isEqualTo(ItemError.BYTE_LIMIT);
    assertThat(server.requests()).hasSize(1);
    assertThat(sent.get()).isLessThan(100L * MAX_BYTES); // what the system's buffers hold
  }

  @Test
  void endlessHeadersAreCutOff() {
    server.on(
        "/headers",
        (request, out) -> {
          out.write("HTTP/1.1 200 OK\r\n".getBytes(UTF_8));
          for (; ; ) {
            out.write("X-More: more\r\n".getBytes(UTF_8));
          }
        });

    assertThat(failure("/headers").code()).isEqualTo(ItemError.SOURCE_UNREADABLE);
  }

  @Test
  void aLengthBeyondTheLimitIsNotReadAtAll() {
    server.on(
        "/long",
        (request, out) ->
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n".getBytes(UTF_8)));

    FetchFailure failure = failure("/long");

    assertThat(failure.code()).isEqualTo(ItemError.BYTE_LIMIT);
    assertThat(failure)
        .hasMessageContaining("99999999999 bytes, more than lakehouse.urls.max-bytes");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aGzipBombIsCutOffByWhatItGrowsTo() throws Exception {
    byte[] bomb = gzip(new byte[64 << 20]);
    assertThat(bomb.length).isLessThan(MAX_BYTES);
    server.on("/bomb", bomb, "Content-Encoding: gzip");

    assertThat(failure("/bomb").code()).isEqualTo(ItemError.BYTE_LIMIT);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void whatIsPackedAllTheSameIsUnpacked() throws Exception {
    server.on("/packed", gzip(PICTURE), "Content-Encoding: gzip");
    server.on("/odd", PICTURE, "Content-Encoding: br");
    server.on("/lies", PICTURE, "Content-Encoding: gzip");

    assertThat(fetch("/packed").body()).isEqualTo(PICTURE);
    assertThat(failure("/odd").code()).isEqualTo(ItemError.HTTP_ERROR);
    assertThat(failure("/lies").code()).isEqualTo(ItemError.CORRUPT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"429 Too Many Requests", "503 Service Unavailable"})
  void aBusyServerIsAskedAgainWhenItSays(String status) throws Exception {
    busy("/busy", 1, status, "Retry-After: 2");
    long before = System.nanoTime();

    assertThat(fetch("/busy").body()).isEqualTo(PICTURE);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofSeconds(2));
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void aBusyServerMayNameADateByItsOwnClock() throws Exception {
    busy(
        "/busy",
        1,
        "429 Too Many Requests",
        "Date: Tue, 01 Jan 2030 00:00:00 GMT",
        "Retry-After: Tue, 01 Jan 2030 00:00:02 GMT");
    long before = System.nanoTime();

    assertThat(fetch("/busy").body()).isEqualTo(PICTURE);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofSeconds(2));
  }

  @Test
  void aServerThatStaysBusyIsGivenUp() {
    busy("/busy", 99, "503 Service Unavailable");

    FetchFailure failure = failure("/busy");

    assertThat(failure.code()).isEqualTo(ItemError.THROTTLED);
    assertThat(failure).hasMessageContaining("answered 503: too busy (3 tries)");
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void aHostThatWantsToBeLeftAloneIs() {
    busy("/busy", 99, "429 Too Many Requests", "Retry-After: 3600");
    server.on("/other", PICTURE);

    assertThat(failure("/busy").code()).isEqualTo(ItemError.THROTTLED);
    FetchFailure other = failure("/other");
    assertThat(other.code()).isEqualTo(ItemError.THROTTLED);
    assertThat(other).hasMessageContaining("asks to be left alone for 3");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aHostThatIsDownDoesNotCostAllTriesOfEachUrl() throws Exception {
    busy("/down", 9_999, "503 Service Unavailable");
    server.on("/up", PICTURE);
    for (int i = 0; i < 7; i++) {
      assertThat(failure("/down").code()).isEqualTo(ItemError.THROTTLED);
    }
    assertThat(server.requests()).hasSize(5 * 3 + 2);

    assertThat(fetch("/up").body()).isEqualTo(PICTURE);
    server.forget();

    assertThat(failure("/down").code()).isEqualTo(ItemError.THROTTLED);
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void whatMayPassIsTriedAgain() throws Exception {
    busy("/broken", 2, "500 Internal Server Error");

    assertThat(fetch("/broken").body()).isEqualTo(PICTURE);
    assertThat(server.requests()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"404 Not Found", "403 Forbidden", "410 Gone", "204 No Content", "206 Partial"})
  void whatWillNotPassIsNot(String status) {
    busy("/a", 99, status);

    FetchFailure failure = failure("/a");

    assertThat(failure.code()).isEqualTo(ItemError.HTTP_ERROR);
    assertThat(failure).hasMessageEndingWith("answered " + status.substring(0, 3));
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aConnectionLostMidwayIsReadAgainFromTheFirstByte() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    server.on(
        "/lost",
        (request, out) -> {
          byte[] sent = asked.getAndIncrement() < 2 ? Arrays.copyOf(PICTURE, 60_000) : PICTURE;
          out.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n".getBytes(UTF_8));
          out.write(sent);
        });

    assertThat(fetch("/lost").body()).isEqualTo(PICTURE);
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void aLengthThatNeverComesTrueIsNoContent() {
    server.on(
        "/short",
        (request, out) -> {
          out.write("HTTP/1.1 200 OK\r\nContent-Length: 100001\r\n\r\n".getBytes(UTF_8));
          out.write(PICTURE);
        });

    assertThat(failure("/short").code()).isEqualTo(ItemError.SOURCE_UNREADABLE);
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void chunksThatEndEarlyAreNoContent() {
    server.on(
        "/chunks",
        (request, out) ->
            out.write(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n"
                    .getBytes(UTF_8)));

    assertThat(failure("/chunks").code()).isEqualTo(ItemError.SOURCE_UNREADABLE);
  }

  @Test
  void bytesBehindTheLengthBelongToNobody() throws Exception {
    server.on(
        "/more",
        (request, out) -> {
          out.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n".getBytes(UTF_8));
          out.write("abcdeHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil".getBytes(UTF_8));
        });
    server.on("/next", PICTURE);
    Fetcher fetcher = new Fetcher(rules());

    assertThat(fetcher.fetch(at("/more"), Validators.none(), Got::read).body())
        .isEqualTo("abcde".getBytes(UTF_8));
    assertThat(fetcher.fetch(at("/next"), Validators.none(), Got::read).body()).isEqualTo(PICTURE);
  }

  @Test
  void nobodyListeningIsTriedAgain() throws Exception {
    server.close();

    FetchFailure failure = failure("/a");

    assertThat(failure.code()).isEqualTo(ItemError.SOURCE_UNREADABLE);
    assertThat(failure).hasMessageContaining("(3 tries)");
  }

  @Test
  void whatDidNotChangeIsNotSentAgain() throws Exception {
    server.on("/moved", redirect("/a"));
    server.on("/a", (request, out) -> answerUnlessKnown(request, out));
    Fetcher fetcher = new Fetcher(rules());
    Validators first = fetcher.fetch(at("/moved"), Validators.none(), Got::read).validators();

    boolean unchanged =
        fetcher.fetch(at("/moved"), first, answer -> answer instanceof Answer.Unchanged);

    assertThat(unchanged).isTrue();
    assertThat(server.requests().get(2).headers()).doesNotContainKey("if-none-match");
    assertThat(server.requests().get(3).headers())
        .containsEntry("if-none-match", "\"v1\"")
        .containsEntry("if-modified-since", "Tue, 01 Jan 2030 00:00:00 GMT");
  }

  @Test
  void unchangedIsNoAnswerToWhoKnowsNothing() {
    busy("/a", 99, "304 Not Modified");

    assertThat(failure("/a").code()).isEqualTo(ItemError.HTTP_ERROR);
  }

  private static void answerUnlessKnown(ScriptedServer.Request request, OutputStream out)
      throws IOException {
    boolean known = request.headers().getOrDefault("if-none-match", "").equals("\"v1\"");
    ScriptedServer.send(
        out,
        known ? "304 Not Modified" : "200 OK",
        known ? NOTHING : PICTURE,
        "ETag: \"v1\"",
        "Last-Modified: Tue, 01 Jan 2030 00:00:00 GMT");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "noai",
        "noindex, NoAI",
        "noimageai",
        "multimodal-lakehouse: noai",
        "unavailable_after: 25 Jun 2030 15:00:00 PST, noai",
        "*: noai"
      })
  void whoOptsOutIsNotTaken(String tag) {
    server.on("/a", PICTURE, "X-Robots-Tag: googlebot: noindex", "X-Robots-Tag: " + tag);

    FetchFailure failure = failure("/a");

    assertThat(failure.code()).isEqualTo(ItemError.OPTED_OUT);
    assertThat(server.requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"noindex", "otherbot: noai", "otherbot: noindex, noai", "none"})
  void whoSpeaksToOthersOrOfOtherThingsDoesNotOptOut(String tag) throws Exception {
    server.on("/a", PICTURE, "X-Robots-Tag: " + tag);

    assertThat(fetch("/a").body()).isEqualTo(PICTURE);
  }

  @Test
  void optingOutCountsWhereNothingElseChanged() {
    server.on(
        "/a",
        (request, out) ->
            ScriptedServer.send(out, "304 Not Modified", NOTHING, "X-Robots-Tag: noai"));
    Validators known = new Validators(server.url("/a"), Optional.of("\"v1\""), Optional.empty());

    FetchFailure failure =
        catchThrowableOfType(
            FetchFailure.class, () -> new Fetcher(rules()).fetch(at("/a"), known, Got::read));

    assertThat(failure.code()).isEqualTo(ItemError.OPTED_OUT);
  }

  @Test
  void aHostIsAskedSoManyTimesAtOnceAndSoLongAfter() throws Exception {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Long> starts = new ArrayList<>();
    server.on(
        "/a",
        (request, out) -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          synchronized (starts) {
            starts.add(System.nanoTime());
          }
          Thread.sleep(300);
          now.decrementAndGet();
          ScriptedServer.send(out, "200 OK", PICTURE);
        });
    Fetcher fetcher =
        new Fetcher(rules("lakehouse.urls.per-host", "2", "lakehouse.urls.host-delay", "100"));
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      threads.add(new Thread(() -> fetchQuietly(fetcher)));
    }

    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(server.requests()).hasSize(8);
    assertThat(most.get()).isLessThanOrEqualTo(2);
    assertThat(Duration.ofNanos(starts.get(7) - starts.get(0)))
        .isGreaterThan(Duration.ofMillis(600));
  }

  private void fetchQuietly(Fetcher fetcher) {
    try {
      fetcher.fetch(at("/a"), Validators.none(), Got::read);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** What came of an answer with content. */
  private record Got(Validators validators, byte[] body) {
    static Got read(Answer answer) throws IOException {
      return new Got(answer.validators(), ((Answer.Content) answer).body().readAllBytes());
    }
  }

  private Url at(String target) throws Exception {
    return Url.parse(server.url(target));
  }

  private Got fetch(String path) throws Exception {
    return new Fetcher(rules()).fetch(at(path), Validators.none(), Got::read);
  }

  private FetchFailure failure(String path) {
    return failure(new Fetcher(rules()), server.url(path));
  }

  private static FetchFailure failure(Fetcher fetcher, String url) {
    return catchThrowableOfType(
        FetchFailure.class, () -> fetcher.fetch(Url.parse(url), Validators.none(), Got::read));
  }

  private void busy(String path, int times, String status, String... headers) {
    AtomicInteger asked = new AtomicInteger();
    server.on(
        path,
        (request, out) -> {
          boolean busy = asked.getAndIncrement() < times;
          ScriptedServer.send(
              out,
              busy ? status : "200 OK",
              busy ? NOTHING : PICTURE,
              busy ? headers : new String[0]);
        });
  }

  private static ScriptedServer.Script redirect(String location) {
    byte[] utf8 = location.getBytes(UTF_8);
    String header = new String(utf8, java.nio.charset.StandardCharsets.ISO_8859_1);
    return (request, out) -> ScriptedServer.send(out, "302 Found", NOTHING, "Location: " + header);
  }

  private static Fetcher fetcher(FetchRules rules, AddressGuard.Names names) {
    return new Fetcher(rules, names, SSLContexts.createDefault());
  }

  private static InetAddress[] named(String host, String name, String address)
      throws java.net.UnknownHostException {
    return InetAddress.getAllByName(host.equals(name) ? address : host);
  }

  private static FetchRules rules(String... more) {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "lakehouse.urls.private", "127.0.0.1",
                "lakehouse.urls.contact", "crawler@example.org",
                "lakehouse.urls.max-bytes", "" + MAX_BYTES,
                "lakehouse.urls.stall-seconds", "1",
                "lakehouse.urls.tries", "3",
                "lakehouse.urls.seconds", "60"));
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return FetchRules.from(Settings.defaults().orElse(settings, "test"));
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(content);
    }
    return packed.toByteArray();
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(7).nextBytes(bytes);
    return bytes;
  }
}
