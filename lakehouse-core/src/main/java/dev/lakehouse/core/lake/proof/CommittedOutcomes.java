// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.proof;

import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.kind.Kinds;
import dev.lakehouse.core.lake.DeltaTable;
import dev.lakehouse.core.lake.LakeLayout;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/** How many outcome rows a run committed, by the name under which its waves report progress. */
public final class CommittedOutcomes {

  private CommittedOutcomes() {}

  /** Rows of a run: {@code measure}, {@code embed text/text} and so on. */
  public static Map<String, Long> of(LakeLayout layout, Configuration hadoop, String run) {
    Stream<String> measured =
        rows(DeltaTable.of(layout, Kinds.MEASUREMENTS, hadoop), run).map(row -> "measure");
    Stream<String> embedded =
        rows(DeltaTable.of(layout, Tables.EMBEDDINGS, hadoop), run)
            .map(
                row ->
                    "embed %s/%s"
                        .formatted(
                            row.require("family", String.class),
                            row.require("tower", String.class)));
    return Stream.concat(measured, embedded)
        .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
  }

  private static Stream<Values> rows(DeltaTable table, String run) {
    return table.rows().orElse(List.of()).stream()
        .filter(row -> row.require("run", String.class).equals(run));
  }
}
