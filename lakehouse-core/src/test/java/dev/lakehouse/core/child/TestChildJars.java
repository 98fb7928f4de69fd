// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.LakehouseException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class TestChildJars {
  private static final String RESOURCES = "/dev/lakehouse/documents/child";

  @Test
  void jarsAreUnpackedOnce() throws Exception {
    List<Path> first = ChildJars.of(RESOURCES).unpacked();

    List<Path> second = ChildJars.of(RESOURCES).unpacked();

    assertThat(first).isEqualTo(second).hasSizeGreaterThan(30);
    assertThat(first).anyMatch(jar -> jar.endsWith("lakehouse-documents.jar"));
  }

  @Test
  void aDamagedJarIsReplaced() throws Exception {
    Path jar = ChildJars.of(RESOURCES).unpacked().get(0);
    byte[] whole = Files.readAllBytes(jar);
    byte[] damaged = whole.clone();
    damaged[whole.length / 2] ^= 1;
    Files.write(jar, damaged);

    assertThat(ChildJars.of(RESOURCES).unpacked().get(0)).isEqualTo(jar).hasBinaryContent(whole);
  }

  @Test
  void aJarThatVanishedComesBack() throws Exception {
    ChildJars jars = ChildJars.of(RESOURCES);
    Path jar = jars.unpacked().get(1);
    Files.delete(jar);

    assertThat(jars.unpacked().get(1)).isEqualTo(jar).isRegularFile();
  }

  @RepeatedTest(5)
  void manyMayUnpackAtOnce() throws Exception {
    Path folder = ChildJars.of(RESOURCES).unpacked().get(0).getParent();
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      Files.delete(folder.resolve("lakehouse-documents.jar"));
      List<Future<List<Path>>> all = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        all.add(threads.submit(() -> ChildJars.of(RESOURCES).unpacked()));
      }
      for (Future<List<Path>> one : all) {
        assertThat(one.get()).allMatch(Files::isRegularFile);
      }
    } finally {
      threads.shutdownNow();
    }
    try (var left = Files.list(folder.getParent())) {
      assertThat(left) // those of other versions stay
          .contains(folder)
          .noneMatch(each -> each.getFileName().toString().matches("(unpacking|damaged)-.*"));
    }
  }

  @Test
  void anIndexThatIsNotThereIsForTheOperator() {
    assertThatThrownBy(() -> ChildJars.of("/nowhere"))
        .isInstanceOf(LakehouseException.class)
        .hasMessageContaining("/nowhere/index");
  }
}
