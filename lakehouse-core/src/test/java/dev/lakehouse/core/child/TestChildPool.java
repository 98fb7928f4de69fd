// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.child;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.LakehouseException;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestChildPool {
  static final List<Path> CLASS_PATH =
      Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
          .map(Path::of)
          .toList();

  private ChildPool pool = pool(Duration.ofSeconds(60), 100);

  private static ChildPool pool(Duration perQuestion, int questions) {
    ChildPoolOptions options = new ChildPoolOptions(1, 48 << 20, perQuestion, questions);
    return new ChildPool(options, () -> CLASS_PATH, UnrulyMain.class.getName());
  }

  @AfterEach
  void end() {
    pool.close();
  }

  private String ask(String question) throws ItemException {
    return new String(pool.ask(question.getBytes(UTF_8), 1 << 20), UTF_8);
  }

  @Test
  void oneChildAnswersManyQuestions() throws Exception {
    assertThat(ask("hello")).isEqualTo("hello");
    String pid = ask("pid");

    assertThat(ask("pid")).isEqualTo(pid);
  }

  @Test
  void aChildIsReplacedAfterItsQuestions() throws Exception {
    pool.close();
    pool = pool(Duration.ofSeconds(60), 2);
    String first = ask("pid");
    assertThat(ask("pid")).isEqualTo(first);

    String second = ask("pid");

    assertThat(second).isNotEqualTo(first);
    awaitEnd(first);
  }

  @ParameterizedTest
  @CsvSource({
    "halt, DECODER_CRASHED",
    "exit, DECODER_CRASHED",
    "throw, DECODER_CRASHED",
    "overflow, DECODER_CRASHED",
    "kill, DECODER_CRASHED",
    "half, DECODER_CRASHED",
    "chatter, DECODER_CRASHED",
    "claim, OUTPUT_LIMIT",
    "memory, MEMORY_LIMIT"
  })
  void whateverAChildDoesCostsOneItem(String deed, ItemError code) throws Exception {
    String pid = ask("pid");

    assertThatThrownBy(() -> ask(deed))
        .isInstanceOfSatisfying(ItemException.class, e -> assertThat(e.code()).isEqualTo(code));

    assertThat(ask("neighbour")).isEqualTo("neighbour");
    awaitEnd(pid);
  }

  @Test
  void aChildThatHangsIsEndedAtItsDeadline() throws Exception {
    pool.close();
    pool = pool(Duration.ofSeconds(3), 100);

    assertThatThrownBy(() -> ask("hang"))
        .isInstanceOfSatisfying(
            ItemException.class, e -> assertThat(e.code()).isEqualTo(ItemError.TIME_LIMIT))
        .hasMessage("Not read within 3 s");

    assertThat(ask("neighbour")).isEqualTo("neighbour");
  }

  @Test
  void aChildThatComplainsWithoutEndIsHeard() throws Exception {
    assertThat(ask("complain")).isEqualTo("complain");
    assertThat(ask("neighbour")).isEqualTo("neighbour");
  }

  @Test
  void anAnswerThatIsTooLongIsALimit() {
    assertThatThrownBy(() -> pool.ask(new byte[1000], 999))
        .isInstanceOfSatisfying(
            ItemException.class, e -> assertThat(e.code()).isEqualTo(ItemError.OUTPUT_LIMIT));
  }

  @Test
  void manyWhoAskShareOneChild() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<String>> asked = new ArrayList<>();
      IntStream.range(0, 40).forEach(i -> asked.add(threads.submit(() -> ask("pid"))));
      List<String> pids = new ArrayList<>();
      for (Future<String> one : asked) {
        pids.add(one.get());
      }
      assertThat(pids).containsOnly(pids.get(0));
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aChildThatEndedWhileItWaitedIsReplaced() throws Exception {
    ProcessHandle child = ProcessHandle.of(Long.parseLong(ask("pid"))).orElseThrow();
    child.destroyForcibly();
    child.onExit().get();

    assertThat(ask("neighbour")).isEqualTo("neighbour");
  }

  @Test
  void noChildAtAllIsForTheOperator() {
    pool.close();
    pool =
        new ChildPool(
            new ChildPoolOptions(1, 48 << 20, Duration.ofSeconds(60), 1), List::of, "no.such.Main");

    assertThatThrownBy(() -> ask("hello"))
        .isInstanceOfSatisfying(
            LakehouseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_INVALID))
        .hasMessageContaining("no.such.Main");
  }

  private static void awaitEnd(String pid) throws Exception {
    Optional<ProcessHandle> left = ProcessHandle.of(Long.parseLong(pid));
    if (left.isPresent()) {
      left.get().onExit().get();
    }
  }
}
