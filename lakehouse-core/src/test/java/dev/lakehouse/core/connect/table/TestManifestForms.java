// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.connect.ItemJoin;
import dev.lakehouse.core.connect.Offer;
import dev.lakehouse.core.connect.Source;
import dev.lakehouse.core.connect.SourceItem;
import dev.lakehouse.core.connect.UriNames;
import dev.lakehouse.core.connect.manifest.CsvOptions;
import dev.lakehouse.core.connect.manifest.ManifestOptions;
import dev.lakehouse.core.connect.manifest.RowMapping;
import dev.lakehouse.core.connect.object.JsonlSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Manifests as other people's programs write them. */
class TestManifestForms {
  private static final String TEXT = "id=id,text=text";
  private static final String IMAGE = "image=image,caption=caption";

  @TempDir Path folder;

  // --- CSV
  // ----------------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(strings = {"\r", "\n", "\r\n"})
  void linesMayEndInEveryWay(String end) throws IOException {
    String rows = "id,text\n1,one\n2,\"two\nlines\"\n3,three\n".replace("\n", end);

    assertThat(texts(csv(TEXT, rows)))
        .isEqualTo(Map.of("1", "one", "2", "two" + end + "lines", "3", "three"));
  }

  @Test
  void aLoneReturnAmongLineFeedsIsALetter() throws IOException {
    assertThat(texts(csv(TEXT, "id,text\n1,one\rmore\n2,two\n")))
        .isEqualTo(Map.of("1", "one\rmore", "2", "two"));
  }

  @Test
  void quotesMayBeEscapedWithBackslashes() throws IOException {
    String rows =
        """
        id,text
        1,"He said \\"come in\\" and closed"
        2,"15\\" wide, fine"
        3,"ends in a quoted \\"word\\""
        4,"C:\\\\dir, C:\\other"
        5,C:\\plain
        6,"\\""
        """;

    assertThat(texts(csv(TEXT, rows)))
        .isEqualTo(
            Map.of(
                "1", "He said \"come in\" and closed",
                "2", "15\" wide, fine",
                "3", "ends in a quoted \"word\"",
                "4", "C:\\dir, C:\\other",
                "5", "C:\\plain",
                "6", "\""));
  }

  @Test
  void aBackslashIsALetterWhereQuotesAreDoubled() throws IOException {
    assertThat(texts(csv(TEXT, "id,text\n1,\"a \"\"b\"\" \\\\c\\\"\n2,\"d\\\"\n")))
        .isEqualTo(Map.of("1", "a \"b\" \\\\c\\", "2", "d\\"));
  }

