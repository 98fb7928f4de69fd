// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.torture;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.LakehouseException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The runs that a lake knows of: a folder for each, made when its work begins.
 *
 * @param folder where they are
 * @param hadoop settings of the storage
 */
record RunFolders(String folder, Configuration hadoop) {

  /** Ids of all runs; they sort by start. */
  TreeSet<String> ids() {
    Path root = new Path(folder);
    try {
      return Arrays.stream(root.getFileSystem(hadoop).listStatus(root))
          .map(run -> run.getPath().getName())
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (FileNotFoundException e) {
      return new TreeSet<>();
    } catch (IOException e) {
      throw unreadable(root, e);
    }
  }

  /** The newest run that is not among those known before, if it has begun. */
  Optional<String> begun(Set<String> before) {
    TreeSet<String> now = ids();
    now.removeAll(before);
    return now.isEmpty() ? Optional.empty() : Optional.of(now.last());
  }

  /** How long a run took that came to its end. */
  Duration time(String run) {
    Path report = new Path(new Path(folder, run), "run-report.json");
    try (InputStream in = report.getFileSystem(hadoop).open(report)) {
      JsonNode read = Json.mapper().readTree(in);
      return Duration.between(
          Instant.parse(read.get("started").asText()), Instant.parse(read.get("ended").asText()));
    } catch (IOException e) {
      throw unreadable(report, e);
    }
  }

  private static LakehouseException unreadable(Path path, IOException e) {
    return LakehouseException.because(
        e, ErrorCode.TRANSIENT, "Cannot read %s: %s", path, e.getMessage());
  }
}
