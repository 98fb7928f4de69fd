// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.search;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.NumberedFiles;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;

/**
 * Where a lake keeps the calibrations of its families: {@code calibration/<version>.json}, of which
 * the newest counts.
 *
 * @param files of the versions
 */
public record Calibrations(NumberedFiles files) {

  private record Stored(@JsonProperty("families") Map<String, Calibration> families) {}

  /** The calibrations of a lake. */
  public static Calibrations of(LakeLayout layout, Configuration hadoop) {
    return new Calibrations(new NumberedFiles(layout.calibration(), hadoop));
  }

  /** Those in force, by family. */
  public Map<String, Calibration> now() {
    OptionalLong newest = files.newest();
    return newest.isEmpty() ? Map.of() : at(newest.getAsLong());
  }

  /** Keeps one in place of that of its family before. */
  public void keep(Calibration calibration) {
    change(all -> all.put(calibration.family(), calibration));
  }

  /** Drops that of a family: nothing is refused there any more. */
  public void drop(String family) {
    change(all -> all.remove(family));
  }

  private void change(Consumer<Map<String, Calibration>> change) {
    boolean isKept = false;
    while (!isKept) { // somebody may have been first
      long version = files.newest().orElse(0);
      Map<String, Calibration> before = version == 0 ? Map.of() : at(version);
      Map<String, Calibration> after = new TreeMap<>(before);
      change.accept(after);
      isKept =
          after.equals(before) || files.put(version + 1, Json.pretty(new Stored(after)) + "\n");
    }
  }

  private Map<String, Calibration> at(long version) {
    try {
      return Json.mapper().readValue(files.read(version).orElse(""), Stored.class).families();
    } catch (JsonProcessingException e) {
      throw LakehouseException.because(
          e,
          ErrorCode.INTEGRITY,
          "Cannot read the calibrations of the lake, %s: %s. Remove the file to go back to those"
              + " before, or make them anew with 'lakehouse replay calibrate'",
          files.place(version),
          e.getOriginalMessage());
    }
  }
}
