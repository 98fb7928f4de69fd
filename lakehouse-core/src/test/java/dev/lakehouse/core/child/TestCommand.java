// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.LakehouseException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The programs are of the shell, and really do what a broken decoder does. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class TestCommand {
  private static final Duration LONG = Duration.ofMinutes(10);

  @TempDir private Path folder;
  private Path input;

  @BeforeEach
  void writeInput() throws Exception {
    input = Files.writeString(folder.resolve("input"), "what it reads");
  }

  private static ChildLimits limits(Duration item, Duration stall) {
    return new ChildLimits(item, stall, 1L << 30, 1 << 20);
  }

  private Command shell(String script, ChildLimits limits) {
    return new Command(
        List.of("/bin/sh", "-c", script), input, Map.of("PATH", "/usr/bin:/bin"), limits);
  }

  private Command shell(String script) {
    return shell(script, limits(LONG, LONG));
  }

  private static String text(InputStream answer) throws java.io.IOException {
    return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
  }

  private static ItemError codeOf(Command command) {
    try {
      Finished<String> unused = command.run(TestCommand::text, line -> {});
      throw new AssertionError("It ended well: " + unused);
    } catch (ItemException e) {
      return e.code();
    }
  }

  @Test
  void itReadsTheFileAndIsHeardToTheEnd() throws Exception {
    List<String> heard = Collections.synchronizedList(new ArrayList<>());

    Finished<String> done =
        shell("cat; echo once >&2; echo twice >&2; exit 3").run(TestCommand::text, heard::add);

    assertThat(done.value()).isEqualTo("what it reads");
    assertThat(done.exit()).isEqualTo(3);
    assertThat(heard).containsExactly("once", "twice");
    assertThat(done.complaints()).isEqualTo("once; twice");
  }

  @Test
  void itCanSeekInTheFile() throws Exception {
    Finished<String> done = shell("dd bs=1 skip=5 2>/dev/null").run(TestCommand::text, line -> {});

    assertThat(done.value()).isEqualTo("it reads");
  }

  @Test
  void itSeesNothingOfOurEnvironment() throws Exception {
    Finished<String> done =
        shell("env | grep -v -E '^(PATH|PWD|_|SHLVL)='; true").run(TestCommand::text, line -> {});

    assertThat(done.value()).isEmpty();
  }

  @Test
  void aCrashCostsTheItem() {
    assertThat(codeOf(shell("kill -SEGV $$"))).isEqualTo(ItemError.DECODER_CRASHED);
    assertThat(codeOf(shell("kill -KILL $$"))).isEqualTo(ItemError.DECODER_CRASHED);
  }

  @Test
  void aHangEndsWhenItHasBeenSilentForTooLong() {
    assertThat(codeOf(shell("exec sleep 1000", limits(LONG, Duration.ofMillis(300)))))
        .isEqualTo(ItemError.TIME_LIMIT);
    assertThat(
            codeOf(shell("exec >&- 2>&-; exec sleep 1000", limits(LONG, Duration.ofMillis(300)))))
        .as("one that closed its pipes")
        .isEqualTo(ItemError.TIME_LIMIT);
  }

  @Test
  void oneThatTalksOnForEverEndsAtItsDeadline() {
    Command endless =
        shell("while true; do echo .; sleep 0.05; done", limits(Duration.ofSeconds(1), LONG));

    assertThat(codeOf(endless)).isEqualTo(ItemError.TIME_LIMIT);
  }

  @Test
  void aReaderThatTakesItsTimeIsNotItsFault() throws Exception {
    Finished<String> done =
        shell("cat", limits(LONG, Duration.ofMillis(200)))
            .run(
                answer -> {
                  int first = answer.read();
                  pause(1000);
                  return (char) first + text(answer);
                },
                line -> {});

    assertThat(done.value()).isEqualTo("what it reads");
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aFloodOfAnswersCostsTheItem() {
    assertThat(codeOf(shell("exec yes"))).isEqualTo(ItemError.OUTPUT_LIMIT);
  }

  @Test
  void aFloodOfComplaintsIsReadAndForgotten() throws Exception {
    Finished<String> done =
        shell("yes complaint | head -n 200000 >&2; head -c 3000000 /dev/zero >&2; echo done")
            .run(TestCommand::text, line -> {});

    assertThat(done.value()).isEqualTo("done\n");
    assertThat(done.complaints()).hasSizeLessThan(20_000).contains("complaint");
  }

  @Test
  void memoryIsBounded() throws Exception {
    assumeTrue(Cage.missing().isEmpty(), () -> "skipped: " + Cage.missing());

    Finished<String> done =
        shell("head -c 3000000000 /dev/zero | tail -c 2000000000 > /dev/null; echo $?")
            .run(TestCommand::text, line -> {});

    assertThat(done.value()).isNotEqualTo("0\n");
  }

  @Test
  void processorTimeIsBounded() {
    assumeTrue(Cage.missing().isEmpty(), () -> "skipped: " + Cage.missing());

    assertThat(codeOf(shell("while true; do :; done", limits(Duration.ofSeconds(2), LONG))))
        .isEqualTo(ItemError.TIME_LIMIT);
  }

  @Test
  void whatIsNotThereSaysSoToTheOperator() {
    Command missing = new Command(List.of("/no/such/program"), input, Map.of(), limits(LONG, LONG));

    assertThatThrownBy(() -> missing.run(TestCommand::text, line -> {}))
        .isInstanceOfSatisfying(
            LakehouseException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.DECODER_UNAVAILABLE))
        .hasMessageContaining("/no/such/program");
  }

  @Test
  void neighboursGoOn() throws Exception {
    List<String> ends = new ArrayList<>();
    for (String script : List.of("kill -SEGV $$", "cat", "exec yes", "cat")) {
      try {
        ends.add(shell(script).run(TestCommand::text, line -> {}).value());
      } catch (ItemException e) {
        ends.add(e.code().name());
      }
    }

    assertThat(ends)
        .containsExactly("DECODER_CRASHED", "what it reads", "OUTPUT_LIMIT", "what it reads");
  }
}
