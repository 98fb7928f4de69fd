// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import dev.lakehouse.jobs.DriverLakes.Ready;
import java.util.List;
import java.util.function.Function;

/** Two errands that meet on one lake. */
public enum Pair {
  INGEST_INGEST(Ready.TO_INGEST, Errand.INGEST, Errand.INGEST, lakes -> lakes.ingested),
  EMBED_EMBED(Ready.TO_EMBED, Errand.EMBED, Errand.EMBED, lakes -> lakes.embedded),
  PUBLISH_PUBLISH(Ready.TO_PUBLISH, Errand.PUBLISH, Errand.PUBLISH, lakes -> lakes.published),
  JUDGE_PUBLISH(Ready.TO_PUBLISH, Errand.JUDGE, Errand.PUBLISH, DriverLakes::judgedAndPublished),
  GC_INGEST(Ready.TO_INGEST, Errand.GC, Errand.INGEST, lakes -> lakes.ingested),
  SEARCH_PUBLISH(Ready.TO_PUBLISH, Errand.SEARCH, Errand.PUBLISH, lakes -> lakes.published);

  public final Ready ready;
  public final Errand first;
  public final Errand second;
  private final Function<DriverLakes, List<String>> expected;

  Pair(Ready ready, Errand first, Errand second, Function<DriverLakes, List<String>> expected) {
    this.ready = ready;
    this.first = first;
    this.second = second;
    this.expected = expected;
  }

  /** What the lake says when one followed the other. */
  public List<String> expected(DriverLakes lakes) {
    return expected.apply(lakes);
  }

  /** What makes the order of the two be the same in the end, whichever came first. */
  public void settle(Lakehouse driver) {
    if (this == JUDGE_PUBLISH) {
      DriverLakes.publish(driver);
    }
  }
}
