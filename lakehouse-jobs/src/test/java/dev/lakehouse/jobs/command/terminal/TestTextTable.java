// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TestTextTable {
  private final TextTable table =
      new TextTable(List.of("name", "rows", "from"))
          .add(List.of("cats", "1,204", "/data/cats"))
          .add(List.of("a\nb\u001b[31m", "7", "/data/a folder with a long name/of cats"));

  @Test
  void numbersStandToTheRightUnderAHeader() {
    assertThat(table.lines(80))
        .contains(
            List.of(
                "name       rows  from",
                "cats      1,204  /data/cats",
                "a b [31m      7  /data/a folder with a long name/of cats"));
  }

  @Test
  void noLineIsWiderThanTheTerminal() {
    List<String> lines = table.lines(40).orElseThrow();

    assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(40));
    assertThat(lines.get(2)).endsWith("…");
  }

  @Test
  void aTerminalThatIsTooNarrowGetsNoTable() {
    assertThat(table.lines(20)).isEmpty();
  }
}
