// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import dev.lakehouse.core.Table;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.lake.LakeSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a lake says, however often commands were repeated: every row of its tables, the current
 * release, and whether each blob that a row names is there.
 */
public final class LakeState {
  /** Columns that say who did it and when, and sums of floats whose last digits are chance. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "run",
          "first_run",
          "last_run",
          "first_seen",
          "trace_id",
          "judgement_id",
          "attempts",
          "vector",
          "text_vector",
          "clip_vector");

  private LakeState() {}

  /** Reads it, a line for each row, in an order that is always the same. */
  public static List<String> of(Lakehouse lake, Path root) throws IOException {
    List<String> state = new ArrayList<>();
    for (Table table : LakeSchema.TABLES) {
      if (!table.equals(Tables.RELEASES) && !table.equals(Tables.SIGHTINGS)) {
        rows(lake, table).stream()
            .map(row -> table.name() + " " + row)
            .sorted()
            .forEach(state::add);
      }
    }
    lake.current()
        .ifPresent(
            release -> {
              state.add("published " + release.published());
              release.families().forEach(each -> state.add(each.name() + " " + each.rows()));
            });
    state.addAll(missingBlobs(lake, root));
    return state;
  }

  private static List<Map<String, Object>> rows(Lakehouse lake, Table table) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Map<String, Object> row :
        lake.table(table.name(), Optional.empty(), List.of(), 10_000).rows()) {
      Map<String, Object> said = new TreeMap<>(new HashMap<>(row));
      said.keySet().removeAll(LEFT_OUT);
      rows.add(said);
    }
    return rows;
  }

  private static List<String> missingBlobs(Lakehouse lake, Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root.resolve("blobs"))) {
      List<String> there = files.map(file -> String.valueOf(file.getFileName())).toList();
      return lake
          .table("assets", Optional.of("blob IS NOT NULL"), List.of("blob"), 10_000)
          .rows()
          .stream()
          .map(row -> String.valueOf(row.get("blob")))
          .filter(blob -> !there.contains(blob))
          .map(blob -> "missing " + blob)
          .toList();
    }
  }
}
