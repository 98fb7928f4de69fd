// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.LakehouseException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * What a lake was given, every version of it: {@code memory/<version>.json}, of which the newest is
 * in force. No file is ever changed, so a reader sees one version or the next, and of two commands
 * that give something at once the later goes on from what the earlier gave. Reads without Spark.
 *
 * @param folder of the files
 * @param hadoop settings of the storage
 */
public record LakeMemory(String folder, Configuration hadoop) {
  /** The memory of a lake. */
  public static LakeMemory of(LakeLayout layout, Configuration hadoop) {
    return new LakeMemory(layout.memory(), hadoop);
  }

  private NumberedFiles files() {
    return new NumberedFiles(folder, hadoop);
  }

  /** What is in force now. */
  public Kept now() {
    OptionalLong newest = files().newest();
    return newest.isEmpty() ? Kept.nothing() : at(newest.getAsLong());
  }

  /** Every version, oldest first. */
  public List<Kept> history() {
    return files().numbers().stream().map(this::at).toList();
  }

  /**
   * Gives the lake something; writes nothing where it keeps the same already.
   *
   * @param change from what is in force to what shall be; called again where somebody was first
   * @return what is in force then
   */
  public Kept keep(String run, Instant when, UnaryOperator<Kept> change) {
    while (true) {
      Kept before = now();
      Kept after = change.apply(before);
      if (after.sameAs(before)) {
        return before;
      }
      Kept next = after.numbered(before.version() + 1, run, when.toString());
      if (files().put(next.version(), Json.pretty(next) + "\n")) {
        return next;
      }
    }
  }

  private Kept at(long version) {
    String text = files().read(version).orElseThrow(() -> damaged(version, "it is gone", null));
    try {
      return Json.mapper().readValue(text, Kept.class);
    } catch (JsonProcessingException e) {
      throw damaged(version, e.getOriginalMessage(), e);
    }
  }

  private LakehouseException damaged(long version, String why, @Nullable Exception e) {
    return LakehouseException.because(
        e,
        ErrorCode.INTEGRITY,
        "Cannot read what the lake was given, %s: %s. Put the original file back, or remove it to go"
            + " back to the version before",
        files().place(version),
        why);
  }
}
