// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.bundle.ModelsRoot;
import dev.lakehouse.core.search.SearchQuery;
import dev.lakehouse.core.search.Searcher;
import dev.lakehouse.jobs.DriverLakes.Ready;
import dev.lakehouse.jobs.pipeline.GcOptions;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;

/** Two commands that meet on one lake. */
enum Pair {
  INGEST_INGEST(Ready.TO_INGEST, Pair::ingest, Pair::ingest, lakes -> lakes.ingested),
  EMBED_EMBED(Ready.TO_EMBED, Pair::embed, Pair::embed, lakes -> lakes.embedded),
  PUBLISH_PUBLISH(Ready.TO_PUBLISH, Pair::publish, Pair::publish, lakes -> lakes.published),
  JUDGE_PUBLISH(Ready.TO_PUBLISH, Pair::judge, Pair::publish, lakes -> lakes.judgedAndPublished),
  GC_INGEST(Ready.TO_INGEST, Pair::gc, Pair::ingest, lakes -> lakes.ingested),
  SEARCH_PUBLISH(Ready.TO_PUBLISH, Pair::search, Pair::publish, lakes -> lakes.published);

  /** A command, given to one driver. */
  interface Command {
    void run(DriverLakes lakes, Lakehouse driver);
  }

  final Ready ready;
  final Command first;
  final Command second;
  private final Function<DriverLakes, List<String>> expected;

  Pair(Ready ready, Command first, Command second, Function<DriverLakes, List<String>> expected) {
    this.ready = ready;
    this.first = first;
    this.second = second;
    this.expected = expected;
  }

  /** What the lake says when one followed the other. */
  List<String> expected(DriverLakes lakes) {
    return expected.apply(lakes);
  }

  /** What makes the order of the two be the same in the end, whichever came first. */
  void settle(Lakehouse driver) {
    if (this == JUDGE_PUBLISH) {
      DriverLakes.publish(driver);
    }
  }

  private static void ingest(DriverLakes lakes, Lakehouse driver) {
    lakes.ingest(driver);
  }

  private static void embed(DriverLakes lakes, Lakehouse driver) {
    driver.embed(List.of(), Optional.empty());
  }

  private static void publish(DriverLakes lakes, Lakehouse driver) {
    DriverLakes.publish(driver);
  }

  private static void judge(DriverLakes lakes, Lakehouse driver) {
    lakes.judgeStrictly(driver);
  }

  private static void gc(DriverLakes lakes, Lakehouse driver) {
    driver.gc(GcOptions.dryRun().apply());
  }

  /** Asks until the other command is likely to be over; each answer is that of one release. */
  private static void search(DriverLakes lakes, Lakehouse driver) {
    for (int i = 0; i < 8; i++) {
      try (Searcher searcher =
          Searcher.of(
              driver.layout(),
              DriverLakes.SETTINGS,
              ModelsRoot.at(driver.layout().modelsUri()),
              new Configuration())) {
        assertThat(
                searcher.search(SearchQuery.text("text", "tide", 9, Optional.empty())).hits())
            .isNotEmpty();
      }
    }
  }
}
