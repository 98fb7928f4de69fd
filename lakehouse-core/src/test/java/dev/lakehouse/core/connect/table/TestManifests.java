// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.SharedData;
import dev.lakehouse.core.connect.ItemJoin;
import dev.lakehouse.core.connect.Offer;
import dev.lakehouse.core.connect.Source;
import dev.lakehouse.core.connect.SourceItem;
import dev.lakehouse.core.connect.manifest.ManifestOptions;
import dev.lakehouse.core.connect.manifest.RowMapping;
import dev.lakehouse.core.connect.object.JsonlSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestManifests {
  private static final String TEXT = "id=id,text=text";
  private static final String IMAGE = "image=image,caption=caption";

  @TempDir Path folder;

  @Test
  void rowsOfJsonAreItems() throws IOException {
    List<SourceItem> items =
        jsonl(
            "id=id,text=text,lang=lang,licence=l,title=t",
            """
            {"id": "a", "text": "Hello", "lang": "en", "l": "CC0", "t": "T", "n": 3, "o": {"x": 1}}
            {"id": 2, "text": "/etc/passwd"}
            """);

    SourceItem first = items.get(0);
    assertThat(first.key()).isEqualTo("a");
    assertThat(first.offer()).isEqualTo(new Offer.Text("Hello"));
    assertThat(first.description().language()).contains("en");
    assertThat(first.description().licence()).contains("CC0");
    assertThat(first.description().title()).contains("T");
    assertThat(first.description().facts()).isEqualTo(Map.of("n", "3", "o", "{\"x\":1}"));
    assertThat(first.sourceUri()).endsWith("/manifest.jsonl#a");
    assertThat(items.get(1).key()).isEqualTo("2");
    assertThat(items.get(1).offer()).isEqualTo(new Offer.Text("/etc/passwd")); // never a path
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\": \"b\", \"text\": null}",
        "{\"id\": \"b\"}",
        "{\"text\": \"no id\"}",
        "{\"id\": \"\", \"text\": \"empty id\"}",
        "{\"id\": \"b\", \"text\": [\"list\"]}",
        "{\"id\": \"b\", \"text\": \"\\ud800 half a pair\"}",
        "{\"id\": \"b\", \"text\": \"twice\", \"text\": \"twice\"}",
        "{\"id\": \"b\", \"text\": \"open",
        "{\"id\": \"b\", \"text\": \"more\"} {}",
        "{\"id\": \"a\", \"text\": \"an id of before\"}",
        "[1, 2]",
        "\"text\"",
        "nonsense",
      })
  void aBadRowOfJsonIsOneRefusalAndItsNeighboursAreTaken(String bad) throws IOException {
    List<SourceItem> items =
        jsonl(TEXT, "{\"id\":\"a\",\"text\":\"1\"}\n\n" + bad + "\n{\"id\":\"c\",\"text\":\"2\"}");

    assertThat(items).hasSize(3);
    assertThat(outcome(items.get(0))).isEqualTo("text");
    assertThat(outcome(items.get(1))).isEqualTo("MALFORMED_ROW");
    assertThat(items.get(1).key()).isIn("line:3", "b");
    assertThat(outcome(items.get(2))).isEqualTo("text");
  }

  @Test
  void bytesThatAreNotUtf8SpoilTheirLineOnly() throws IOException {
    byte[] latin = "{\"id\":\"caf\u00e9\",\"text\":\"1\"}\n".getBytes(StandardCharsets.ISO_8859_1);
    Files.write(folder.resolve("manifest.jsonl"), latin);
    Files.writeString(
        folder.resolve("manifest.jsonl"),
        "{\"id\":\"a\",\"text\":\"line\u2028separator\"}",
        StandardOpenOption.APPEND);

    List<SourceItem> items = items(JsonlSource.open(options("manifest.jsonl", TEXT)));

    assertThat(items).extracting(TestManifests::outcome).containsExactly("MALFORMED_ROW", "text");
  }

  @Test
  void whatIsPackedWithGzipIsUnpackedWhateverItsName() throws IOException {
    Files.write(folder.resolve("rows.jsonl.gz"), gzip("{\"id\":1,\"text\":\"one\"}\n", "{}\n"));
    Files.write(folder.resolve("rows.csv"), gzip("id,text\n1,größer\n"));

    assertThat(items(JsonlSource.open(options("rows.jsonl.gz", TEXT))))
        .extracting(TestManifests::outcome)
        .containsExactly("text", "MALFORMED_ROW");
    assertThat(items(CsvSource.open(options("rows.csv", TEXT))))
        .extracting(SourceItem::offer)
        .containsExactly(new Offer.Text("größer"));
  }

  @Test
  void aPackedManifestThatIsCutIsNoShorterOne() throws IOException {
    byte[] whole = gzip("{\"id\":1,\"text\":\"one\"}\n");
    Files.write(folder.resolve("rows.jsonl.gz"), Arrays.copyOf(whole, whole.length - 8));

    assertThatThrownBy(() -> items(JsonlSource.open(options("rows.jsonl.gz", TEXT))))
        .isInstanceOf(LakehouseException.class)
        .hasMessageContaining("Cannot read manifest")
        .hasMessageContaining("rows.jsonl.gz: it ends in the middle");
  }

  @ParameterizedTest
  @ValueSource(strings = {"28b52ffd04580000 zstd", "fd377a585a000004 xz", "504b030414000000 zip"})
  void anotherPackingIsNamed(String startAndName) throws IOException {
    String start = startAndName.substring(0, 16);
    String packing = startAndName.substring(17);
    Files.write(folder.resolve("rows.jsonl"), HexFormat.of().parseHex(start));

    assertThatThrownBy(() -> JsonlSource.open(options("rows.jsonl", TEXT)))
        .isInstanceOf(LakehouseException.class)
        .hasMessageContaining("it is packed with " + packing)
        .hasMessageContaining("unpack it first");
  }

  private static byte[] gzip(String... parts) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    for (String part : parts) { // as tools do that append
      try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
        out.write(part.getBytes(StandardCharsets.UTF_8));
      }
    }
    return packed.toByteArray();
  }

  @Test
  void aFieldThatNoRowHasIsNamedBeforeAnyWork() {
    assertThatThrownBy(() -> jsonl("text=body", "{\"text\":\"1\", \"id\":2}"))
        .isInstanceOf(LakehouseException.class)
        .hasMessageContaining("has no field body (found id, text)");
    assertThatThrownBy(() -> csv("text=body", "id,text\n1,2\n"))
        .isInstanceOf(LakehouseException.class)
        .hasMessageContaining("has no field body (found id, text)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text",
        "text=",
        "=x",
        "colour=x,text=t",
        "id=a",
        "text=a,text=b",
        "text=a,caption=c"
      })
  void aMappingThatMakesNoSenseIsNamed(String mapping) {
    assertThatThrownBy(() -> RowMapping.parse(mapping)).hasMessageContaining("Invalid --map");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../secret.png",
        "a/../../secret.png",
        "/etc/passwd",
        "..",
        ".",
        "http://example.org/a.png",
        "https:/example.org/a.png",
        "file:///etc/passwd",
        "data:image/png;base64,AAAA",
        "s3a://bucket/a.png",
      })
  void pathsThatLeadOutAreRefused(String path) throws IOException {
    List<SourceItem> items = csv(IMAGE, "image,caption\n\"%s\",c\nok.png,c\n".formatted(path));

    assertThat(items).extracting(TestManifests::outcome).containsExactly("PATH_REFUSED", "ok.png");
  }

  @Test
  void pathsThatStayInsideAreTaken() throws IOException {
    String inside = folder.toRealPath() + "/abs.png";
    Files.writeString(folder.resolve("\u00e9 %.png"), "x");

    List<SourceItem> items =
        csv("image=image", "image\na//b/./c.png\na/../d.png\n%s\né %%.png\n".formatted(inside));

    assertThat(items)
        .extracting(TestManifests::outcome)
        .containsExactly("a/b/c.png", "d.png", "abs.png", "%C3%A9%20%25.png");
  }

  @Test
  void captionsAreTakenAsTheyAre() throws IOException {
    List<SourceItem> items =
        jsonl(
            IMAGE,
            """
            {"image": "1.png", "caption": ["one", "two"]}
            {"image": "2.png", "caption": ""}
            {"image": "3.png"}
            {"image": "4.png", "caption": [{"no": "text"}]}
            """);

    assertThat(items.get(0).description().captions()).containsExactly("one", "two");
    assertThat(items.get(1).description().captions()).containsExactly("");
    assertThat(items.get(2).description().captions()).isEmpty();
    assertThat(items.get(2).description().captionsDeclared()).isTrue();
    assertThat(outcome(items.get(3))).isEqualTo("MALFORMED_ROW");
  }

  @Test
  void aRowWithTextAndImageIsNeither() throws IOException {
    List<SourceItem> items =
        jsonl("text=t,image=i", "{\"t\":\"x\",\"i\":\"y.png\"}\n{\"i\":\"z.png\"}\n{\"t\":\"w\"}");

    assertThat(items)
        .extracting(TestManifests::outcome)
        .containsExactly("MALFORMED_ROW", "z.png", "text");
  }

  @Test
  void rowsOfCsvMayBeQuoted() throws IOException {
    List<SourceItem> items =
        csv(
            "id=id,text=text",
            "\uFEFFid;text;x\r\n1;\"semi;colon \"\"quoted\"\"\r\nsecond line\";\r\n\r\n2;5\" disk;y\r\n");

    assertThat(items).hasSize(2);
    assertThat(items.get(0).offer())
        .isEqualTo(new Offer.Text("semi;colon \"quoted\"\r\nsecond line"));
    assertThat(items.get(1).offer()).isEqualTo(new Offer.Text("5\" disk"));
    assertThat(items.get(1).description().facts()).isEqualTo(Map.of("x", "y"));
  }

  @Test
  void aBadRowOfCsvCostsItselfOnly() throws IOException {
    List<SourceItem> items =
        csv(
            "text=b",
            "a,b\n1,good\n2,too,many\n3\n4,\"open\n5,good\n6,\"closed\" twice\n7,\"good\"\n8,\"end\n");

    Map<String, String> outcomes = new TreeMap<>();
    items.forEach(item -> outcomes.put(item.key(), outcome(item)));
    assertThat(outcomes)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "line:2", "text",
                "line:3", "MALFORMED_ROW",
                "line:4", "MALFORMED_ROW",
                "line:5", "MALFORMED_ROW",
                "line:6", "text",
                "line:7", "MALFORMED_ROW",
                "line:8", "text",
                "line:9", "MALFORMED_ROW"));
  }

  @Test
  void emptyManifestsAreNamedOrEmpty() throws IOException {
    assertThat(jsonl(TEXT, "\n\n")).isEmpty();
    assertThat(csv("text=b", "a,b\n")).isEmpty();
    assertThatThrownBy(() -> csv("text=b", "")).hasMessageContaining("has no header");
    assertThatThrownBy(() -> JsonlSource.open(options("nothing.jsonl", TEXT)))
        .hasMessageContaining("nothing is there");
  }

  @Test
  void theSharedManifestsAreAccountedFor() {
    Path data = SharedData.require("data");

    assertThat(shared(data, "manifests/image_captions.jsonl", "id=id," + IMAGE + ",lang=lang"))
        .isEqualTo(Map.of("file", 55, "MALFORMED_ROW", 3, "PATH_REFUSED", 2));
    assertThat(shared(data, "text/jsonl/corpus.jsonl", TEXT + ",lang=lang"))
        .isEqualTo(Map.of("text", 445, "MALFORMED_ROW", 1));
    assertThat(shared(data, "manifests/flickr_style_captions.csv", IMAGE))
        .isEqualTo(Map.of("file", 50));
    assertThat(shared(data, "manifests/flickr_style_bad.csv", IMAGE))
        .isEqualTo(Map.of("MALFORMED_ROW", 5));
  }

  private Map<String, Integer> shared(Path data, String file, String mapping) {
    ManifestOptions options =
        new ManifestOptions(
            data.resolve(file).toString(),
            RowMapping.parse(mapping),
            Optional.of(data.toString()),
            Optional.empty(),
            Map.of());
    Source source = file.endsWith("csv") ? CsvSource.open(options) : JsonlSource.open(options);
    Map<String, Integer> outcomes = new TreeMap<>();
    items(source)
        .forEach(
            item ->
                outcomes.merge(
                    item.offer() instanceof Offer.File ? "file" : outcome(item), 1, Integer::sum));
    return outcomes;
  }

  private List<SourceItem> jsonl(String mapping, String content) throws IOException {
    Files.writeString(folder.resolve("manifest.jsonl"), content);
    return items(JsonlSource.open(options("manifest.jsonl", mapping)));
  }

  private List<SourceItem> csv(String mapping, String content) throws IOException {
    Files.writeString(folder.resolve("manifest.csv"), content);
    return items(CsvSource.open(options("manifest.csv", mapping)));
  }

  private ManifestOptions options(String file, String mapping) {
    return new ManifestOptions(
        folder.resolve(file).toString(),
        RowMapping.parse(mapping),
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }

  private static List<SourceItem> items(Source source) {
    try (Stream<SourceItem> items = source.items()) {
      return ItemJoin.all(items.toList());
    }
  }

  private static String outcome(SourceItem item) {
    if (item.offer() instanceof Offer.Refused refused) {
      return refused.code().name();
    }
    return item.offer() instanceof Offer.File file
        ? file.uri().substring(file.root().length() + 1)
        : "text";
  }
}
