// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TestTextRepair {

  @Test
  void ligaturesAreLetters() {
    assertThat(TextRepair.of("ﬁne ﬂow, oﬀ eﬃcient ﬆ")).isEqualTo("fine flow, off efficient st");
  }

  @Test
  void otherFormsOfLettersStay() {
    assertThat(TextRepair.of("x² ½ ™ Å ①")).isEqualTo("x² ½ ™ Å ①");
  }

  @Test
  void wordsThatALineEndCutsAreJoined() {
    assertThat(TextRepair.ofLines("an exam-\nple of words")).isEqualTo("an example of words");
    assertThat(TextRepair.ofLines("opti\u00ADonal and op\u00AD\ntional"))
        .isEqualTo("optional and optional");
  }

  @Test
  void wordsWithAHyphenOfTheirOwnKeepIt() {
    assertThat(TextRepair.ofLines("a state-of-the-art thing, state-\nof-the-art"))
        .isEqualTo("a state-of-the-art thing, state-of-the-art");
    assertThat(TextRepair.ofLines("usually well-\ninterconnected"))
        .isEqualTo("usually well-interconnected");
    assertThat(TextRepair.ofLines("pages 3-\n4, Jean-\nPaul"))
        .isEqualTo("pages 3-\n4, Jean-\nPaul");
  }

  @Test
  void spacesAreNeitherLostNorDoubled() {
    assertThat(TextRepair.of("  two  words\u00A0here \n  and\there\n\n\n\nnext "))
        .isEqualTo("two words here\nand here\n\nnext");
  }

  @Test
  void aSentenceThatGoesOnIsOneParagraph() {
    assertThat(TextRepair.ofLines("at the end of a column\n\nit goes on.\n\nAnother begins"))
        .isEqualTo("at the end of a column\nit goes on.\n\nAnother begins");
  }

  @Test
  void runningHeadsAndNumbersOfPagesGo() {
    assertThat(
            RunningHeads.removed(
                List.of(
                    "Annual report\nIt was a good\nyear for\nPage 1 of 3",
                    "Annual report\nall who were\nthere and\nPage 2 of 3",
                    "Annual report\nthose who\nwere not.\nPage 3 of 3")))
        .containsExactly(
            "It was a good\nyear for", "all who were\nthere and", "those who\nwere not.");
  }

  @Test
  void linesThatRepeatThroughoutAreTheText() {
    List<String> pages =
        List.of("Line 1\nLine 2\nLine 3", "Line 4\nLine 5\nLine 6", "Line 7\nLine 8\nLine 9");

    assertThat(RunningHeads.removed(pages)).isEqualTo(pages);
  }
}
