// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FileStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestFileState {
  private static final Instant WRITTEN = Instant.parse("2026-01-02T03:04:05.678Z");

  @TempDir Path folder;

  /** What a store lists. */
  private static final class Listed extends FileStatus implements EtagSource {
    private static final long serialVersionUID = 1L;
    private final String etag;

    Listed(long length, String etag) {
      super(
          length,
          false,
          1,
          1,
          WRITTEN.toEpochMilli(),
          new org.apache.hadoop.fs.Path("s3a://b/x.png"));
      this.etag = etag;
    }

    @Override
    public String getEtag() {
      return etag;
    }
  }

  @Test
  void anEtagMarksBytesHoweverShortlyTheyWereWritten() {
    FileState state = FileState.of(new Listed(7, "\"abc\""));
    assertThat(state.mark(WRITTEN)).contains("7 abc");
    assertThat(FileState.of(new Listed(7, "abc")).mark(WRITTEN)).contains("7 abc");
    assertThat(FileState.of(new Listed(7, "abd")).mark(WRITTEN)).contains("7 abd");
    assertThat(state.part(3).mark(WRITTEN)).contains("3 abc");
  }

  @Test
  void aTimeMarksBytesOnceItCannotComeTwice() {
    FileState state = FileState.of(new Listed(7, ""));
    assertThat(state.mark(WRITTEN.plusMillis(1_999))).isEmpty();
    assertThat(state.mark(WRITTEN.minusSeconds(60))).isEmpty(); // a clock that goes wrong
    assertThat(state.mark(WRITTEN.plusSeconds(2)))
        .isEqualTo(FileState.of(new Listed(7, null)).mark(Instant.MAX))
        .isPresent();
  }

  @Test
  void aLocalFileThatWasReplacedHasAnotherMarkWhateverItsTimeSays() throws IOException {
    Path file = Files.writeString(folder.resolve("x.txt"), "one");
    FileTime old = FileTime.from(WRITTEN);
    Files.setLastModifiedTime(file, old);
    SourceFile source = new SourceFile(file.toUri().toString(), Map.of());
    FileState before = source.state();
    assertThat(before.mark(Instant.MAX)).isPresent().isEqualTo(source.state().mark(Instant.MAX));

    FileState after = before;
    while (after.changed().equals(before.changed())) { // the clock of a file system is coarse
      Files.writeString(file, "two");
      Files.setLastModifiedTime(file, old);
      after = source.state();
    }
    assertThat(after.mark(Instant.MAX)).isPresent().isNotEqualTo(before.mark(Instant.MAX));
  }
}
