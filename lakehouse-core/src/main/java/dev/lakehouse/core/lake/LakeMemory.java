// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.LakehouseException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
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
  private static final String NAME = "%020d.json";

  /** The memory of a lake. */
  public static LakeMemory of(LakeLayout layout, Configuration hadoop) {
    return new LakeMemory(layout.memory(), hadoop);
  }

  /** What is in force now. */
  public Kept now() {
    long newest = versions().stream().mapToLong(Long::longValue).max().orElse(0);
    return newest == 0 ? Kept.nothing() : at(newest);
  }

  /** Every version, oldest first. */
  public List<Kept> history() {
    return versions().stream().sorted().map(this::at).toList();
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
      if (file(next.version()).put(Json.pretty(next) + "\n")) {
        return next;
      }
    }
  }

  private Kept at(long version) {
    FirstFile file = file(version);
    String text = file.read().orElseThrow(() -> damaged(file, "it is gone", null));
    try {
      return Json.mapper().readValue(text, Kept.class);
    } catch (JsonProcessingException e) {
      throw damaged(file, e.getOriginalMessage(), e);
    }
  }

  private static LakehouseException damaged(FirstFile file, String why, @Nullable Exception e) {
    return LakehouseException.because(
        e,
        ErrorCode.INTEGRITY,
        "Cannot read what the lake was given, %s: %s. Put the original file back, or remove it to go"
            + " back to the version before",
        file.path(),
        why);
  }

  private FirstFile file(long version) {
    return new FirstFile(new Path(folder, NAME.formatted(version)), hadoop);
  }

  private List<Long> versions() {
    Path root = new Path(folder);
    try {
      return Arrays.stream(root.getFileSystem(hadoop).listStatus(root))
          .map(FileStatus::getPath)
          .map(Path::getName)
          .filter(name -> name.matches("\\d{20}[.]json"))
          .map(name -> Long.valueOf(name.substring(0, 20)))
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw LakehouseException.because(
          e, ErrorCode.TRANSIENT, "Cannot list %s: %s", folder, e.getMessage());
    }
  }
}
