// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TestLiveLine {
  private static final long SECOND = 1_000_000_000;

  private final StringWriter screen = new StringWriter();
  private final AtomicLong items = new AtomicLong();
  private final AtomicLong clock = new AtomicLong();

  private LiveLine line(int columns) {
    return new LiveLine(
        new PrintWriter(screen, true), new Terminal(columns, false), items::get, clock::get);
  }

  /** What stands on the line now. */
  private String last() {
    String all = screen.toString();
    return all.substring(all.lastIndexOf("\033[K") + 3);
  }

  @Test
  void showsStageDoneOfAllRateAndTimeLeft() {
    LiveLine line = line(100);
    line.stage("embed text");
    line.reached("embed text", 0, 1_500);
    items.set(1);
    clock.set(20 * SECOND); // what was before the first item is no work
    line.draw();
    items.set(500);
    clock.set(30 * SECOND);
    line.draw();

    assertThat(last())
        .isEqualTo("[=======>            ] embed text, 500 of 1,500, 50/s, 20 s left, 30 s");
  }

  @Test
  void theFirstItemsSayNothingOfTheTimeLeft() {
    LiveLine line = line(100);
    line.reached("embed text", 0, 1_000);
    items.set(1);
    clock.set(SECOND);
    line.draw();
    items.set(2);
    clock.set(6 * SECOND);
    line.draw();
    assertThat(last()).endsWith("embed text, 2 of 1,000, 0.4/s, 6 s");

    clock.set(31 * SECOND); // who waits for so long is told what is known
    line.draw();
    assertThat(last()).contains("embed text, 2 of 1,000, 0.1/s, ").contains(" left, 31 s");
  }

  @Test
  void whatIsCommittedCountsWhereNoItemIsSeen() {
    LiveLine line = line(100);
    line.reached("measure", 0, 100);
    clock.set(50 * SECOND);
    line.reached("measure", 25, 100);
    line.draw();

    assertThat(last())
        .isEqualTo("[=====>              ] measure, 25 of 100, 0.5/s, 2 min 30 s left, 50 s");
  }

  @Test
  void repeatedItemsNeverMakeMoreThanAll() {
    LiveLine line = line(100);
    line.reached("measure", 0, 10);
    items.set(25);
    line.draw();

    assertThat(last()).startsWith("[====================] measure, 10 of 10, writing");
  }

  @Test
  void aStageWithoutANumberShowsThatSomethingMoves() {
    LiveLine line = line(100);
    line.stage("judge");
    clock.set(3 * SECOND);
    line.draw();

    assertThat(last()).endsWith("] judge, 3 s").contains("<=>");
  }

  @Test
  void isNeverLongerThanTheTerminal() {
    LiveLine line = line(40);
    line.stage("a stage with a very long name indeed");
    line.draw();

    assertThat(last()).hasSize(39);
  }

  @Test
  void whatIsSaidStandsAboveAndNothingIsLeftAtTheEnd() {
    LiveLine line = line(100);
    line.stage("judge");
    line.draw();
    line.say("judge: done");
    line.draw();
    line.close();

    assertThat(screen.toString()).contains("\r\033[Kjudge: done\n").endsWith("\r\033[K");
  }

  @Test
  void coloursAreLeftOutWhereNobodyWantsThem() {
    assertThat(Terminal.of("100", Map.of("NO_COLOR", "1")).orElseThrow().good("x")).isEqualTo("x");
    assertThat(Terminal.of("100", Map.of("NO_COLOR", "")).orElseThrow().good("x"))
        .isEqualTo("\033[32;1mx\033[0m");
    assertThat(Terminal.of("100", Map.of("TERM", "dumb"))).isEmpty();
    assertThat(Terminal.of("", Map.of())).isEmpty();
    assertThat(Terminal.of("what", Map.of()).orElseThrow().columns()).isEqualTo(80);
  }
}
