// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.derive.Passage;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestSubtitles {
  private static List<Passage> passages(String text) {
    return Subtitles.passages(text).orElseThrow();
  }

  @Test
  void subRipIsReadByTime() {
    String srt =
        """
        1
        00:00:01,500 --> 00:00:03,000
        <i>Good morning,</i>
        everybody.

        2
        00:00:50,000 --> 00:00:52,250
        The bridge is open again.
        """;

    assertThat(passages(srt))
        .containsExactly(
            new Passage("time/1.50-3.00", "Good morning, everybody."),
            new Passage("time/50.00-52.25", "The bridge is open again."));
  }

  @Test
  void webVttIsReadByTime() {
    String vtt =
        """
        WEBVTT Some title

        NOTE nothing that is said

        intro
        01:02.000 --> 01:04.000 align:start position:0%
        We begin.

        1:00:00.000 --> 1:00:01.000
        We end.
        """;

    assertThat(passages(vtt))
        .containsExactly(
            new Passage("time/62.00-64.00", "We begin."),
            new Passage("time/3600.00-3601.00", "We end."));
  }

  @Test
  void whatFollowsAtOnceIsJoinedUpToHalfAMinute() {
    StringBuilder srt = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      srt.append(
          "%d%n00:00:%02d,000 --> 00:00:%02d,900%nline %d%n%n"
              .formatted(i + 1, 2 * i, 2 * i + 1, i));
    }

    List<Passage> passages = passages(srt.toString());

    assertThat(passages).hasSize(2);
    assertThat(passages.get(0).segment()).isEqualTo("time/0.00-29.90");
    assertThat(passages.get(0).text()).startsWith("line 0 line 1").endsWith("line 14");
  }

  @Test
  void aPassageEndsWithASentence() {
    String srt =
        """
        1
        00:00:00,500 --> 00:00:03,000
        Welcome everybody to this meeting.

        2
        00:00:03,200 --> 00:00:05,000
        The keeper counted eleven ships

        3
        00:00:05,000 --> 00:00:06,700
        before the storm came in.

        4
        00:00:07,000 --> 00:00:07,500
        Yes.

        5
        00:00:07,600 --> 00:00:09,000
        "Then they went home."
        """;

    assertThat(passages(srt))
        .containsExactly(
            new Passage("time/0.50-3.00", "Welcome everybody to this meeting."),
            new Passage(
                "time/3.20-6.70", "The keeper counted eleven ships before the storm came in."),
            new Passage("time/7.00-9.00", "Yes. \"Then they went home.\""));
  }

  @Test
  void otherTextsAreNone() {
    assertThat(Subtitles.passages("1\nis a number, and a text follows")).isEmpty();
    assertThat(Subtitles.passages("")).isEmpty();
    assertThat(Subtitles.passages("It began at 00:00:01,500 --> and so on")).isEmpty();
  }
}
