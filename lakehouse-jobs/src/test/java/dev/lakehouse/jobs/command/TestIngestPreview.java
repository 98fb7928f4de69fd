// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.connect.url.ScriptedServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ingest --preview} and the options of manifests. */
class TestIngestPreview {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("p.jpg"), "x");
    Files.write(
        folder.resolve("m.csv"),
        """
        sep=;
        file;words;nr
        p.jpg;a T\u00fcr;1
        p.jpg;two;2
        gone.jpg;three;1
        too;many;fields;here
        """
            .getBytes(StandardCharsets.ISO_8859_1));
  }

  private int preview(String... more) {
    List<String> args = new ArrayList<>(List.of("ingest", "--preview"));
    args.addAll(List.of(more));
    return Main.run(
        new PrintWriter(out, true), new PrintWriter(err, true), args.toArray(String[]::new));
  }

  private int csv(String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "--source",
                "csv",
                "--path",
                folder + "/m.csv",
                "--map",
                "image=file,caption=words"));
    args.addAll(List.of(more));
    return preview(args.toArray(String[]::new));
  }

  @Test
  void aPreviewShowsHowTheManifestIsUnderstood() throws IOException {
    assertThat(csv("--encoding", "ISO-8859-1", "--json")).isZero();

    JsonNode seen = Json.mapper().readTree(out.toString());
    assertThat(seen.path("reading").path("delimiter").asText()).isEqualTo(";");
    assertThat(seen.path("reading").path("encoding").asText()).startsWith("ISO-8859-1");
    assertThat(seen.path("fields").toString())
        .isEqualTo(
            "[{\"name\":\"file\",\"role\":\"image\"},{\"name\":\"words\",\"role\":\"caption\"},"
                + "{\"name\":\"nr\",\"role\":null}]");
    assertThat(seen.path("entries").asInt()).isEqualTo(4);
    assertThat(seen.path("items").asInt()).isEqualTo(3);
    assertThat(seen.path("first").path(0).path("captions").toString())
        .isEqualTo("[\"a T\u00fcr\",\"two\"]");
    assertThat(seen.path("problems").findValuesAsText("code"))
        .containsExactly("MISSING_FILE", "MALFORMED_ROW");
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(2); // nothing was written
    }
  }

  @Test
  void aPreviewReadsWell() {
    assertThat(csv()).isZero();

    assertThat(out.toString())
        .contains("delimiter     ;", "field         file -> image", "nr -> a fact of that name")
        .contains("line:3  MALFORMED_ROW", "--encoding", "nothing was written");
  }

  @Test
  void everyKindOfSourceHasAPreview() throws IOException {
    Files.writeString(
        folder.resolve("c.json"), "{\"images\":[{\"id\":1,\"file_name\":\"p.jpg\"}]}");
    Files.writeString(folder.resolve("r.json"), "[{\"t\":\"one\"},{\"t\":\"two\"}]");

    assertThat(preview("--source", "files", "--path", folder.toString())).isZero();
    assertThat(
            preview(
                "--source", "coco", "--annotations", folder + "/c.json", "--images", folder + ""))
        .isZero();
    assertThat(preview("--source", "jsonl", "--path", folder + "/r.json", "--map", "text=t"))
        .isZero();
    assertThat(out.toString()).contains("4 in the first 4", "key      1", "an array, or documents");
  }

  @ParameterizedTest
  @CsvSource({
    "--encoding, nonsense, there is no encoding",
    "--delimiter, none, expected a character",
    "--delimiter, ab, expected one character",
    "--escape, ab, expected one character"
  })
  void mistakesInOptionsAreNamed(String option, String value, String why) {
    assertThat(csv(option, value)).isEqualTo(2);
    assertThat(err.toString()).contains(why);
  }

  @Test
  void aListOfUrlsIsShownWithoutAskingAnybody() throws IOException {
    try (ScriptedServer server = ScriptedServer.start()) {
      Files.writeString(
          folder.resolve("list.csv"),
          "url,alt,w\n%s,a dog,9\nhttp://me:p4ss@b.example/,b,9\n".formatted(server.url("/a.png")));

      assertThat(preview("--source", "urls", "--path", folder + "/list.csv", "--json")).isZero();

      JsonNode seen = Json.mapper().readTree(out.toString());
      assertThat(seen.path("reading").path("rows name").asText())
          .isEqualTo("URLs, which are fetched");
      assertThat(seen.path("first").path(0).path("content").asText())
          .isEqualTo(server.url("/a.png"));
      assertThat(seen.path("first").path(0).path("captions").path(0).asText()).isEqualTo("a dog");
      assertThat(seen.path("problems").path(0).path("code").asText()).isEqualTo("URL_REFUSED");
      assertThat(out.toString() + err).doesNotContain("p4ss");
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void whatDoesNotGoWithUrlsIsSaid() {
    assertThat(preview("--source", "urls", "--path", folder + "/m.csv", "--blobs", "reference"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("'blobs' does not go with source urls");
  }

  @Test
  void aPageOfTheWebIsNoFile() {
    assertThat(preview("--source", "csv", "--path", "http://127.0.0.1:9/m.csv", "--map", "image=a"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("the web is asked by ingest of --source urls alone");
  }
}
