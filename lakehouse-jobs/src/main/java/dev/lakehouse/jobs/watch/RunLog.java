// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.watch;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Shapes;
import dev.lakehouse.core.watch.state.RunReports;
import dev.lakehouse.jobs.lake.Run;
import dev.lakehouse.jobs.lake.delta.WholeFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The runs of a lake: a folder for each, with a note at its start and a report at its end. A run
 * without a report was killed, or still goes on.
 *
 * @param folder where they are
 * @param hadoop settings of the storage
 */
public record RunLog(String folder, Configuration hadoop) {
  private static final String STARTED = RunReports.STARTED;
  private static final String ALIVE = "alive.json";
  private static final String REPORT = RunReports.REPORT;

  /** Notes that a run began. */
  public void started(Run run, String command) {
    Map<String, String> note = new TreeMap<>();
    note.put("run", run.id());
    note.put("command", command);
    note.put("started", run.startedAt().toString());
    write(new Path(new Path(folder, run.id()), STARTED), note);
  }

  /** Shows that a run still goes on. */
  public void alive(Run run, Instant now) {
    write(new Path(new Path(folder, run.id()), ALIVE), Map.of("alive", now.toString()));
  }

  /**
   * A run without a report.
   *
   * @param run its id
   * @param started when it began
   */
  public record Unfinished(String run, Instant started) {}

  /** Runs without a report that showed a sign of life since a moment; they may still go on. */
  public List<Unfinished> unfinished(Instant since) {
    List<Unfinished> found = new ArrayList<>();
    try {
      Path root = new Path(folder);
      FileSystem files = root.getFileSystem(hadoop);
      for (FileStatus run : files.listStatus(root)) {
        if (isUnfinished(files.listStatus(run.getPath()), since)) {
          found.add(new Unfinished(run.getPath().getName(), started(files, run)));
        }
      }
      return found;
    } catch (FileNotFoundException e) {
      return found;
    } catch (IOException e) {
      throw unlisted(e);
    }
  }

  private static Instant started(FileSystem files, FileStatus run) throws IOException {
    Path note = new Path(run.getPath(), STARTED);
    return files.exists(note)
        ? Instant.parse(String.valueOf(read(files, note).get("started")))
        : Instant.ofEpochMilli(run.getModificationTime()); // it begins at this moment
  }

  private static boolean isUnfinished(FileStatus[] signs, Instant since) {
    return Arrays.stream(signs).noneMatch(file -> file.getPath().getName().equals(REPORT))
        && Arrays.stream(signs)
            .anyMatch(file -> file.getModificationTime() >= since.toEpochMilli());
  }

  private LakehouseException unlisted(IOException e) {
    return LakehouseException.because(
        e, ErrorCode.TRANSIENT, "Cannot list runs in %s: %s", folder, e.getMessage());
  }

  /** Writes the report of a run at its end. */
  public void ended(RunReport report) {
    write(place(report.run()), Shapes.of(report));
  }

  /** Where the report of a run is. */
  public Path place(String run) {
    return new Path(new Path(folder, run), REPORT);
  }

  /** Writes the page about a run beside its report, and returns where it is. */
  public Path page(String run, String html) {
    Path file = new Path(new Path(folder, run), RunReports.PAGE);
    write(file, html);
    return file;
  }

  private void write(Path file, Object document) {
    write(file, Json.pretty(document));
  }

  private void write(Path file, String text) {
    try {
      new WholeFile(file.getFileSystem(hadoop), file).write(text);
    } catch (IOException e) {
      throw LakehouseException.because(
          e, ErrorCode.TRANSIENT, "Cannot write %s: %s", file, e.getMessage());
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> read(FileSystem files, Path file) throws IOException {
    try (InputStream in = files.open(file)) {
      return Json.mapper().readValue(in, Map.class);
    }
  }
}
