// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.connect.Description;
import dev.lakehouse.core.connect.Offer;
import dev.lakehouse.core.connect.Place;
import dev.lakehouse.core.connect.SourceItem;
import dev.lakehouse.core.connect.url.FetchRules;
import dev.lakehouse.core.connect.url.ScriptedServer;
import dev.lakehouse.core.content.BlobMode;
import dev.lakehouse.core.content.BlobStore;
import dev.lakehouse.core.content.BlobStores;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestWebIntake {
  private static final byte[] PICTURE = picture();
  private static final byte[] PAGE =
      "<!DOCTYPE html><html><head><title>Gone</title></head><body>Gone</body></html>"
          .getBytes(UTF_8);

  @TempDir Path folder;
  private BlobStore blobs;
  private ScriptedServer server;
  private Ingestor ingestor;

  @BeforeEach
  void start() throws IOException {
    server = ScriptedServer.start();
    blobs = BlobStores.at(folder.toUri() + "blobs", Map.of());
    Settings settings =
        Settings.defaults()
            .orElse(
                Map.of(
                    "lakehouse.urls.private", "127.0.0.1", "lakehouse.urls.max-bytes", "1000000"),
                "test");
    ingestor =
        new Ingestor(
            new IngestPlan(
                blobs,
                BlobMode.COPY,
                Limits.from(settings),
                Map.of(),
                "run-1",
                Instant.EPOCH,
                FetchRules.from(settings)));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void whatIsFetchedIsABlobAndWhatTheServerSaidAreFacts() throws Exception {
    server.on("/a.png", PICTURE, "ETag: W/\"1\"");
    server.on("/start", (request, out) -> redirect(out, "/a.png"));

    Values row = asset("/start");

    assertThat(row.text("media_type")).contains("image/png");
    assertThat(row.text("blob")).contains(Digests.sha256(PICTURE));
    assertThat(row.text("source_uri")).contains(server.url("/start"));
    assertThat(row.find("facts"))
        .contains(
            Map.of(
                "http.url", server.url("/a.png"), "http.etag", "W/\"1\"", "alt", "from the list"));
    assertThat(stored()).containsExactly(Digests.sha256(PICTURE));
  }

  @Test
  void whatDidNotChangeKeepsItsRow() throws Exception {
    once("/a.png", PICTURE);
    once("/a.txt", "Grüße".getBytes(UTF_8));
    Values picture = asset("/a.png");
    Values text = asset("/a.txt");

    assertThat(again("/a.png", picture).toArray()).isEqualTo(picture.toArray());
    assertThat(again("/a.txt", text).toArray()).isEqualTo(text.toArray());
    assertThat(server.requests()).hasSize(4);
    assertThat(server.requests().get(2).headers()).containsEntry("if-none-match", "\"1\"");
  }

  @Test
  void aBlobThatIsGoneIsFetchedAgain() throws Exception {
    once("/a.png", PICTURE);
    Values row = asset("/a.png");
    blobs.remove(row.text("blob").orElseThrow());

    assertThat(again("/a.png", row).toArray()).isEqualTo(row.toArray());
    assertThat(server.requests().get(1).headers()).doesNotContainKey("if-none-match");
    assertThat(stored()).containsExactly(Digests.sha256(PICTURE));
  }

  @Test
  void whatIsKnownOfAnotherUrlIsOfNoUse() throws Exception {
    once("/a.png", PICTURE);
    once("/b.png", PICTURE);

    Values row = again("/b.png", asset("/a.png"));

    assertThat(row.text("source_uri")).contains(server.url("/b.png"));
    assertThat(server.requests().get(1).headers()).doesNotContainKey("if-none-match");
  }

  @Test
  void aPageIsTakenOnlyWhereOneWasAskedFor() throws Exception {
    server.on("/a.png", PAGE).on("/b", PAGE).on("/c.html", PAGE);

    assertThat(deadLetter("/a.png").text("error_code")).contains("HTML_PAGE");
    assertThat(deadLetter("/b").text("error_code")).contains("HTML_PAGE");
    assertThat(asset("/c.html").text("media_type")).contains("text/html");
  }

  @Test
  void aFailureNamesFieldAndRow() throws Exception {
    Values row = deadLetter("/gone.png");

    assertThat(row.text("error_code")).contains("HTTP_ERROR");
    assertThat(row.text("error_class")).contains("storage");
    assertThat(row.text("error_message"))
        .contains(
            server.url("/gone.png")
                + " answered 404 (Field url (image), line 7 of file:///lists/a.csv)");
  }

  @Test
  void whatIsLostMidwayLeavesNothingBehind() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    server.on(
        "/a.png",
        (request, out) -> {
          boolean whole = asked.getAndIncrement() > 0;
          out.write(
              "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n"
                  .formatted(PICTURE.length)
                  .getBytes(UTF_8));
          out.write(whole ? PICTURE : Arrays.copyOf(PICTURE, PICTURE.length / 2));
        });

    assertThat(asset("/a.png").text("sha256")).contains(Digests.sha256(PICTURE));
    assertThat(asked).hasValue(2);
    assertThat(stored()).containsExactly(Digests.sha256(PICTURE));
  }

  @Test
  void whatIsTooLongLeavesNothingBehind() throws Exception {
    server.on(
        "/endless.png",
        (request, out) -> {
          out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(UTF_8));
          out.write(PICTURE);
          for (; ; ) {
            out.write(new byte[1 << 16]);
          }
        });

    assertThat(deadLetter("/endless.png").text("error_code")).contains("BYTE_LIMIT");
    assertThat(stored()).isEmpty();
  }

  private List<String> stored() throws IOException {
    List<String> names = new ArrayList<>();
    blobs.list(file -> names.add(file.path().replaceFirst(".*/", "")));
    return names;
  }

  private Values asset(String path) {
    return ((Ingested.Asset) ingestor.ingest(item(path))).row();
  }

  private Values again(String path, Values before) {
    Values known = Values.of(Ingestor.KNOWN);
    Ingestor.KNOWN.names().forEach(name -> known.set(name, before.find(name).orElse(null)));
    return ((Ingested.Asset) ingestor.ingest(item(path), Optional.of(known))).row();
  }

  private Values deadLetter(String path) {
    return ((Ingested.DeadLetter) ingestor.ingest(item(path))).row();
  }

  private SourceItem item(String path) {
    String url = server.url(path);
    Description said =
        new Description(
            List.of(),
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of("alt", "from the list"));
    return new SourceItem(
        "list",
        url,
        url,
        new Offer.Url(url, "Field url (image)"),
        said,
        Place.line("file:///lists/a.csv", 7));
  }

  /** Content that is sent to whoever does not have it. */
  private void once(String path, byte[] content) {
    server.on(
        path,
        (request, out) -> {
          boolean known = request.headers().containsKey("if-none-match");
          ScriptedServer.send(
              out,
              known ? "304 Not Modified" : "200 OK",
              known ? new byte[0] : content,
              "ETag: \"1\"");
        });
  }

  private static void redirect(java.io.OutputStream out, String to) throws IOException {
    ScriptedServer.send(out, "302 Found", new byte[0], "Location: " + to);
  }

  private static byte[] picture() {
    try {
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      ImageIO.write(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB), "png", png);
      return png.toByteArray();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
