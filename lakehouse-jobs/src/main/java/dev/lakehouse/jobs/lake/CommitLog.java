// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.LakehouseException;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The commits of a Delta table, read from its log without a Spark job.
 *
 * <p>Delta's own history reads every commit with a job; a stage that asks what it did last needs
 * one small file.
 */
final class CommitLog {

  /**
   * One commit.
   *
   * @param version the version that it made
   * @param operation as Delta names it, such as MERGE
   * @param note ours, if it is one of ours
   * @param added files that it added, as absolute URIs
   * @param metrics what Delta counted, by its names, such as numTargetRowsInserted
   */
  record Commit(
      long version,
      String operation,
      Optional<CommitNote> note,
      List<String> added,
      Map<String, Long> metrics) {}

  private final Path table;
  private final Configuration conf;

  CommitLog(String tableUri, Configuration conf) {
    this.table = new Path(tableUri);
    this.conf = conf;
  }

  /** A commit by version; empty where the log no longer has its file. */
  Optional<Commit> read(long version) {
    Path file = new Path(table, "_delta_log/%020d.json".formatted(version));
    try {
      FileSystem files = file.getFileSystem(conf);
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(files.open(file), StandardCharsets.UTF_8))) {
        return Optional.of(parse(version, lines));
      }
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw LakehouseException.because(
          e,
          ErrorCode.TRANSIENT,
          "Cannot read commit %s: %s. Repeat the command; if it persists, run 'lakehouse audit'",
          file,
          e.getMessage());
    }
  }

  private Commit parse(long version, BufferedReader lines) throws IOException {
    String operation = "UNKNOWN";
    Optional<CommitNote> note = Optional.empty();
    List<String> added = new ArrayList<>();
    Map<String, Long> metrics = new HashMap<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      JsonNode action = Json.mapper().readTree(line);
      JsonNode info = action.get("commitInfo");
      if (info != null) {
        operation = info.path("operation").asText(operation);
        note = CommitNote.parse(info.path("userMetadata").asText(""));
        info.path("operationMetrics")
            .fields()
            .forEachRemaining(metric -> metrics.put(metric.getKey(), metric.getValue().asLong()));
      }
      JsonNode add = action.get("add");
      if (add != null) {
        added.add(new Path(table, new Path(URI.create(add.get("path").asText()))).toString());
      }
    }
    return new Commit(version, operation, note, added, metrics);
  }
}
