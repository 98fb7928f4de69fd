// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.LakehouseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TestNodeCache {
  private final String identity = UUID.randomUUID().toString();
  private final AtomicInteger fills = new AtomicInteger();

  private Path get() {
    return NodeCache.get("test", identity, this::fill);
  }

  private void fill(Path folder) throws IOException {
    fills.incrementAndGet();
    Files.writeString(folder.resolve("a"), "one");
    Files.writeString(folder.resolve("b"), "two");
  }

  @Test
  void itIsFilledOnce() {
    Path first = get();

    assertThat(get()).isEqualTo(first);
    assertThat(fills).hasValue(1);
    assertThat(first.resolve("a")).hasContent("one");
  }

  @Test
  void whatLostAFileIsFilledAgain() throws Exception {
    Path first = get();
    Files.delete(first.resolve("b"));

    assertThat(get()).isEqualTo(first);

    assertThat(first.resolve("b")).hasContent("two");
    assertThat(fills).hasValue(2);
    try (var left = Files.list(first.getParent())) {
      assertThat(left.map(Path::getFileName).map(Path::toString))
          .noneMatch(name -> name.startsWith("damaged-"));
    }
  }

  @Test
  void manyMayFillAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Path>> all = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        all.add(threads.submit(this::get));
      }
      Set<Path> places = new HashSet<>();
      for (Future<Path> one : all) {
        places.add(one.get());
        assertThat(one.get().resolve("a")).hasContent("one");
      }
      assertThat(places).hasSize(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void whatCannotBeFilledLeavesNothingBehind() throws Exception {
    Path home = get().getParent();

    assertThatThrownBy(
            () ->
                NodeCache.get(
                    "broken",
                    identity,
                    folder -> {
                      throw new IOException("no space left on device");
                    }))
        .isInstanceOf(LakehouseException.class)
        .hasMessageContaining("no space left on device");

    try (var left = Files.list(home)) {
      assertThat(left.map(Path::getFileName).map(Path::toString))
          .noneMatch(name -> name.startsWith("broken-"));
    }
  }
}
