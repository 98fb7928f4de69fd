// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.url;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.connect.ItemJoin;
import dev.lakehouse.core.connect.Offer;
import dev.lakehouse.core.connect.SourceItem;
import dev.lakehouse.core.connect.manifest.ManifestOptions;
import dev.lakehouse.core.connect.manifest.RowMapping;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestUrlsSource {
  @TempDir Path folder;

  @Test
  void aTextHasAUrlOnEachLine() throws IOException {
    List<SourceItem> items =
        items(
            "urls.txt",
            "image=url",
            "\uFEFFhttp://a.example/1.png\r\n\r\n https://a.example/ü b \n");

    assertThat(items)
        .extracting(SourceItem::key)
        .containsExactly("http://a.example/1.png", "https://a.example/%C3%BC%20b");
    assertThat(items.get(0).offer())
        .isEqualTo(new Offer.Url("http://a.example/1.png", "Field url (image)"));
    assertThat(items.get(1).place().number()).isEqualTo(3);
    assertThat(items.get(1).description().title()).contains("ü b");
  }

  @Test
  void rowsHaveRoles() throws IOException {
    List<SourceItem> items =
        items(
            "list.csv",
            "id=n,image=link,caption=alt,licence=lic",
            "n,link,alt,lic,shot\n7,http://a.example/1.png?w=9,a dog,CC0,wide\n");

    SourceItem item = items.get(0);
    assertThat(item.key()).isEqualTo("7");
    assertThat(item.sourceUri()).isEqualTo("http://a.example/1.png?w=9");
    assertThat(item.description().captions()).containsExactly("a dog");
    assertThat(item.description().captionsDeclared()).isTrue();
    assertThat(item.description().licence()).contains("CC0");
    assertThat(item.description().title()).contains("1.png");
    assertThat(item.description().facts()).isEqualTo(Map.of("shot", "wide"));
  }

  @Test
  void rowsOfOneUrlAreOneItemHoweverItIsSpelt() throws IOException {
    List<SourceItem> items =
        ItemJoin.all(
            items(
                "list.jsonl",
                "image=url,caption=alt",
                """
                {"url": "http://a.example/x y.png", "alt": "one"}
                {"url": "HTTP://A.example:80/x%20y.png#top", "alt": "two"}
                {"url": "http://a.example/other.png", "alt": "three"}
                """));

    assertThat(items).hasSize(2);
    assertThat(items.get(0).description().captions()).containsExactly("one", "two");
  }

  @Test
  void whatIsNoUrlIsRefusedWithFieldAndRow() throws IOException {
    List<SourceItem> items =
        items(
            "list.csv",
            "image=url",
            "url,alt\nhttp://a.example/1.png,a\nhttp://me:p4ss@b.example/,b\n");

    Offer.Refused refused = (Offer.Refused) items.get(1).offer();
    assertThat(refused.code()).isEqualTo(ItemError.URL_REFUSED);
    assertThat(refused.message())
        .startsWith("Field url (image), line 3: Cannot fetch 'http://…@b.example/': it holds")
        .doesNotContain("p4ss");
    assertThat(items.get(1).key()).isEqualTo("line:3");
    assertThat(items.get(1).toString()).doesNotContain("p4ss");
  }

  @Test
  void aListThatIsPackedIsReadAsItsNameSays() throws IOException {
    Path list = folder.resolve("list.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(list))) {
      out.write("url,alt\nhttp://a.example/1.png,a dog\n".getBytes(StandardCharsets.UTF_8));
    }
    RowMapping map = RowMapping.parse("image=url,caption=alt");

    assertThat(
            UrlsSource.open(
                    new ManifestOptions(
                        list.toString(), map, Optional.empty(), Optional.empty(), Map.of()))
                .items())
        .singleElement()
        .satisfies(
            item -> {
              assertThat(item.key()).isEqualTo("http://a.example/1.png");
              assertThat(item.description().captions()).containsExactly("a dog");
            });
  }

  @Test
  void itemsTravelAsColumns() throws IOException {
    SourceItem item = items("list.csv", "image=url", "url,alt\nhttp://a.example/1.png,a\n").get(0);

    assertThat(SourceItem.from(item.toValues())).isEqualTo(item);
  }

  private List<SourceItem> items(String name, String map, String content) throws IOException {
    Path list = Files.writeString(folder.resolve(name), content);
    UrlsSource source =
        UrlsSource.open(
            new ManifestOptions(
                list.toString(),
                RowMapping.parse(map),
                Optional.empty(),
                Optional.empty(),
                Map.of()));
    assertThat(source.isFetched()).isTrue();
    assertThat(source.hasParts()).isTrue();
    try (Stream<SourceItem> items = source.items()) {
      return items.toList();
    }
  }
}
