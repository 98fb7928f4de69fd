// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.connect.SourceItem;
import dev.lakehouse.jobs.command.input.SourceRequest.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestGuessedSource {
  @TempDir Path home;

  private GuessedSource guess(String name, String content) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    return GuessedSource.of(Files.writeString(file, content).toString(), Map.of());
  }

  @Test
  void aFolderIsAllItsFiles() {
    GuessedSource guess = GuessedSource.of(home.toString(), Map.of());

    assertThat(guess.kind()).isEqualTo(Kind.FILES);
    assertThat(guess.words()).contains(home.toString(), "--source files");
  }

  @Test
  void shardsAreToldByTheirNames() throws IOException {
    assertThat(guess("one.tar.gz", "x").kind()).isEqualTo(Kind.WEBDATASET);
    assertThat(guess("shards/a.tar", "x").kind()).isEqualTo(Kind.WEBDATASET);
    Files.writeString(home.resolve("shards/a_stats.json"), "{}");
    assertThat(GuessedSource.of(home + "/shards", Map.of()).kind()).isEqualTo(Kind.WEBDATASET);
    assertThat(GuessedSource.of(home + "/shards/{a,b}.tar", Map.of()).kind())
        .isEqualTo(Kind.WEBDATASET);
    assertThat(GuessedSource.of("s3a://b/shards/{000..9}.tar", Map.of()).kind())
        .isEqualTo(Kind.WEBDATASET);
    Files.writeString(home.resolve("shards/picture.jpg"), "x");
    assertThat(GuessedSource.of(home + "/shards", Map.of()).kind()).isEqualTo(Kind.FILES);
  }

  @Test
  void tablesAreToldByWhatLiesInThem() throws IOException {
    Map<String, String> map = Map.of("map", "id=id,text=body");
    Path folder = Files.createDirectories(home.resolve("rows"));
    Files.writeString(folder.resolve("part-0.parquet"), "x");
    Files.writeString(folder.resolve("_SUCCESS"), "");

    assertThat(GuessedSource.of(folder.toString(), map).kind()).isEqualTo(Kind.PARQUET);
    assertThat(GuessedSource.of(folder + "/part-0.parquet", map).kind()).isEqualTo(Kind.PARQUET);
    assertThat(GuessedSource.of("s3a://b/x.parquet", map).kind()).isEqualTo(Kind.PARQUET);
    assertThatThrownBy(() -> GuessedSource.of(folder.toString(), Map.of()))
        .isInstanceOf(LakehouseException.class)
        .hasMessageContaining("is a parquet table: say which column is what with --map");
    Files.createDirectory(folder.resolve("_delta_log"));
    assertThat(GuessedSource.of(folder.toString(), map).kind()).isEqualTo(Kind.DELTA);
  }

  @Test
  void oneFileIsThatFileAlone() throws IOException {
    Files.writeString(home.resolve("b.txt"), "another");
    Files.createDirectories(home.resolve("sub"));
    Files.writeString(home.resolve("sub/a [1].txt"), "elsewhere");
    GuessedSource guess = guess("a [1].txt", "A text.");

    assertThat(new SourceRequest(guess.kind(), guess.options()).open(Map.of()).items())
        .extracting(SourceItem::key)
        .containsExactly("a [1].txt");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          r.csv   | 'id,text'                       | id=id,text=text
          r.csv   | 'image,caption'                 | image=image,caption=caption
          r.csv   | '"ID";"File_Name";"Text";"x"'   | id=ID,image=File_Name,caption=Text
          r.tsv   | 'doc_id	body	license'            | id=doc_id,text=body,licence=license
          r.jsonl | '{"id": 1, "body": "x"}'        | id=id,text=body
          r.ndjson| '{"image": "a.jpg", "captions": ["x"], "lang": "en"}' | image=image,caption=captions,lang=lang
          """)
  void theFieldsOfAManifestAreTakenByTheirNames(String name, String first, String map)
      throws IOException {
    GuessedSource guess = guess(name, first + "\n");

    assertThat(guess.options()).containsEntry("map", map);
    assertThat(guess.words()).contains("--map " + map);
  }

  @Test
  void aManifestOfAnotherCharsetIsRead() throws IOException {
    Path file = home.resolve("wide.csv");
    Files.write(file, "\uFEFFid,text\n1,x\n".getBytes(StandardCharsets.UTF_16LE));

    assertThat(GuessedSource.of(file.toString(), Map.of()).options())
        .containsEntry("map", "id=id,text=text");
  }

  @Test
  void aPackedManifestIsOne() throws IOException {
    Path file = home.resolve("c4.json.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("{\"id\": 1, \"text\": \"x\"}\n".getBytes(StandardCharsets.UTF_8));
    }
    Map<String, String> map = Map.of("map", "text=text");

    assertThat(GuessedSource.of(file.toString(), Map.of()).kind()).isEqualTo(Kind.JSONL);
    assertThat(GuessedSource.of(file.toString(), Map.of()).options())
        .containsEntry("map", "id=id,text=text");
    assertThat(GuessedSource.of("s3a://b/Rows.CSV.gz", map).kind()).isEqualTo(Kind.CSV);
    assertThat(GuessedSource.of("s3a://b/letters.gz", map).kind()).isEqualTo(Kind.FILES);
  }

  @Test
  void whatIsGivenIsNotGuessed() throws IOException {
    Path file = Files.writeString(home.resolve("r.csv"), "a,b\n");

    assertThat(GuessedSource.of(file.toString(), Map.of("map", "text=b")).options())
        .containsEntry("map", "text=b");
    assertThatThrownBy(() -> GuessedSource.of(file.toString(), Map.of()))
        .isInstanceOf(LakehouseException.class)
        .hasMessageContaining("Cannot tell which field of " + file)
        .hasMessageContaining("found a, b")
        .hasMessageContaining("--map");
  }

  @Test
  void thePicturesOfACocoFileAreLookedForBesideIt() throws IOException {
    Path pictures = Files.createDirectories(home.resolve("coco/train"));
    Files.writeString(pictures.resolve("1.jpg"), "x");

    GuessedSource guess =
        guess(
            "coco/annotations/captions.json",
            "{\"info\": {\"a\": [1]}, \"images\": [{\"id\": 1, \"file_name\": \"1.jpg\"}]}");

    assertThat(guess.kind()).isEqualTo(Kind.COCO);
    assertThat(guess.options()).containsEntry("images", pictures.toString());
    assertThatThrownBy(() -> guess("lost.json", "{\"images\": [{\"file_name\": \"none.jpg\"}]}"))
        .hasMessageContaining("Where are the pictures of")
        .hasMessageContaining("--images");
    assertThatThrownBy(() -> guess("other.json", "{\"a\": 1}"))
        .hasMessageContaining("expected a COCO file, which has a list 'images'");
  }

  @Test
  void whatStandsOnAStoreIsToldByItsName() {
    GuessedSource folder = GuessedSource.of("s3a://bucket/pictures", Map.of());
    GuessedSource manifest = GuessedSource.of("s3a://bucket/rows.jsonl", Map.of("map", "text=b"));

    assertThat(folder.kind()).isEqualTo(Kind.FILES);
    assertThat(folder.options()).containsEntry("path", "s3a://bucket/pictures");
    assertThat(GuessedSource.local("s3a://bucket/pictures")).isEmpty();
    assertThat(manifest.kind()).isEqualTo(Kind.JSONL);
    assertThatThrownBy(() -> GuessedSource.of("s3a://bucket/rows.csv", Map.of()))
        .hasMessageContaining("s3a://bucket/rows.csv is a manifest on a store")
        .hasMessageContaining("--map");
    assertThatThrownBy(() -> GuessedSource.of("s3a://bucket/coco.json", Map.of()))
        .hasMessageContaining("--source coco --annotations s3a://bucket/coco.json");
  }

  @Test
  void aUriOfThisMachineIsAPath() {
    GuessedSource guess = GuessedSource.of("file://" + home, Map.of());

    assertThat(guess.kind()).isEqualTo(Kind.FILES);
    assertThat(guess.options()).containsEntry("path", home.toString());
  }

  @Test
  void aListOfUrlsIsNotFetchedUnasked() throws IOException {
    assertThatThrownBy(() -> guess("list.csv", "url,alt\nhttp://a.example/1.png,a dog\n"))
        .hasMessageContaining("names URLs in its field url, which are not fetched unasked")
        .hasMessageContaining("--source urls --path " + home.resolve("list.csv"));
    GuessedSource texts = guess("laion.csv", "URL,TEXT\nhttp://a.example/1.png,a dog\n");

    assertThat(texts.kind()).isEqualTo(Kind.CSV);
    assertThat(texts.words()).endsWith("its field URL names is fetched with --source urls alone");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "u.csv   | 'URL,TEXT' | caption=TEXT,image=URL",
        "u.tsv   | 'id\timage_url\tlicense' | id=id,image=image_url,licence=license",
        "u.jsonl | '{\"link\": \"http://a.example/\", \"title\": \"x\"}' | image=link,title=title",
        "u.txt   | 'http://a.example/' | image=url",
      })
  void aListOfUrlsShowsItsFields(String name, String content, String mapping) throws IOException {
    Path list = Files.writeString(home.resolve(name.strip()), content.replace("\\t", "\t") + "\n");

    assertThat(List.of(GuessedFields.ofUrls(list.toString()).split(",")))
        .containsExactlyInAnyOrder(mapping.split(","));
    assertThat(
            new SourceRequest(Kind.URLS, Map.of("path", list.toString()))
                .open(Map.of())
                .isFetched())
        .isTrue();
  }
}
