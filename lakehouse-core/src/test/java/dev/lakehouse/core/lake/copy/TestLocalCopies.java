// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.BareFileSystem;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.access.HadoopSettings;
import dev.lakehouse.core.content.StoredFile;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.LocalDisk;
import dev.lakehouse.core.lake.copy.LocalCopies.Held;
import dev.lakehouse.core.lake.copy.LocalCopies.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestLocalCopies {
  private static final Configuration HADOOP = HadoopSettings.configuration(BareFileSystem.CONF);

  @TempDir Path folder;

  private IndexCopies copies() {
    return IndexCopies.of(
        LakeLayout.of("bare:" + folder.resolve("lake"), Settings.defaults()),
        "text/0123abcd-2.copies",
        HADOOP);
  }

  private LocalDisk disk(long limit) {
    return new LocalDisk(folder.resolve("disk").toString(), limit);
  }

  private LocalCopies local() {
    return LocalCopies.on(disk(1 << 30));
  }

  /** An index of one file that all have, and one of its own. */
  private IndexCopy published(int edition) throws IOException {
    Path index = folder.resolve("index-" + edition);
    Files.createDirectories(index.resolve("data"));
    Files.write(index.resolve("data/rows.lance"), new byte[1000]);
    Files.writeString(index.resolve("edition"), "edition " + edition);
    return copies().publish(index, Optional.empty());
  }

  private List<Path> stored() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("lake"))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private Path stored(String sha256) throws IOException {
    return stored().stream().filter(file -> file.endsWith(sha256)).findFirst().orElseThrow();
  }

  @Test
  void aCopyIsFetchedOnceAndIsWhatWasPublished() throws IOException {
    IndexCopy copy = published(1);

    try (Held held = local().hold(copies(), copy.name())) {
      assertThat(held.folder().resolve("edition")).hasContent("edition 1");
      assertThat(held.folder().resolve("data/rows.lance")).hasSize(1000);
    }
    for (Path file : stored()) {
      Files.delete(file);
    }
    try (Held again = local().hold(copies(), copy.name())) {
      assertThat(again.folder().resolve("edition")).hasContent("edition 1");
    }
  }

  @Test
  void equalIndexesHaveOneName() throws IOException {
    IndexCopy copy = published(1);
    int files = stored().size();

    assertThat(published(1)).isEqualTo(copy);

    assertThat(published(2)).isNotEqualTo(copy);
    assertThat(stored()).hasSize(files + 2); // its own file, and its list
    assertThat(IndexCopy.at(copy.path())).contains(copy);
    assertThat(IndexCopy.at("text/0123abcd-2.lance")).isEmpty();
  }

  @Test
  void aCopyThatLostAFileHereIsFetchedAgain() throws IOException {
    IndexCopy copy = published(1);
    Path here;
    try (Held held = local().hold(copies(), copy.name())) {
      here = held.folder();
    }
    Files.delete(here.resolve("data/rows.lance"));

    try (Held held = local().hold(copies(), copy.name())) {
      assertThat(held.folder().resolve("data/rows.lance")).hasSize(1000);
    }
  }

  @Test
  void aDamagedCopyIsRefusedAndPublishedAgain() throws IOException {
    IndexCopy copy = published(1);
    CopyList list = copies().list(copy.name());
    String rows = list.files().get("data/rows.lance").sha256();
    Files.write(stored(rows), "0".repeat(1000).getBytes());

    assertThatThrownBy(() -> local().hold(copies(), copy.name()))
        .isInstanceOfSatisfying(
            LakehouseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTEGRITY))
        .hasMessageContaining(rows)
        .hasMessageContaining("publish --rebuild");
    assertThat(copies().damage(copy.name())).singleElement().asString().contains("rows.lance");
    assertThat(LocalCopies.on(disk(1 << 20)).room()).isEqualTo(1 << 20); // no half of it stays

    assertThat(published(1)).isEqualTo(copy);
    assertThat(copies().damage(copy.name())).isEmpty();
    try (Held held = local().hold(copies(), copy.name())) {
      assertThat(held.folder().resolve("data/rows.lance")).hasSize(1000);
    }
  }

  @Test
  void whatIsTooLargeIsToldBeforeItIsFetched() throws IOException {
    IndexCopy copy = published(1);
    LocalCopies small = LocalCopies.on(disk(500));

    assertThatThrownBy(() -> small.hold(copies(), copy.name()))
        .isInstanceOfSatisfying(
            LakehouseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_INVALID))
        .hasMessageContaining(folder.resolve("disk").toString())
        .hasMessageContaining("expected 1009 bytes, found 500")
        .hasMessageContaining(Setting.INDEX_LOCAL_FOLDER.key());
  }

  @Test
  void copiesThatNobodyReadsMakeRoom() throws IOException {
    List<IndexCopy> copies = new ArrayList<>();
    for (int edition = 1; edition <= 3; edition++) {
      copies.add(published(edition));
    }
    LocalCopies small = LocalCopies.on(disk(2500));
    Path first;
    Path second;
    try (Held held = small.hold(copies(), copies.get(0).name())) {
      first = held.folder();
      try (Held other = small.hold(copies(), copies.get(1).name())) {
        second = other.folder();
      }
      try (Held last = small.hold(copies(), copies.get(2).name())) {
        assertThat(last.folder()).isDirectory();
        assertThat(first).as("in use").isDirectory();
        assertThat(second).doesNotExist();
        assertThatThrownBy(() -> small.hold(copies(), copies.get(1).name()))
            .hasMessageContaining("Not enough room");
      }
    }
  }

  @Test
  void manyWhoWantOneGetOne() throws Exception {
    IndexCopy copy = published(1);
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      List<Future<Path>> held = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        held.add(
            pool.submit(
                () -> {
                  start.await();
                  try (Held mine = local().hold(copies(), copy.name())) {
                    assertThat(mine.folder().resolve("edition")).hasContent("edition 1");
                    return mine.folder();
                  }
                }));
      }
      start.countDown();
      Set<Path> folders = new java.util.HashSet<>();
      for (Future<Path> each : held) {
        folders.add(each.get());
      }
      assertThat(folders).hasSize(1);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void workOfAJvmThatIsGoneIsRemoved() throws IOException {
    Path abandoned = folder.resolve("disk/work-abandoned");
    Files.createDirectories(abandoned.resolve("index"));
    Path inUse;

    try (Work work = local().work(1, "to try")) {
      inUse = work.folder();
      try (Work next = local().work(1, "to try")) {
        assertThat(next.folder()).isEmptyDirectory();
      }
      assertThat(inUse).isDirectory();
    }

    assertThat(abandoned).doesNotExist();
    assertThat(inUse).doesNotExist();
  }

  @Test
  void aListLeadsNowhereElse() throws IOException {
    String text = CopyListText.of(Map.of("../outside", "ab".repeat(32)));

    assertThatThrownBy(() -> CopyList.of(text, "a list"))
        .isInstanceOf(LakehouseException.class)
        .hasMessageContaining("../outside");
  }

  /** A list as nobody here would write it. */
  private static final class CopyListText {
    static String of(Map<String, String> files) {
      StringBuilder text = new StringBuilder("{");
      files.forEach(
          (path, sha256) ->
              text.append("\"%s\": {\"sha256\": \"%s\", \"bytes\": 1}".formatted(path, sha256)));
      return text.append("}").toString();
    }
  }

  @Test
  void whatNoReleaseNamesGoes() throws IOException {
    IndexCopy kept = published(1);
    IndexCopy given = published(2);
    CopySweep sweep = new CopySweep(copies());
    Instant later = Instant.now().plusSeconds(60);
    int all = stored().size();

    assertThat(sweep.find(Set.of(kept.name()), Instant.EPOCH)).isEmpty();
    assertThat(sweep.find(Set.of(kept.name(), "ab".repeat(32)), later)).isEmpty();
    List<StoredFile> found = sweep.find(Set.of(kept.name()), later);
    sweep.remove(found, later);

    assertThat(found).hasSize(2);
    assertThat(stored()).hasSize(all - 2);
    assertThat(copies().damage(kept.name())).isEmpty();
    assertThat(copies().damage(given.name())).isNotEmpty();
    assertThat(
            CopySweep.stores(
                LakeLayout.of("bare:" + folder.resolve("lake"), Settings.defaults()), HADOOP))
        .containsExactly("text/0123abcd-2.copies");
  }
}
