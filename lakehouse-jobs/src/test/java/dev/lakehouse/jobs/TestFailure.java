// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.io.IOException;
import java.io.UncheckedIOException;
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
}
