// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.survey;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Similar;
import dev.lakehouse.core.Table;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.lake.LakeReader;
import dev.lakehouse.core.lake.LakeSchema;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.watch.state.LakeView;
import dev.lakehouse.core.watch.state.RunReports;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reports of runs of the past, from the tables as they were when each ended.
 *
 * @param now the lake as it is
 * @param hadoop settings of the storage beyond its defaults
 */
public record PastRuns(LakeView now, Map<String, String> hadoop) {
  /** What reading and decoding pictures may cost where nobody waits for a run to end. */
  static final Duration PICTURES = Duration.ofMinutes(1);

  private RunReports runs() {
    return now.tables().runs();
  }

  /**
   * The run that was last.
   *
   * @throws LakehouseException CONFIG_INVALID if there is none
   */
  public RunNote last() {
    List<String> ids = ids();
    if (ids.isEmpty()) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "No run of this lake is known: expected notes of runs in %s and found none",
          now.lake().layout().runs());
    }
    return named(ids.get(ids.size() - 1));
  }

  /**
   * A run.
   *
   * @param id of the run, or how it begins
   * @throws LakehouseException CONFIG_INVALID if there is none, or several
   */
  public RunNote named(String id) {
    List<String> ids = ids();
    List<String> found =
        ids.contains(id) ? List.of(id) : ids.stream().filter(each -> each.startsWith(id)).toList();
    if (found.size() != 1) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          found.isEmpty()
              ? "There is no run '%s'. Did you mean %s? 'lakehouse table runs' shows them"
              : "'%s' begins the names of several runs, %s among them: give more of it",
          id,
          found.isEmpty() ? Similar.to(id, ids) : found.get(0));
    }
    return runs().find(found.get(0)).map(RunNote::new).orElseThrow();
  }

  /**
   * The run that made a release.
   *
   * @param name number or id of the release
   * @throws LakehouseException CONFIG_INVALID if there is none, or its run left no trace
   */
  public RunNote ofRelease(String name) {
    Release release = Release.named(name, now.releases());
    return runs()
        .find(release.run())
        .map(RunNote::new)
        .orElseThrow(
            () ->
                LakehouseException.of(
                    ErrorCode.CONFIG_INVALID,
                    "Release %d was made by run %s, of which nothing is left in %s. 'lakehouse sheet"
                        + " --release %d' shows what it publishes",
                    release.sequence(),
                    release.run(),
                    now.lake().layout().runs(),
                    release.sequence()));
  }

  private List<String> ids() {
    return runs().rows().stream().map((Values row) -> row.require("run", String.class)).toList();
  }

  /** The report of a run as a page of HTML. */
  public String page(RunNote run) {
    List<String> notes = new ArrayList<>();
    if (!run.isOver()) {
      notes.add(
          "This run left no report at its end: it was killed, or still goes on. What follows is the"
              + " lake as it is now.");
    }
    if (run.isOver() && run.after().isEmpty()) {
      notes.add(
          "The report of this run names no versions of tables. What follows is the lake as it is"
              + " now.");
    }
    return new RunSurvey(then(run), run, now, notes, hadoop, PICTURES).page();
  }

  /** The lake as the run left it; a table that its report does not name was not there. */
  private LakeView then(RunNote run) {
    Map<String, Long> after = run.after();
    if (after.isEmpty()) {
      return now;
    }
    Map<String, Long> versions = new TreeMap<>();
    for (Table table : LakeSchema.TABLES) {
      versions.put(table.name(), after.getOrDefault(table.name(), LakeReader.ABSENT));
    }
    return now.at(versions, run.ended().orElse(Instant.MAX));
  }
}
