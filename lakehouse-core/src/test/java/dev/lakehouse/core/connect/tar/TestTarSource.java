// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.tar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.ServerFileSystem;
import dev.lakehouse.core.connect.Description;
import dev.lakehouse.core.connect.Offer;
import dev.lakehouse.core.connect.SourceFile;
import dev.lakehouse.core.connect.SourceItem;
import dev.lakehouse.core.connect.manifest.RowMapping;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestTarSource {
  @TempDir Path folder;

  private static TarSource.Options options(String path) {
    return new TarSource.Options(
        path, Optional.empty(), Optional.empty(), Optional.empty(), KeyEnd.FIRST_DOT, Map.of());
  }

  private Map<String, SourceItem> items() {
    return items(options(folder.toString()));
  }

  private static Map<String, SourceItem> items(TarSource.Options options) {
    Map<String, SourceItem> items = new LinkedHashMap<>();
    try (Stream<SourceItem> all = TarSource.open(options).items()) {
      all.forEach(item -> assertThat(items.put(item.key(), item)).as(item.key()).isNull());
    }
    return items;
  }

  private Map<String, SourceItem> mapped(String map) {
    return items(
        new TarSource.Options(
            folder.toString(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(RowMapping.about(map)),
            KeyEnd.FIRST_DOT,
            Map.of()));
  }

  private static String read(SourceItem item) throws IOException {
    return read(item, Map.of());
  }

  private static String read(SourceItem item, Map<String, String> conf) throws IOException {
    SourceFile file = new SourceFile(((Offer.File) item.offer()).uri(), conf);
    try (InputStream in = file.open()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Description said(Map<String, SourceItem> items, String key) {
    return items.get(key).description();
  }

  @ParameterizedTest
  @ValueSource(strings = {"s.tar", "s.tar.gz", "s.TGZ"})
  void membersOfOneKeyAreOneSampleWhereverTheyStand(String shard) throws IOException {
    Tar tar =
        Tar.posix()
            .add("./a/001.jpg", "picture one")
            .add("a/002.jpg", "picture two")
            .add("a/002.txt", "the second\n")
            .add("a/001.mask.png", "mask of one")
            .add("a/001.txt", "the first")
            .add("a/001.cls", "7\n");
    Files.write(folder.resolve(shard), shard.endsWith("r") ? tar.bytes() : tar.gzip());

    Map<String, SourceItem> items = items();

    String at = shard + "#a/00";
    assertThat(items.keySet()).containsExactly(at + "1.jpg", at + "2.jpg", at + "1.mask.png");
    assertThat(read(items.get(at + "1.jpg"))).isEqualTo("picture one");
    assertThat(read(items.get(at + "2.jpg"))).isEqualTo("picture two");
    assertThat(read(items.get(at + "1.mask.png"))).isEqualTo("mask of one");
    Description first = said(items, at + "1.jpg");
    assertThat(first.captions()).containsExactly("the first");
    assertThat(first.captionsDeclared()).isTrue();
    assertThat(first.facts()).containsExactly(entry("cls", "7"));
    assertThat(first.groupId()).contains(shard + "#a/001");
    assertThat(said(items, at + "1.mask.png").groupId()).isEqualTo(first.groupId());
    assertThat(said(items, at + "2.jpg").captions()).containsExactly("the second");
    assertThat(items.get(at + "1.jpg").sourceUri())
        .isEqualTo(folder.toRealPath().toUri() + shard + "#a/001.jpg");
  }

  @Test
  void fieldsPlayTheirUsualRolesOrThoseOfAMapping() throws IOException {
    Tar.posix()
        .add("1.jpg", "p")
        .add("1.txt", "a cat")
        .add(
            "1.json",
            "{\"caption\":\"a cat\",\"license\":\"CC0\",\"alt\":\"two cats\",\"width\":12.50}")
        .add("2.flac", "r")
        .add("2.json", "{\"text\":\"somebody speaks\",\"lang\":\"de\"}")
        .to(folder.resolve("s.tar"));

    Map<String, SourceItem> items = items();

    Description picture = said(items, "s.tar#1.jpg");
    assertThat(items).containsOnlyKeys("s.tar#1.jpg", "s.tar#2.flac");
    assertThat(picture.captions()).containsExactly("a cat");
    assertThat(picture.licence()).contains("CC0");
    assertThat(picture.facts()).containsOnly(entry("alt", "two cats"), entry("width", "12.50"));
    Description speech = said(items, "s.tar#2.flac");
    assertThat(speech.facts()).containsExactly(entry("transcript", "somebody speaks"));
    assertThat(speech.language()).contains("de");
    assertThat(speech.captions()).isEmpty();

    picture = said(mapped("caption=alt,consent=license"), "s.tar#1.jpg");
    assertThat(picture.captions()).containsExactly("a cat", "two cats");
    assertThat(picture.consent()).contains("CC0");
    assertThat(picture.licence()).isEmpty();
  }

  @Test
  void wordsOfARecordingAreItsTranscript() throws IOException {
    Tar.posix()
        .add("1.mp3", "r")
        .add("1.txt", "good morning")
        .add("1.caption", "a woman greets")
        .add("2.mp4", "f")
        .add("2.transcript", "good night")
        .add("2.vtt", "WEBVTT")
        .to(folder.resolve("s.tar"));

    Map<String, SourceItem> items = items();

    assertThat(items).containsOnlyKeys("s.tar#1.mp3", "s.tar#2.mp4", "s.tar#2.vtt");
    assertThat(said(items, "s.tar#1.mp3").facts())
        .containsOnly(entry("transcript", "good morning"), entry("caption", "a woman greets"));
    assertThat(said(items, "s.tar#2.mp4").facts()).containsOnly(entry("transcript", "good night"));
  }

  @Test
  void whatHasNothingToBeAboutIsAnAsset() throws IOException {
    Tar.posix()
        .add("1.txt", "a text of its own")
        .add("1.json", "{\"license\":\"MIT\"}")
        .add("2.json", "{\"body\":\"the words\",\"n\":1}")
        .add("3.cls", "4")
        .add("README", "no key")
        .add(".hidden.txt", "no key either")
        .to(folder.resolve("s.tar"));

    Map<String, SourceItem> items = mapped("text=body,licence=license");

    assertThat(items.keySet())
        .containsExactly(
            "s.tar#1.txt", "s.tar#2.json", "s.tar#3.cls", "s.tar#README", "s.tar#.hidden.txt");
    assertThat(said(items, "s.tar#1.txt").licence()).contains("MIT");
    assertThat(items.get("s.tar#2.json").offer()).isEqualTo(new Offer.Text("the words"));
    assertThat(said(items, "s.tar#2.json").facts()).containsExactly(entry("n", "1"));
    assertThat(said(items, "s.tar#README").groupId()).isEmpty();
    assertThat(items().get("s.tar#2.json").offer()).isInstanceOf(Offer.File.class);
  }

  @Test
  void theKeyEndsAtTheFirstDotOrAsAskedAtTheLast() throws IOException {
    Tar.posix()
        .add("v1.2/a.b.jpg", "p")
        .add("v1.2/a.b.txt", "b")
        .add("v1.2/a.c.txt", "c")
        .to(folder.resolve("s.tar"));

    assertThat(said(items(), "s.tar#v1.2/a.b.jpg").captions()).containsExactly("b", "c");

    Map<String, SourceItem> last =
        items(
            new TarSource.Options(
                folder.toString(),
                Optional.of("mine"),
                Optional.empty(),
                Optional.empty(),
                KeyEnd.LAST_DOT,
                Map.of()));
    assertThat(last).containsOnlyKeys("s.tar#v1.2/a.b.jpg", "s.tar#v1.2/a.c.txt");
    assertThat(said(last, "s.tar#v1.2/a.b.jpg").captions()).containsExactly("b");
    assertThat(last.get("s.tar#v1.2/a.b.jpg").source()).isEqualTo("mine");
  }

  @Test
  void oneKeyInTwoShardsIsTwoSamples() throws IOException {
    Tar.posix().add("0.jpg", "one").to(folder.resolve("a.tar"));
    Tar.posix().add("0.jpg", "two").add("0.txt", "of two").to(folder.resolve("sub/b.tar"));

    Map<String, SourceItem> items = items();

    assertThat(items.keySet()).containsExactly("a.tar#0.jpg", "sub/b.tar#0.jpg");
    assertThat(said(items, "a.tar#0.jpg").captions()).isEmpty();
    assertThat(said(items, "a.tar#0.jpg").captionsDeclared()).isFalse();
    assertThat(said(items, "a.tar#0.jpg").groupId()).contains("a.tar#0");
    assertThat(said(items, "sub/b.tar#0.jpg").groupId()).contains("sub/b.tar#0");
  }

  @Test
  void shardsAreThoseOfAPattern() throws IOException {
    for (int i = 8; i < 12; i++) {
      Tar.posix().add("k.txt", "text " + i).to(folder.resolve("train-%03d.tar".formatted(i)));
    }
    Tar.posix().add("k.txt", "no").to(folder.resolve("sub/train-009.tar"));
    Files.writeString(folder.resolve("stats.json"), "{}");

    assertThat(items(options(folder + "/train-{009..011}.tar")).keySet())
        .containsExactly("train-009.tar#k.txt", "train-010.tar#k.txt", "train-011.tar#k.txt");
    assertThat(items(options(folder + "/train-*8.tar"))).hasSize(1);
    assertThat(items(options(folder + "/train-008.tar"))).containsOnlyKeys("train-008.tar#k.txt");
    TarSource all = TarSource.open(options(folder.toString()));
    assertThat(all.items()).hasSize(5);
    assertThat(all.passedOver()).containsExactly(entry("not a tar", 1L));
    assertThatThrownBy(() -> items(options(folder + "/test-*.tar")))
        .isInstanceOfSatisfying(
            LakehouseException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE))
        .hasMessageContaining("expected shards (.tar, .tar.gz, .tgz), but found none");
  }

  @Test
  void shardsMayLieWhereHadoopReaches() throws IOException {
    byte[] large = new byte[300_000];
    Tar.posix().add("0.bin", large).add("1.txt", "far").to(folder.resolve("a b#.tar"));

    Map<String, SourceItem> items =
        items(
            new TarSource.Options(
                "server://" + folder.toRealPath(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                KeyEnd.FIRST_DOT,
                ServerFileSystem.CONF));

    assertThat(read(items.get("a b#.tar#1.txt"), ServerFileSystem.CONF)).isEqualTo("far");
  }

  @Test
  void aRoleThatNamesHaveIsRefused() throws IOException {
    Tar.posix().add("0.txt", "x").to(folder.resolve("a.tar"));

    assertThatThrownBy(() -> mapped("id=uid"))
        .isInstanceOf(LakehouseException.class)
        .hasMessageContaining("id is what the name of a member in its shard says");
    assertThat(List.of(items().keySet().toArray())).hasSize(1);
  }
}
