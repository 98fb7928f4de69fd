// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.ServerFileSystem;
import dev.lakehouse.core.connect.Offer;
import dev.lakehouse.core.connect.Source;
import dev.lakehouse.core.connect.SourceFile;
import dev.lakehouse.core.connect.SourceItem;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestFilesSource {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain.txt",
        "with space.txt",
        "new\nline.txt",
        "quote\"'s.txt",
        "percent%41.txt",
        "a:b#c?d.txt",
        "-leading",
        ".hidden",
        "emoji \uD83D\uDC2C.txt",
        "\u202Ebidi.txt",
        "back\\slash"
      })
  void namesMayHoldAnything(String fileName) throws IOException {
    Files.writeString(folder.resolve(fileName), fileName);

    SourceItem item = items(folder.toString()).get(0);

    assertThat(item.key()).isEqualTo(fileName);
    assertThat(item.sourceUri())
        .isEqualTo(folder.toRealPath().resolve(fileName).toUri().toString());
    assertThat(read(item)).isEqualTo(fileName);
  }

  @Test
  void namesMayFillAllBytesAndComposedTwinsAreTwo() throws IOException {
    String longest = "\u00e9".repeat(127) + "x";
    Files.writeString(folder.resolve(longest), "1");
    Files.writeString(folder.resolve("\u00e9"), "composed");
    Files.writeString(folder.resolve("e\u0301"), "decomposed");

    List<SourceItem> items = items(folder.toString());

    assertThat(items).extracting(SourceItem::key).contains(longest).doesNotHaveDuplicates();
    assertThat(items).hasSize(3).allSatisfy(item -> assertThat(read(item)).isNotEmpty());
  }

  @Test
  void aNameThatIsNotUtf8IsKeptByItsBytes() throws IOException {
    Files.writeString(Path.of(URI.create(folder.toUri() + "caf%E9")), "latin");

    SourceItem item = items(folder.toString()).get(0);

    assertThat(item.key()).isEqualTo("caf\uFFFDE9");
    assertThat(read(item)).isEqualTo("latin");
  }

  @Test
  void everyFileIsListedOnceInAFixedOrder() throws IOException {
    for (String file : List.of("b/2.txt", "a.txt", "b/.hidden/x", "b/1.txt", "c/d/e/f.txt")) {
      Files.createDirectories(folder.resolve(file).getParent());
      Files.writeString(folder.resolve(file), file);
    }

    assertThat(items(folder.toString()))
        .extracting(SourceItem::key)
        .containsExactly("a.txt", "b/.hidden/x", "b/1.txt", "b/2.txt", "c/d/e/f.txt");
  }

  @Test
  void whatNobodyMeansIsPassedOverAndCounted() throws IOException {
    write("a.txt", ".hidden", "b/.gitignore", "b/Thumbs.txt", "git/x", "_x", "runs/1/log.txt");
    write(
        ".git/config",
        ".git/HEAD",
        "b/.git",
        ".DS_Store",
        "b/.DS_Store",
        "b/Thumbs.db",
        "lakehouse.yaml");
    write("b/desktop.ini", "__MACOSX/b/._a.txt", "b/._a.txt", "._b", "$RECYCLE.BIN/S-1/x");
    write("b/@eaDir/x", ".Spotlight-V100/x", "b/~$report.docx", ".Trash-1000/files/x");

    FilesSource source = source(folder.toString());

    assertThat(source.items().map(SourceItem::key))
        .containsExactly(
            ".hidden", "_x", "a.txt", "b/.gitignore", "b/Thumbs.txt", "git/x", "runs/1/log.txt");
    assertThat(source.passedOver())
        .containsOnly(
            entry(".git", 2L),
            entry(".DS_Store", 2L),
            entry("Thumbs.db", 1L),
            entry("desktop.ini", 1L),
            entry("lakehouse.yaml", 1L),
            entry("__MACOSX", 1L),
            entry("._*", 2L),
            entry("$RECYCLE.BIN", 1L),
            entry("@eaDir", 1L),
            entry(".Spotlight-V100", 1L),
            entry("~$*", 1L),
            entry(".Trash-*", 1L));
  }

  @Test
  void lakesArePassedOverWhereverTheirPartsLie() throws IOException {
    write("whole/tables/assets/_delta_log/0.json", "whole/blobs/sha256/ab/cd/abcd", "a.txt");
    write("begun/runs/20261128T125738Z-486849/started.json", "begun/policies/x.yaml");
    write("parts/t/assets/_delta_log/0.json", "parts/t/verdicts/_delta_log/0.json");
    write("parts/t/assets_spool/run/x.parquet", "parts/b/sha256/ab/cd/abcd", "parts/b/.staging/x");
    write("parts/i/text/0123abcd.lance/_versions/1.manifest", "parts/own.txt");
    write("mine/tables/assets/one.csv", "mine/sha256/readme.txt", "mine/text/t.txt");
    write("dataset/text/t.txt", "dataset/clip/c.txt", "shop/assets/logo.txt");

    for (String place : List.of(folder.toString(), "server://" + folder)) {
      FilesSource source = source(place);
      assertThat(source.items().map(SourceItem::key))
          .as(place)
          .containsExactly(
              "a.txt",
              "dataset/clip/c.txt",
              "dataset/text/t.txt",
              "mine/sha256/readme.txt",
              "mine/tables/assets/one.csv",
              "mine/text/t.txt",
              "parts/own.txt",
              "shop/assets/logo.txt");
      assertThat(source.passedOver()).containsOnly(entry("lake", 5L));
    }
    FilesSource lake = source(folder.resolve("whole").toString());
    assertThat(lake.items()).isEmpty();
    assertThat(lake.passedOver()).containsOnly(entry("lake", 1L));
  }

  @Test
  void aFileIsASourceOfOne() throws IOException {
    write("in/[i]{j,k}* %41.txt", "in/other.txt", "in/.DS_Store");
    Path file = folder.resolve("in/[i]{j,k}* %41.txt");

    FilesSource source = source(file.toString());
    SourceItem item = source.items().toList().get(0);

    assertThat(source.name()).isEqualTo(file.toRealPath().toUri().toString());
    assertThat(source.items()).hasSize(1);
    assertThat(item.key()).isEqualTo("[i]{j,k}* %41.txt");
    assertThat(read(item)).isEqualTo("in/[i]{j,k}* %41.txt");
    assertThat(source(folder.resolve("in/.DS_Store").toString()).items()).hasSize(1);
  }

  private static FilesSource source(String path) {
    return FilesSource.open(
        new FilesSource.Options(path, Optional.empty(), Optional.empty(), ServerFileSystem.CONF));
  }

  private void write(String... files) throws IOException {
    for (String file : files) {
      Files.createDirectories(folder.resolve(file).getParent());
      Files.writeString(folder.resolve(file), file);
    }
  }

  @Test
  void linksAreFollowedInsideOnly() throws IOException {
    Path root = Files.createDirectories(folder.resolve("root/sub"));
    Files.writeString(folder.resolve("secret"), "s");
    Files.writeString(root.resolve("file"), "f");
    Path top = root.getParent();
    Files.createSymbolicLink(top.resolve("1-inside"), Path.of("sub/file"));
    Files.createSymbolicLink(top.resolve("2-outside"), folder.resolve("secret"));
    Files.createSymbolicLink(top.resolve("3-dangling"), Path.of("nowhere"));
    Files.createSymbolicLink(top.resolve("4-cycle"), Path.of("."));
    Files.createSymbolicLink(top.resolve("5-outer-folder"), folder);

    Map<String, String> outcomes =
        items(top.toString()).stream()
            .collect(Collectors.toMap(SourceItem::key, TestFilesSource::outcome));

    assertThat(outcomes)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "1-inside", "file",
                "2-outside", "PATH_REFUSED",
                "3-dangling", "SOURCE_UNREADABLE",
                "5-outer-folder", "PATH_REFUSED",
                "sub/file", "file"));
  }

  @Test
  void aPipeIsRefusedAndNotOpened() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    assertThat(outcome(items(folder.toString()).get(0))).isEqualTo("SOURCE_UNREADABLE");
  }

  @ParameterizedTest
  @CsvSource({
    "*.txt, true",
    "a.txt, true",
    "sub/*.txt, true",
    "'**/*.{jpg,txt}', true",
    "sub/**, true",
    "*/[a-c].txt, true",
    "'?.txt', true",
    "*.jpg, false",
    "'[!a].txt', false",
    "/a.txt, false",
    "other/**, false"
  })
  void globsPickByPath(String glob, boolean matches) throws IOException {
    Files.createDirectories(folder.resolve("sub"));
    Files.writeString(folder.resolve("sub/a.txt"), "a");

    Source source =
        FilesSource.open(
            new FilesSource.Options(
                folder.toString(), Optional.empty(), Optional.of(glob), Map.of()));

    try (Stream<SourceItem> items = source.items()) {
      assertThat(items.count()).isEqualTo(matches ? 1 : 0);
    }
  }

  @Test
  void theNameIsTheCanonicalUriUnlessGiven() throws IOException {
    Path real = Files.createDirectories(folder.resolve("real"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    String uri = real.toRealPath().toUri().toString().replaceFirst("/$", "");

    for (String written : List.of(link.toString(), link + "/", real.toUri().toString(), uri)) {
      assertThat(open(written, Optional.empty()).name()).isEqualTo(uri);
    }
    assertThat(open(real.toString(), Optional.of("photos")).name()).isEqualTo("photos");
  }

  @Test
  void aMissingFolderIsNamedBeforeAnyWork() {
    assertThatThrownBy(() -> items(folder + "/nothing"))
        .isInstanceOf(LakehouseException.class)
        .hasMessageContaining(folder + "/nothing: expected a folder, but nothing is there")
        .extracting(thrown -> ((LakehouseException) thrown).code())
        .isEqualTo(ErrorCode.SOURCE_UNAVAILABLE);
  }

  @Test
  void aBadGlobIsNamed() {
    assertThatThrownBy(
            () ->
                FilesSource.open(
                    new FilesSource.Options(
                        folder.toString(), Optional.empty(), Optional.of("[z-a]"), Map.of())))
        .hasMessageContaining("Invalid --glob '[z-a]'");
  }

  @Test
  void anyHadoopFileSystemWillDo() throws IOException {
    Files.createDirectories(folder.resolve("a b"));
    Files.writeString(folder.resolve("a b/\u00e9%.txt"), "content");

    Source source =
        FilesSource.open(
            new FilesSource.Options(
                "server://" + folder, Optional.empty(), Optional.empty(), ServerFileSystem.CONF));

    try (Stream<SourceItem> items = source.items()) {
      SourceItem item = items.toList().get(0);
      assertThat(item.key()).isEqualTo("a b/\u00e9%.txt");
      assertThat(item.sourceUri()).endsWith("/a%20b/%C3%A9%25.txt").startsWith("server:///");
      assertThat(read(item)).isEqualTo("content");
    }
  }

  private static List<SourceItem> items(String folder) {
    try (Stream<SourceItem> items = open(folder, Optional.empty()).items()) {
      return items.toList();
    }
  }

  private static Source open(String folder, Optional<String> name) {
    return FilesSource.open(new FilesSource.Options(folder, name, Optional.empty(), Map.of()));
  }

  private static String outcome(SourceItem item) {
    return item.offer() instanceof Offer.Refused refused ? refused.code().name() : "file";
  }

  private static String read(SourceItem item) throws IOException {
    Offer.File file = (Offer.File) item.offer();
    assertThat(file.whenMissing()).isEqualTo(ItemError.SOURCE_GONE);
    SourceFile source = new SourceFile(file.uri(), ServerFileSystem.CONF);
    assertThat(source.liesBelow(file.root())).isTrue();
    try (InputStream in = source.open()) {
      return new String(in.readAllBytes());
    }
  }
}
