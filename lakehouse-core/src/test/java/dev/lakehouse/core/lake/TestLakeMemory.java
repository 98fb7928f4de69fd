// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.lake.Kept.KeptPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestLakeMemory {
  private static final KeptPolicy STRICT = new KeptPolicy("strict", "ab".repeat(32));

  @TempDir Path folder;
  private LakeLayout layout;
  private LakeMemory memory;

  @BeforeEach
  void lake() {
    layout = LakeLayout.of(folder + "/a lake [1]{2,3}*", Settings.defaults());
    memory = LakeMemory.of(layout, new Configuration());
  }

  @Test
  void aPlaceWithoutLakeHasNoIdentityAndKeepsNothing() throws IOException {
    assertThat(LakeIdentity.find(layout, new Configuration())).isEmpty();
    assertThat(memory.now().isNothing()).isTrue();
    assertThat(memory.history()).isEmpty();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void theIdentityIsDrawnOnce() {
    LakeIdentity first = LakeIdentity.of(layout, new Configuration());

    assertThat(LakeIdentity.of(layout, new Configuration())).isEqualTo(first);
    assertThat(LakeIdentity.find(layout, new Configuration())).contains(first);
    LakeLayout other = LakeLayout.of(folder + "/other", Settings.defaults());
    assertThat(LakeIdentity.of(other, new Configuration())).isNotEqualTo(first);
  }

  @Test
  void allWhoComeFirstGetTheSameIdentity() throws Exception {
    for (int round = 0; round < 20; round++) {
      LakeLayout young = LakeLayout.of(folder + "/young-" + round, Settings.defaults());
      assertThat(atOnce(8, i -> LakeIdentity.of(young, new Configuration())).stream().distinct())
          .hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"lake\": 7}", "{\"lake\": \"short\"}"})
  void anIdentityThatIsNoneIsDamage(String text) throws IOException {
    Files.createDirectories(Path.of(java.net.URI.create(uri(layout.root()))));
    Files.writeString(Path.of(java.net.URI.create(uri(layout.root()))).resolve("lake.json"), text);

    assertThatThrownBy(() -> LakeIdentity.of(layout, new Configuration()))
        .isInstanceOfSatisfying(
            LakehouseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTEGRITY))
        .hasMessageContaining("lake.json")
        .hasMessageContaining("32 hex digits");
  }

  private static String uri(String place) {
    return new org.apache.hadoop.fs.Path(place).toUri().toString();
  }

  @Test
  void whatIsGivenStaysInForceUntilSomethingElseIsGiven() {
    keep("r1", Kept.nothing().with(STRICT));
    memory.keep(
        "r2",
        Instant.EPOCH,
        kept -> kept.with(Setting.CLIP_MODEL, "clip-vit").withBundle("clip", "c1"));

    Kept now = memory.now();

    assertThat(now.version()).isEqualTo(2);
    assertThat(now.run()).isEqualTo("r2");
    assertThat(now.policy()).contains(STRICT);
    assertThat(now.settings()).containsEntry(Setting.CLIP_MODEL.key(), "clip-vit");
    assertThat(now.bundles()).containsEntry("clip", "c1");
    assertThat(memory.history()).extracting(Kept::run).containsExactly("r1", "r2");
  }

  @Test
  void givingTheSameAgainWritesNothing() {
    keep("r1", Kept.nothing().with(STRICT));

    assertThat(keep("r2", Kept.nothing().with(STRICT)).version()).isEqualTo(1);
    assertThat(memory.history()).hasSize(1);
  }

  @Test
  void nothingThatSeveralGiveAtOnceIsLost() throws Exception {
    atOnce(
        8,
        i ->
            memory.keep(
                "r" + i, Instant.EPOCH, kept -> kept.withBundle("family " + i, "digest " + i)));

    assertThat(memory.now().bundles()).hasSize(8);
    assertThat(memory.history())
        .extracting(Kept::version)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 8).boxed().toList());
  }

  @Test
  void aVersionThatCannotBeReadIsNamed() throws IOException {
    keep("r1", Kept.nothing().with(STRICT));
    Path file =
        Path.of(java.net.URI.create(uri(layout.memory()))).resolve("00000000000000000001.json");
    Files.writeString(file, "{\"version\": ");

    assertThatThrownBy(memory::now)
        .isInstanceOf(LakehouseException.class)
        .hasMessageContaining("00000000000000000001.json")
        .hasMessageContaining("go back to the version before");
  }

  private Kept keep(String run, Kept given) {
    return memory.keep(
        run, Instant.EPOCH, before -> given.policy().map(before::with).orElse(before));
  }

  private interface Act<T> {
    T of(int i) throws Exception;
  }

  private static <T> List<T> atOnce(int threads, Act<T> act) throws Exception {
    CyclicBarrier start = new CyclicBarrier(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<T>> calls = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int number = i;
        calls.add(
            () -> {
              start.await();
              return act.of(number);
            });
      }
      List<T> results = new ArrayList<>();
      for (Future<T> result : pool.invokeAll(calls)) {
        results.add(result.get());
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }
}
