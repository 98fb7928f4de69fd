// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.state;

import static dev.lakehouse.core.Column.optional;
import static dev.lakehouse.core.Column.required;
import static dev.lakehouse.core.ColumnType.Scalar.INT;
import static dev.lakehouse.core.ColumnType.Scalar.STRING;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Table;
import dev.lakehouse.core.Values;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a lake as rows; they are kept as files, a folder for each, not as a table.
 *
 * @param folder where they are
 * @param hadoop settings of the storage
 */
public record RunReports(String folder, Configuration hadoop) {
  /** The note at the start of a run. */
  public static final String STARTED = "started.json";

  /** The report at its end. */
  public static final String REPORT = "run-report.json";

  /** The page beside the report. */
  public static final String PAGE = "run-report.html";

  /** The columns of a run. */
  public static final Table TABLE =
      new Table(
          "runs",
          List.of(
              required("run", STRING, "its id; sorts by start"),
              required("command", STRING, "what was asked"),
              required("started", STRING, "ISO 8601"),
              optional("ended", STRING, "ISO 8601; empty where it was killed or goes on"),
              optional("exit_code", INT, "of the contract"),
              optional("error_code", STRING, "what ended it"),
              optional("error_message", STRING, "for people")),
          List.of("run"));

  /** Every run, the newest last. */
  public List<Values> rows() {
    List<Values> runs = new ArrayList<>();
    try {
      Path root = new Path(folder);
      FileSystem files = root.getFileSystem(hadoop);
      FileStatus[] found = files.listStatus(root);
      Arrays.sort(found, Comparator.comparing(status -> status.getPath().getName()));
      for (FileStatus run : found) {
        read(files, new Path(run.getPath(), REPORT))
            .or(() -> read(files, new Path(run.getPath(), STARTED)))
            .map(RunReports::row)
            .ifPresent(runs::add);
      }
      return runs;
    } catch (FileNotFoundException e) {
      return runs;
    } catch (IOException e) {
      throw unread(folder, e);
    }
  }

  /** What is known of a run: its report or, where it left none, the note at its start. */
  public Optional<JsonNode> find(String run) {
    Path folder = new Path(this.folder, run);
    try {
      FileSystem files = folder.getFileSystem(hadoop);
      return read(files, new Path(folder, REPORT)).or(() -> read(files, new Path(folder, STARTED)));
    } catch (IOException e) {
      throw unread(folder.toString(), e);
    }
  }

  private static Optional<JsonNode> read(FileSystem files, Path file) {
    try (InputStream in = files.open(file)) {
      return Optional.of(Json.mapper().readTree(in));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unread(file.toString(), e);
    }
  }

  private static LakehouseException unread(String place, IOException e) {
    return LakehouseException.because(
        e, ErrorCode.TRANSIENT, "Cannot read the runs in %s: %s", place, e.getMessage());
  }

  private static Values row(JsonNode report) {
    JsonNode code = report.path("exit_code");
    return Values.of(TABLE)
        .set("run", text(report.path("run")))
        .set("command", text(report.path("command")))
        .set("started", text(report.path("started")))
        .set("ended", text(report.path("ended")))
        .set("exit_code", code.isNumber() ? code.asInt() : null)
        .set("error_code", text(report.at("/error/code")))
        .set("error_message", text(report.at("/error/message")));
  }

  private static @Nullable String text(JsonNode node) {
    return node.isTextual() ? node.asText() : null;
  }
}