  @Test
  void oneRowOfTheOtherDialectIsReadInIt() throws IOException {
    String doubled =
        IntStream.range(0, 30)
            .mapToObj(i -> "%d,\"a \"\"b\"\" c\"\n".formatted(i))
            .collect(Collectors.joining());

    List<SourceItem> items = csv(TEXT, "id,text\n" + doubled + "x,\"say \\\"hi\\\", you\"\n");

    assertThat(texts(items)).hasSize(31).containsEntry("x", "say \"hi\", you");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {"sep=;! ;", "\"sep=;\"! ;", "SEP=|! |"})
  void aSeparatorLineIsUnderstood(String line, String delimiter) throws IOException {
    String rows = line + "\r\nid;text\r\n1;one, two\r\n".replace(";", delimiter);

    assertThat(texts(csv(TEXT, rows))).isEqualTo(Map.of("1", "one, two"));
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t", "|"})
  void theDelimiterIsTheOneThatMostRowsAgreeOn(String delimiter) throws IOException {
    String rows =
        "id~text~a;b,c|d\te\n1~\"x, y; z | w\"~5\n2~plain; and, more | of\n3~three~6\n"
            .replace(delimiter, "_")
            .replace("~", delimiter);

    assertThat(texts(csv(TEXT, rows))).containsKeys("1", "3");
  }

  @Test
  void theDelimiterIsTheOneThatHasTheMappedColumns() throws IOException {
    assertThat(texts(csv(TEXT, "id|text\n1|a;b;c\n"))).isEqualTo(Map.of("1", "a;b;c"));
    assertThat(texts(csv("id=id,text=a;b", "id,a;b\n1,c;d\n"))).isEqualTo(Map.of("1", "c;d"));
  }

  /** As Flickr30k's own captions are written. */
  @Test
  void blanksBehindDelimitersAreNoWordsWhereTheHeaderHasThemToo() throws IOException {
    assertThat(
            texts(
                csv(TEXT, "id| n| text\n1| 0| One , two .\n2|1|\"no | blank\"\n3| 2| \" kept\"\n")))
        .isEqualTo(Map.of("1", "One , two .", "2", "no | blank", "3", " kept"));
    assertThat(texts(csv(TEXT, "id,text\n1, as it is\n"))).isEqualTo(Map.of("1", " as it is"));
    assertThat(texts(csv(TEXT, "id, n,text\n1, 2, as it is\n")))
        .isEqualTo(Map.of("1", " as it is"));
  }

  @Test
  void columnsOfOneNameAreBothKept() throws IOException {
    List<SourceItem> items = csv(TEXT, "id,tag,text,tag,,tag_2,tag\n1,a,t,b,c,d,e\n");

    assertThat(items.get(0).description().facts())
        .isEqualTo(Map.of("tag", "a", "tag_3", "b", "column_5", "c", "tag_2", "d", "tag_4", "e"));
    assertThatThrownBy(() -> csv("text=tag", "id,tag,tag\n1,a,b\n"))
        .hasMessageContaining("more than one column tag");
  }

  @Test
  void surplusFieldsThatAreEmptyAreNoDamage() throws IOException {
    assertThat(texts(csv(TEXT, "id,text\n1,one,,\n2,two\n"))).containsKeys("1", "2");
  }

  @Test
  void anOpenQuoteBeforeManyRowsCostsItsLineOnly() throws IOException {
    String rows =
        IntStream.range(0, 3000)
            .mapToObj(i -> i == 7 ? i + ",\"open\n" : i + ",text\n")
            .collect(Collectors.joining());

    List<SourceItem> items = csv(TEXT, "id,text\n" + rows);

    assertThat(items).hasSize(3000);
    assertThat(texts(items)).hasSize(2999).doesNotContainKey("7");
    assertThat(items.get(7).key()).isEqualTo("line:9");
  }

  @Test
  void whatIsSaidAboutTheDialectIsObeyed() throws IOException {
    CsvOptions said = new CsvOptions(Optional.of(':'), Optional.of('\''), Optional.of('^'));

    assertThat(texts(csv(TEXT, "id:text\n1:'a ^'b^' : \"c\"'\n", said, Optional.empty())))
        .isEqualTo(Map.of("1", "a 'b' : \"c\""));
    CsvOptions none =
        new CsvOptions(
            Optional.of('\t'), Optional.of(CsvOptions.NONE), Optional.of(CsvOptions.NONE));
    assertThat(texts(csv(TEXT, "id\ttext\n1\t\"a \\\"\n2\t5\" disk\n", none, Optional.empty())))
        .isEqualTo(Map.of("1", "\"a \\\"", "2", "5\" disk"));
  }

  // --- encodings
  // ----------------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource({
    "UTF-8, EFBBBF",
    "UTF-16LE, FFFE",
    "UTF-16BE, FEFF",
    "UTF-32LE, FFFE0000",
    "UTF-32BE, 0000FEFF",
    "UTF-16LE, ''",
    "UTF-16BE, ''",
    "UTF-8, ''"
  })
  void marksAndZerosTellTheEncoding(String charset, String mark) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(HexFormat.of().parseHex(mark));
    bytes.writeBytes(
        "id\ttext\r\n1\tT\u00fcr \ud83d\ude00\r\n2\ttwo\r\n".getBytes(Charset.forName(charset)));

    assertThat(texts(csv(TEXT, bytes.toByteArray(), CsvOptions.guessed(), Optional.empty())))
        .isEqualTo(Map.of("1", "T\u00fcr \ud83d\ude00", "2", "two"));
    bytes.reset();
    bytes.writeBytes(HexFormat.of().parseHex(mark));
    bytes.writeBytes("{\"id\":1,\"text\":\"T\u00fcr\"}\n".getBytes(Charset.forName(charset)));
    Files.write(folder.resolve("m.jsonl"), bytes.toByteArray());
    assertThat(texts(items(JsonlSource.open(options("m.jsonl", TEXT)))))
        .isEqualTo(Map.of("1", "T\u00fcr"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"windows-1252", "ISO-8859-15", "UTF-16", "IBM850"})
  void anEncodingThatIsNamedIsUsed(String name) throws IOException {
    Charset charset = Charset.forName(name);
    byte[] bytes = "id,text\n1,T\u00fcr\n".getBytes(charset);

    assertThat(texts(csv(TEXT, bytes, CsvOptions.guessed(), Optional.of(charset))))
        .isEqualTo(Map.of("1", "T\u00fcr"));
  }

  @Test
  void bytesThatAreNoTextSpoilTheirLineOnly() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes("\ufeffid,text\n1,a".getBytes(StandardCharsets.UTF_16LE));
    bytes.writeBytes(new byte[] {0, (byte) 0xD8}); // half a pair
    bytes.writeBytes("\n2,b\n".getBytes(StandardCharsets.UTF_16LE));

    List<SourceItem> items = csv(TEXT, bytes.toByteArray(), CsvOptions.guessed(), Optional.empty());

    assertThat(items).extracting(SourceItem::key).containsExactly("line:2", "2");
    assertThatThrownBy(
            () ->
                csv(
                    TEXT,
                    "\ufeffid,text\n".getBytes(StandardCharsets.UTF_8),
                    CsvOptions.guessed(),
                    Optional.of(StandardCharsets.ISO_8859_1)))
        .isInstanceOf(LakehouseException.class)
        .hasMessageContaining("mark of UTF-8");
  }

  // --- JSON
  // ---------------------------------------------------------------------------------------

  @Test
  void numbersKeepTheirDigits() throws IOException {
    List<SourceItem> items =
        jsonl(
            TEXT,
            """
            {"id":9007199254740993,"text":"t","h":18446744073709551615,"d":0.1234567890123456789}
            {"id":1.0,"text":"t","e":1e400,"p":19.90,"in":{"z":[1.10,-0,1E5]}}
            {"id":20240101123456789.1,"text":"t","n":NaN,"i":-Infinity,"o":{"n":NaN}}
            {"id":20240101123456789.3,"text":"t"}
            {"id":1e3,"text":12.50}
            {"id":1e999999999,"text":"t"}
            """);

    assertThat(texts(items))
        .containsOnlyKeys(
            "9007199254740993",
            "1",
            "20240101123456789.1",
            "20240101123456789.3",
            "1000",
            "1e999999999")
        .containsEntry("1000", "12.50");
    assertThat(items.get(0).description().facts())
        .isEqualTo(Map.of("h", "18446744073709551615", "d", "0.1234567890123456789"));
    assertThat(items.get(1).description().facts())
        .isEqualTo(Map.of("e", "1e400", "p", "19.90", "in", "{\"z\":[1.10,-0,1E5]}"));
    assertThat(items.get(2).description().facts())
        .isEqualTo(Map.of("n", "NaN", "i", "-Infinity", "o", "{\"n\":\"NaN\"}"));
  }

  @Test
  void whatPythonWritesForNothingIsNothingInARole() throws IOException {
    List<SourceItem> items =
        jsonl(
            "id=id,text=text,image=image,caption=caption,lang=lang",
            """
            {"id":1,"text":"t","image":NaN,"lang":NaN}
            {"id":2,"text":NaN,"image":"a.jpg","caption":NaN}
            {"id":NaN,"text":"t"}
            """);

    assertThat(items)
        .extracting(TestManifestForms::outcome)
        .containsExactly("t", "a.jpg", "MALFORMED_ROW");
    assertThat(items.get(0).description().language()).isEmpty();
    assertThat(items.get(1).description().captions()).isEmpty();
  }

  @Test
  void halfAPairInAFactIsWrittenOut() throws IOException {
    List<SourceItem> items =
        jsonl(
            TEXT,
            "{\"id\":1,\"text\":\"t\",\"f\":\"a\\ud800b\",\"g\":{\"\\udc00\":\"\\ud83d\\ude00\"}}");

    assertThat(items.get(0).description().facts())
        .isEqualTo(Map.of("f", "a\\ud800b", "g", "{\"\\udc00\":\"\ud83d\ude00\"}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"id\":1,\"text\":\"a\"},{\"id\":2,\"text\":\"b\"},7,{\"id\":3,\"text\":\"c\"}]",
        "[\n  {\n    \"id\": 1,\n    \"text\": \"a\"\n  },\n  {\"id\": 2, \"text\": \"b\"},\n  7,\n"
            + "  {\"id\": 3, \"text\": \"c\"}\n]\n",
        "{\n  \"id\": 1,\n  \"text\": \"a\"\n}\n{\n  \"id\": 2,\n  \"text\": \"b\"\n}\n7\n"
            + "{\"id\": 3, \"text\": \"c\"}",
        "\n\n[\n{\"id\":1,\"text\":\"a\"}\n,\n{\"id\":2,\"text\":\"b\"},{\"id\":4,\"id\":4},\n{\"id\":3,\"text\":\"c\"}]",
        "{\"id\":1,\"text\":\"a\"}\r{\"id\":2,\"text\":\"b\"}\r7\r{\"id\":3,\"text\":\"c\"}\r",
        "{\"id\":1,\r\n\"text\":\"a\"}\r\n\r\n{\"id\":2,\r\n\"text\":\"b\"}\r\n7 {\"id\":3,\"text\":\"c\"}"
      })
  void arraysAndDocumentsAreReadToo(String content) throws IOException {
    List<SourceItem> items = jsonl(TEXT, content);

    assertThat(texts(items)).isEqualTo(Map.of("1", "a", "2", "b", "3", "c"));
    assertThat(items).hasSize(4).filteredOn(i -> outcome(i).equals("MALFORMED_ROW")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"id\":1,\"text\":\"a\"},{\"id\":2",
        "{\n\"id\":1,\n\"text\":\"a\"\n}\n{\n\"id\" 2}"
      })
  void aTornArrayIsRefusedAsAWhole(String content) {
    assertThatThrownBy(() -> jsonl(TEXT, content))
        .isInstanceOf(LakehouseException.class)
        .hasMessageContaining("Cannot read manifest")
        .hasMessageContaining("is not JSON");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"id\":0,\"text\":\"to", "{\"id\":0,", "[1, 2]"})
  void aDamagedFirstLineCostsItselfOnly(String first) throws IOException {
    List<SourceItem> items = jsonl(TEXT, first + "\n{\"id\":1,\"text\":\"a\"}\n");

    assertThat(items).extracting(TestManifestForms::outcome).containsExactly("MALFORMED_ROW", "a");
  }

  @Test
  void aRoleMayAppearLate() throws IOException {
    String rows =
        IntStream.range(0, 1500)
            .mapToObj(i -> "{\"id\":%d,\"text\":\"t\"}\n".formatted(i))
            .collect(Collectors.joining());

    assertThat(jsonl(TEXT + ",image=image", rows + "{\"id\":\"x\",\"image\":\"p.jpg\"}"))
        .hasSize(1501);
    assertThatThrownBy(() -> jsonl(TEXT + ",image=nowhere", rows))
        .hasMessageContaining("has no field nowhere");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"a\",\"b\"]",
        "[{\"text\":\"a\"},{\"caption\":\"b\"}]",
        "[{\"raw\":\"a\",\"tokens\":[\"x\"]},null,NaN,\"b\"]",
        "{\"raw\":[\"a\",\"b\"],\"sentid\":[1,2]}",
        "[[\"a\"],[\"b\"]]"
      })
  void captionsComeInManyForms(String captions) throws IOException {
    List<SourceItem> items =
        jsonl(IMAGE, "{\"image\":\"p.jpg\",\"caption\":%s}".formatted(captions));

    assertThat(items.get(0).description().captions()).containsExactly("a", "b");
  }

  // --- rows of one picture
  // ------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(strings = {IMAGE, "id=image," + IMAGE})
  void rowsOfOnePictureAreOneItemWithAllCaptions(String mapping) throws IOException {
    List<SourceItem> items =
        joined(
            csv(
                mapping,
                "image,caption,split\np.jpg,one,a\nq.jpg,x,a\np.jpg,two,a\np.jpg,two,a\n"));

    assertThat(items).extracting(SourceItem::key).containsExactly("p.jpg", "q.jpg");
    assertThat(items.get(0).description().captions()).containsExactly("one", "two");
    assertThat(items.get(0).description().facts()).isEqualTo(Map.of("split", "a"));
  }

  @Test
  void theKeyOfAPictureWithoutIdIsItsPathHoweverItIsWritten() throws IOException {
    Files.createDirectories(folder.resolve("sub"));
    Files.writeString(folder.resolve("sub/p.jpg"), "x");
    List<SourceItem> items =
        joined(
            jsonl(
                IMAGE,
                """
                {"image":"sub/p.jpg","caption":"a"}
                {"image":"./sub//p.jpg","caption":"b"}
                {"image":"sub\\\\p.jpg","caption":"c"}
                {"image":"%s/sub/p.jpg","caption":"d"}
                """
                    .formatted(folder.toRealPath())));

    assertThat(items).hasSize(1);
    assertThat(items.get(0).key()).isEqualTo("sub/p.jpg");
    assertThat(items.get(0).description().captions()).containsExactly("a", "b", "c", "d");
  }

  @Test
  void aPictureUnderManyIdsHasTheFirstAndNamesAll() throws IOException {
    List<SourceItem> items =
        joined(
            csv(
                "id=id,lang=lang," + IMAGE,
                "id,image,caption,nr,lang\n7,p.jpg,one,0,en\n5,p.jpg,two,1,de\n7,p.jpg,three,,\n"));

    assertThat(items).hasSize(1);
    assertThat(items.get(0).key()).isEqualTo("7");
    assertThat(items.get(0).description().captions()).containsExactly("one", "two", "three");
    assertThat(items.get(0).description().language()).isEmpty();
    assertThat(items.get(0).description().facts())
        .isEqualTo(
            Map.of(
                "ids", "[\"7\",\"5\"]",
                "nr", "[\"0\",\"1\",\"\"]",
                "lang", "[\"en\",\"de\",null]"));
  }

  @Test
  void anotherContentUnderAnIdIsRefusedAtItsPlace() throws IOException {
    List<SourceItem> items =
        joined(
            jsonl(
                "id=id,text=text," + IMAGE,
                """
                {"id":"a","image":"p.jpg","caption":"one"}
                {"id":"a","image":"q.jpg","caption":"other"}
                {"id":"a","image":"p.jpg","caption":{"no":1}}
                {"id":"a","text":"words"}
                {"id":"b","image":"q.jpg","caption":"two"}
                {"id":"a","image":"p.jpg","caption":"three"}
                {"id":"c"}
                {"id":"c"}
                {"id":"d","text":"same"}
                {"id":"d","text":"same"}
                """));

    assertThat(items)
        .extracting(item -> item.key() + " " + outcome(item))
        .containsExactly(
            "a p.jpg",
            "line:2 MALFORMED_ROW",
            "line:3 MALFORMED_ROW",
            "line:4 MALFORMED_ROW",
            "b q.jpg",
            "c MALFORMED_ROW",
            "line:8 MALFORMED_ROW",
            "d same");
    assertThat(items.get(0).description().captions()).containsExactly("one", "three");
    assertThat(((Offer.Refused) items.get(1).offer()).message())
        .isEqualTo("The id 'a' stands for p.jpg in line 1; here it is q.jpg");
  }

  @Test
  void nobodyChoosesAmongLicences() throws IOException {
    String header = "image,caption,licence,consent\n";
    String mapping = IMAGE + ",licence=licence,consent=consent";

    List<SourceItem> differing = joined(csv(mapping, header + "p.jpg,a,CC0,\np.jpg,b,CC-BY,\n"));
    List<SourceItem> agreeing = joined(csv(mapping, header + "p.jpg,a,CC0,\np.jpg,b,,given\n"));

    assertThat(((Offer.Refused) differing.get(0).offer()).message())
        .contains("'CC0' in line 2, 'CC-BY' in line 3");
    assertThat(agreeing.get(0).description().licence()).contains("CC0");
    assertThat(agreeing.get(0).description().consent()).contains("given");
  }

  @Test
  void aPictureThatEveryRowNamesIsAMistakeOfTheMapping() throws IOException {
    String rows = "p.jpg,a\n".repeat(ItemJoin.MAX_PARTS + 1);

    List<SourceItem> items = joined(csv(IMAGE, "image,caption\n" + rows));

    assertThat(items).hasSize(1);
    assertThat(((Offer.Refused) items.get(0).offer()).message()).contains("--map");
  }

  // --- file names
  // ---------------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '!',
      value = {
        "./a.jpg, a.jpg",
        "b#1.jpg, b#1.jpg",
        "c%20d.jpg, c%20d.jpg",
        "c%2520d.jpg, c%20d.jpg",
        "c d+%28e%29.jpg, c d+(e).jpg",
        "e+f.jpg, e+f.jpg",
        "g?h.jpg, g?h.jpg",
        "! i j .jpg!, ! i j .jpg!",
        "! a.jpg !, a.jpg",
        "12:30.jpg, 12:30.jpg",
        "k[1]{x}.jpg, k[1]{x}.jpg",
        "sub//a.jpg, sub/a.jpg",
        "sub\\a.jpg, sub/a.jpg",
        ".\\sub\\a.jpg, sub/a.jpg",
        "back\\slash.jpg, back\\slash.jpg",
        "100%.jpg, 100%.jpg",
      })
  void filesAreFoundUnderTheNameThatIsWritten(String written, String file) throws IOException {
    Path there = folder.resolve(file);
    Files.createDirectories(there.getParent());
    Files.writeString(there, "x");

    List<SourceItem> items = csv("image=image", "image,x\n\"%s\",y\n".formatted(written));

    assertThat(items.get(0).key()).isEqualTo(file);
    assertThat(((Offer.File) items.get(0).offer()).uri())
        .isEqualTo(Path.of(folder.toRealPath().toString(), file).toUri().toString());
  }

  @ParameterizedTest
  @CsvSource({
    "T\u00fcr.jpg, Tu\u0308r.jpg",
    "Tu\u0308r.jpg, T\u00fcr.jpg",
    "d\u00e9/\u00e9.jpg, de\u0301/e\u0301.jpg"
  })
  void filesAreFoundInTheOtherUnicodeForm(String written, String file) throws IOException {
    Path root = folder.toRealPath();
    Path there = Path.of(URI.create(root.toUri() + UriNames.encode(file)));
    Files.createDirectories(there.getParent());
    Files.writeString(there, "x");

    assertThat(csv("image=image", "image,x\n%s,y\n".formatted(written)).get(0).key())
        .isEqualTo(file);
  }

  @ParameterizedTest
  @CsvSource({
    "C:\\pictures\\a.jpg, PATH_REFUSED, absolute Windows path",
    "\\\\server\\share\\a.jpg, PATH_REFUSED, absolute Windows path",
    "d:/a.jpg, PATH_REFUSED, absolute Windows path",
    "..\\secret.jpg, PATH_REFUSED, leads out",
    "%2e%2e/secret.jpg, PATH_REFUSED, leads out",
    "https://example.org/a.jpg, PATH_REFUSED, URLs are fetched with --source urls alone",
    "sub\\gone.jpg, MISSING_FILE, backslashes",
    "T\u00fcr.jpg, MISSING_FILE, normal forms"
  })
  void whatCannotBeFoundSaysWhy(String written, String code, String why) throws IOException {
    SourceItem item = csv("image=image", "image,x\n%s,y\n".formatted(written)).get(0);

    assertThat(outcome(item)).isEqualTo(code);
    assertThat(((Offer.Refused) item.offer()).message()).contains(why);
  }

  @Test
  void anAbsolutePathMayLeadThroughALink() throws IOException {
    Path real = Files.createDirectories(folder.resolve("real/images"));
    Files.writeString(real.resolve("a.jpg"), "x");
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("real"));

    Files.writeString(
        folder.resolve("m.csv"), "image,x\n%s/images/a.jpg,y\n/etc/passwd,y\n".formatted(link));
    ManifestOptions options =
        new ManifestOptions(
            folder.resolve("m.csv").toString(),
            RowMapping.parse("image=image"),
            Optional.of(link + "/images"),
            Optional.empty(),
            Map.of());

    assertThat(items(dev.lakehouse.core.connect.table.CsvSource.open(options)))
        .extracting(TestManifestForms::outcome)
        .containsExactly("a.jpg", "PATH_REFUSED");
  }

  // ------------------------------------------------------------------------------------------------

  private List<SourceItem> jsonl(String mapping, String content) throws IOException {
    Files.writeString(folder.resolve("manifest.jsonl"), content);
    return items(JsonlSource.open(options("manifest.jsonl", mapping)));
  }

  private List<SourceItem> csv(String mapping, String content) throws IOException {
    return csv(mapping, content, CsvOptions.guessed(), Optional.empty());
  }

  private List<SourceItem> csv(
      String mapping, String content, CsvOptions said, Optional<Charset> encoding)
      throws IOException {
    return csv(mapping, content.getBytes(StandardCharsets.UTF_8), said, encoding);
  }

  private List<SourceItem> csv(
      String mapping, byte[] content, CsvOptions said, Optional<Charset> encoding)
      throws IOException {
    Files.write(folder.resolve("manifest.csv"), content);
    ManifestOptions plain = options("manifest.csv", mapping);
    return items(
        dev.lakehouse.core.connect.table.CsvSource.open(
            new ManifestOptions(
                plain.path(),
                plain.mapping(),
                plain.root(),
                plain.name(),
                Map.of(),
                encoding,
                said)));
  }

  private ManifestOptions options(String file, String mapping) {
    return new ManifestOptions(
        folder.resolve(file).toString(),
        RowMapping.parse(mapping),
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }

  private static List<SourceItem> joined(List<SourceItem> items) {
    return ItemJoin.all(items);
  }

  private static List<SourceItem> items(Source source) {
    try (Stream<SourceItem> items = source.items()) {
      return items.toList();
    }
  }

  private static Map<String, String> texts(List<SourceItem> items) {
    Map<String, String> texts = new TreeMap<>();
    items.forEach(
        item -> {
          if (item.offer() instanceof Offer.Text text) {
            texts.put(item.key(), text.text());
          }
        });
    return texts;
  }

  private static String outcome(SourceItem item) {
    if (item.offer() instanceof Offer.Refused refused) {
      return refused.code().name();
    }
    return item.offer() instanceof Offer.File file
        ? file.uri().substring(file.root().length() + 1)
        : ((Offer.Text) item.offer()).text();
  }
}
