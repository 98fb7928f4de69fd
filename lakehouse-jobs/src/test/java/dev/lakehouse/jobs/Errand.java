// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.search.SearchQuery;
import dev.lakehouse.core.search.Searcher;
import dev.lakehouse.jobs.pipeline.Scope;
import dev.lakehouse.jobs.pipeline.sweep.GcOptions;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** What a driver comes for: as a call of the library, and as a command line. */
public enum Errand {
  INGEST {
    @Override
    void run(DriverLakes lakes, Lakehouse driver) {
      lakes.ingest(driver);
    }

    @Override
    public List<String> arguments(DriverLakes lakes) {
      return List.of(
          "ingest", "--source", "files", "--path", lakes.source().toString(), "--name", "in");
    }
  },
  EMBED {
    @Override
    void run(DriverLakes lakes, Lakehouse driver) {
      driver.embed(List.of(), Optional.empty(), Scope.CHANGED);
    }

    @Override
    public List<String> arguments(DriverLakes lakes) {
      return List.of("embed");
    }
  },
  JUDGE {
    @Override
    void run(DriverLakes lakes, Lakehouse driver) {
      lakes.judgeStrictly(driver);
    }

    @Override
    public List<String> arguments(DriverLakes lakes) {
      return List.of("judge", "--policy", lakes.strictPolicy().toString());
    }
  },
  PUBLISH {
    @Override
    void run(DriverLakes lakes, Lakehouse driver) {
      DriverLakes.publish(driver);
    }

    @Override
    public List<String> arguments(DriverLakes lakes) {
      return List.of("publish", "--allow-leaving");
    }
  },
  GC {
    @Override
    void run(DriverLakes lakes, Lakehouse driver) {
      driver.gc(GcOptions.dryRun().apply());
    }

    @Override
    public List<String> arguments(DriverLakes lakes) {
      return List.of("gc", "--apply");
    }
  },
  SEARCH {
    /** Asks several times, so that a release comes in between. */
    @Override
    void run(DriverLakes lakes, Lakehouse driver) {
      for (int i = 0; i < 8; i++) {
        try (Searcher searcher =
            Searcher.of(
                driver.layout(),
                DriverLakes.SETTINGS,
                ModelsRoot.at(driver.layout().modelsUri()),
                new Configuration())) {
          assertThat(searcher.search(SearchQuery.text("text", "tide", 9, Optional.empty())).hits())
              .isNotEmpty();
        }
      }
    }

    @Override
    public List<String> arguments(DriverLakes lakes) {
      return List.of("search", "tide");
    }
  };

  /** Runs it in this JVM. */
  abstract void run(DriverLakes lakes, Lakehouse driver);

  /** The words of the command, without the lake. */
  public abstract List<String> arguments(DriverLakes lakes);
}
