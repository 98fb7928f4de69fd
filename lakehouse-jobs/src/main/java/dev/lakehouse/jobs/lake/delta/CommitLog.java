// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.delta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.LakehouseException;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
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
public final class CommitLog {

  /**
   * One commit.
   *
   * @param version the version that it made
   * @param time when, by its maker's clock
   * @param note ours, if it is one of ours
   * @param added files that it added, as absolute URIs
   * @param removed files that it removed, likewise
   * @param changeData files of its change feed, where it is not told by the others
   * @param metrics what Delta counted, by its names, such as numTargetRowsInserted
   * @param changesRows whether it says that it changed rows; a compaction does not
   * @param replaces whether nothing of the versions before is left
   */
  public record Commit(
      long version,
      Instant time,
      Optional<CommitNote> note,
      List<String> added,
      List<String> removed,
      List<String> changeData,
      Map<String, Long> metrics,
      boolean changesRows,
      boolean replaces) {

    /** The files that tell which rows it changed. */
    List<String> changeFiles() {
      if (!changeData.isEmpty() || !changesRows) {
        return changeData;
      }
      List<String> files = new ArrayList<>(added);
      files.addAll(removed);
      return files;
    }

    boolean isOurs() {
      return note.isPresent();
    }
  }

  private final Path table;
  private final Configuration conf;

  CommitLog(String tableUri, Configuration conf) {
    this.table = new Path(tableUri);
    this.conf = conf;
  }

  /** A commit by version; empty where the log no longer has its file. */
  public Optional<Commit> read(long version) {
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

  /** The newest note of a stage up to a version. */
  public Optional<CommitNote> lastNote(String stage, long upTo) {
    for (long version = upTo; version >= 0; version--) {
      Optional<CommitNote> note = read(version).flatMap(Commit::note);
      if (note.filter(each -> each.stage().equals(stage)).isPresent()) {
        return note;
      }
    }
    return Optional.empty();
  }

  /** Whether the files are still there that tell what happened between two versions. */
  public boolean remembersChanges(long after, long upTo) {
    for (long version = after + 1; version <= upTo; version++) {
      Optional<Commit> commit = read(version);
      if (commit.isEmpty() || !areThere(commit.get().changeFiles())) {
        return false;
      }
    }
    return true;
  }

  private boolean areThere(List<String> files) {
    try {
      for (String file : files) {
        if (!table.getFileSystem(conf).exists(new Path(file))) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      throw LakehouseException.because(
          e, ErrorCode.TRANSIENT, "Cannot look at the files of %s: %s", table, e.getMessage());
    }
  }

  private Commit parse(long version, BufferedReader lines) throws IOException {
    JsonNode info = MissingNode.getInstance();
    List<String> added = new ArrayList<>();
    List<String> removed = new ArrayList<>();
    List<String> changeData = new ArrayList<>();
    boolean changesRows = false;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      JsonNode action = Json.mapper().readTree(line);
      info = action.has("commitInfo") ? action.get("commitInfo") : info;
      changesRows |= action.path("add").path("dataChange").asBoolean();
      changesRows |= action.path("remove").path("dataChange").asBoolean();
      if (action.has("add")) {
        added.add(file(action.get("add")));
      }
      if (action.has("remove")) {
        removed.add(file(action.get("remove")));
      }
      if (action.has("cdc")) {
        changeData.add(file(action.get("cdc")));
      }
    }
    return new Commit(
        version,
        // a commit that does not say when is taken for one of this moment: nothing of it is old
        Instant.ofEpochMilli(info.path("timestamp").asLong(Long.MAX_VALUE)),
        CommitNote.parse(info.path("userMetadata").asText("")),
        added,
        removed,
        changeData,
        metrics(info),
        changesRows,
        replaces(info));
  }

  private String file(JsonNode action) {
    return file(action.get("path").asText());
  }

  /** The absolute URI of a file that the log names. */
  String file(String path) {
    return new Path(table, new Path(URI.create(path))).toString();
  }

  private static Map<String, Long> metrics(JsonNode info) {
    Map<String, Long> metrics = new HashMap<>();
    info.path("operationMetrics")
        .fields()
        .forEachRemaining(metric -> metrics.put(metric.getKey(), metric.getValue().asLong()));
    return metrics;
  }

  private static boolean replaces(JsonNode info) {
    String mode = info.path("operationParameters").path("mode").asText();
    return mode.equals("Overwrite")
        || info.path("operation").asText().startsWith("CREATE OR REPLACE");
  }
}
