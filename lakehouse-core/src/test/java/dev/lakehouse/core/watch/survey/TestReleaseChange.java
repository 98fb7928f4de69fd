// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.survey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.Settings;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.LakeReader;
import dev.lakehouse.core.lake.Release;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

class TestReleaseChange {
  private static final Release FIRST = release(1, Release.RELEASED);
  private static final Release SECOND = release(2, Release.RELEASED);
  private static final Release WITHDRAWN = release(2, Release.WITHDRAWN);

  private static Release release(long sequence, String state) {
    return new Release(
        sequence,
        "id" + sequence,
        Optional.empty(),
        Instant.EPOCH,
        0,
        0,
        -1,
        "judgement",
        "policy",
        "constraints",
        List.of(),
        List.of(),
        1_000 * sequence,
        0,
        0,
        "the run of " + sequence,
        state);
  }

  private static String said(Optional<List<Release>> before, Release... after) {
    LakeLayout nowhere = LakeLayout.of("/nowhere", Settings.defaults());
    return new ReleaseChange("another run", before, List.of(after))
        .told(new Telling(new LakeReader(nowhere, new Configuration())))
        .why();
  }

  private static Optional<List<Release>> of(Release... releases) {
    return Optional.of(List.of(releases));
  }

  @Test
  void aRollbackSaysFromWhereToWhereReadersMoved() {
    assertThat(said(of(FIRST, SECOND), FIRST, WITHDRAWN))
        .isEqualTo("Readers moved from release 2 back to release 1 with 1,000 items.");
    assertThat(said(of(SECOND), WITHDRAWN))
        .isEqualTo("Release 2 was withdrawn: readers find nothing any more.");
  }

  @Test
  void asBeforeIsSaidOnlyWhereThatIsKnown() {
    assertThat(said(of(FIRST), FIRST))
        .isEqualTo("This run released nothing. Readers see release 1 with 1,000 items, as before.");
    assertThat(said(Optional.empty(), FIRST))
        .isEqualTo("This run released nothing. Readers see release 1 with 1,000 items.");
    assertThat(said(of(FIRST), FIRST, SECOND))
        .isEqualTo(
            "This run released nothing. Another did meanwhile: readers see release 2 with 2,000"
                + " items.");
    assertThat(said(of())).endsWith("nothing else is released.");
  }
}
