// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.connect.Offer;
import dev.lakehouse.core.connect.Source;
import dev.lakehouse.core.connect.SourceItem;
import dev.lakehouse.core.connect.manifest.ManifestOptions;
import dev.lakehouse.core.connect.manifest.RowMapping;
import dev.lakehouse.core.connect.table.CsvSource;
import dev.lakehouse.core.connect.url.UrlsSource;
import dev.lakehouse.jobs.SparkTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestItemSpool {
  private static final int PICTURES = 10_000;

  @TempDir Path folder;

  @Test
  void rowsOfOnePictureMeetHoweverFarApartTheyStand() throws IOException {
    String rows =
        IntStream.range(0, 3 * PICTURES)
            .mapToObj(i -> row(i % PICTURES, i / PICTURES))
            .collect(Collectors.joining());
    Files.writeString(
        folder.resolve("m.csv"), "id,image,caption\n" + rows + "7,q.jpg,conflict\nx,p8.jpg,last\n");

    try (ItemSpool spool =
        ItemSpool.of(
            SparkTest.session(), folder + "/spool", source("id=id,image=image,caption=caption"))) {
      assertThat(spool.listed()).isEqualTo(3 * PICTURES + 2);
      assertThat(spool.count()).isEqualTo(PICTURES + 1);
      assertThat(spool.rows().where("size(captions) = 3").count()).isEqualTo(PICTURES - 1);
      Row eight = spool.rows().where("key = '8'").first();
      assertThat(eight.<String>getList(eight.fieldIndex("captions")))
          .containsExactly("caption 0 of 8", "caption 1 of 8", "caption 2 of 8", "last");
      Row conflict = spool.rows().where("refused_code IS NOT NULL").first();
      assertThat(conflict.<String>getAs("key")).isEqualTo("line:" + (3 * PICTURES + 2));
      assertThat(conflict.<String>getAs("refused_message")).contains("p7.jpg in line 9");
    }
    assertThat(folder.resolve("spool")).doesNotExist();
  }

  @Test
  void rowsOfOneUrlMeetHoweverFarApartTheyStand() throws IOException {
    String rows =
        IntStream.range(0, 3 * PICTURES)
            .mapToObj(
                i ->
                    "%d,http://a.example/p %d.jpg,caption %d\n"
                        .formatted(i, i % PICTURES, i / PICTURES))
            .collect(Collectors.joining());
    Files.writeString(folder.resolve("m.csv"), "id,image,caption\n" + rows);
    Source source =
        UrlsSource.open(
            new ManifestOptions(
                folder.resolve("m.csv").toString(),
                RowMapping.parse("id=id,image=image,caption=caption"),
                Optional.empty(),
                Optional.empty(),
                Map.of()));

    try (ItemSpool spool = ItemSpool.of(SparkTest.session(), folder + "/spool", source)) {
      assertThat(spool.listed()).isEqualTo(3 * PICTURES);
      assertThat(spool.count()).isEqualTo(PICTURES);
      Row eight = spool.rows().where("key = '8'").first();
      assertThat(eight.<String>getAs("url")).isEqualTo("http://a.example/p%208.jpg");
      assertThat(eight.<String>getList(eight.fieldIndex("captions")))
          .containsExactly("caption 0", "caption 1", "caption 2");
    }
  }

  private static String row(int picture, int caption) {
    return "%1$d,p%1$d.jpg,caption %2$d of %1$d\n".formatted(picture, caption);
  }

  @Test
  void whatSparkWritesByDefaultIsReadAsItWas() throws IOException {
    List<String> texts =
        List.of(
            "plain",
            "He said \"come in\", and closed",
            "15\" wide",
            "C:\\dir, C:\\other",
            "C:\\plain",
            "ends with a backslash, \\",
            "two\nlines",
            "\"all quoted\"",
            "a \\\" b, c",
            "semi; tab\t, bar |");
    List<Row> rows =
        IntStream.range(0, texts.size())
            .mapToObj(i -> RowFactory.create(String.valueOf(i), texts.get(i)))
            .toList();
    StructType schema =
        new StructType().add("id", DataTypes.StringType).add("text", DataTypes.StringType);
    SparkTest.session()
        .createDataFrame(rows, schema)
        .coalesce(1)
        .write()
        .option("header", true)
        .csv(folder + "/written");
    try (Stream<Path> files = Files.list(folder.resolve("written"))) {
      Files.copy(
          files.filter(file -> file.toString().endsWith(".csv")).findFirst().orElseThrow(),
          folder.resolve("m.csv"));
    }

    try (Stream<SourceItem> items = source("id=id,text=text").items()) {
      assertThat(items.map(item -> item.key() + " " + text(item)))
          .containsExactlyElementsOf(
              IntStream.range(0, texts.size()).mapToObj(i -> i + " " + texts.get(i)).toList());
    }
  }

  private static String text(SourceItem item) {
    return item.offer() instanceof Offer.Text text ? text.text() : item.offer().toString();
  }

  private Source source(String mapping) {
    return CsvSource.open(
        new ManifestOptions(
            folder.resolve("m.csv").toString(),
            RowMapping.parse(mapping),
            Optional.empty(),
            Optional.empty(),
            Map.of()));
  }
}
