// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.search.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.NumberedFiles;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;

/**
 * Where a lake keeps its questions: {@code replay/<version>.json}, of which the newest counts.
 *
 * @param files of the versions
 */
public record ReplayMemory(NumberedFiles files) {

  /** The questions of a lake. */
  public static ReplayMemory of(LakeLayout layout, Configuration hadoop) {
    return new ReplayMemory(new NumberedFiles(layout.replay(), hadoop));
  }

  /** Those that it keeps now; none before the first was added. */
  public ReplaySet now() {
    OptionalLong newest = files.newest();
    return newest.isPresent() ? at(newest.getAsLong()) : new ReplaySet(List.of());
  }

  /**
   * Changes them; writes nothing where nothing changes.
   *
   * @param change called again where somebody was first
   * @return what is kept then
   */
  public ReplaySet keep(UnaryOperator<ReplaySet> change) {
    while (true) {
      long version = files.newest().orElse(0);
      ReplaySet before = version == 0 ? new ReplaySet(List.of()) : at(version);
      ReplaySet after = change.apply(before);
      if (after.equals(before) || files.put(version + 1, Json.pretty(after.toJson()) + "\n")) {
        return after;
      }
    }
  }

  private ReplaySet at(long version) {
    try {
      return ReplaySet.of(Json.mapper().readTree(files.read(version).orElse("")));
    } catch (JsonProcessingException | LakehouseException e) {
      throw LakehouseException.because(
          e,
          ErrorCode.INTEGRITY,
          "Cannot read the questions of the lake, %s: %s. Put the original file back, or remove it to"
              + " go back to the version before",
          files.place(version),
          String.valueOf(e.getMessage()));
    }
  }
}
