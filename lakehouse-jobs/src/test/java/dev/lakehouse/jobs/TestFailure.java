// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import org.junit.jupiter.api.Test;

class TestFailure {
  private static final IOException FULL = new IOException("No space left on device");

  @Test
  void aFullDiskIsSafeToRetryWhoeverMetIt() {
    Failure failure = Failure.of(new IllegalStateException("Job aborted: " + FULL, FULL));

    assertThat(failure.code()).isEqualTo(ErrorCode.TRANSIENT);
    assertThat(failure.message())
        .startsWith("No space left on device. Make room")
        .contains(System.getProperty("java.io.tmpdir"))
        .endsWith("repeat the command");
  }

  @Test
  void whatWasBeingDoneIsSaidBeforeIt() {
    Failure failure =
        Failure.of(
            LakehouseException.because(FULL, ErrorCode.TRANSIENT, "Cannot store a blob in /x"));

    assertThat(failure.message()).startsWith("Cannot store a blob in /x. Make room");
  }

  @Test
  void damageIsWorseThanAFullDisk() {
    LakehouseException damage =
        LakehouseException.of(ErrorCode.INTEGRITY, "The constraint is gone");
    damage.addSuppressed(new UncheckedIOException(FULL));

    assertThat(Failure.of(damage))
        .isEqualTo(new Failure(ErrorCode.INTEGRITY, "The constraint is gone"));
  }

  @Test
  void whatStaysUntilSomebodyMendsItIsNoReasonToComeAgain() {
    IOException denied = new AccessDeniedException("/lake/runs");
    Failure ours =
        Failure.of(LakehouseException.because(denied, ErrorCode.TRANSIENT, "Cannot write /lake"));
    Failure theirs = Failure.of(new IllegalStateException("Job aborted", denied));

    assertThat(ours.code()).isEqualTo(ErrorCode.CONFIG_INVALID);
    assertThat(ours.message()).startsWith("Cannot write /lake. Check the place, its permissions");
    assertThat(theirs.code()).isEqualTo(ErrorCode.CONFIG_INVALID);
    assertThat(theirs.message()).startsWith("Cannot go on: /lake/runs: permission denied. Check");
  }

  @Test
  void whatMayPassIsAReasonToComeAgain() {
    IOException reset = new IOException("Connection reset by peer");

    assertThat(
            Failure.of(LakehouseException.because(reset, ErrorCode.TRANSIENT, "Cannot read"))
                .code())
        .isEqualTo(ErrorCode.TRANSIENT);
  }

  @Test
  void keysThatEndedAreAReasonToComeAgainAndNoLackOfRights() {
    IOException ended = new AccessDeniedException("s3a://bucket/lake", null, "ExpiredToken");
    Failure ours =
        Failure.of(LakehouseException.because(ended, ErrorCode.TRANSIENT, "Cannot read"));
    Failure theirs = Failure.of(new IllegalStateException("Job aborted", ended));

    assertThat(ours).isEqualTo(new Failure(ErrorCode.TRANSIENT, "Cannot read"));
    assertThat(theirs)
        .isEqualTo(
            new Failure(
                ErrorCode.TRANSIENT,
                "Storage failed: s3a://bucket/lake: ExpiredToken. Repeat the command"));
  }
}
