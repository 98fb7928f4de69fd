// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench;

import dev.lakehouse.bench.own.PreparedLake;
import dev.lakehouse.core.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * {@code ingest} of pictures beside what must be done for them at least: {@code sha256sum} reads
 * each once, {@code cp} writes it, {@code sync} makes it last. What a command costs before its
 * first picture is measured with one picture, and taken off.
 *
 * @param task how many pictures, from where
 * @param rounds in which all are measured in turn; the middle one counts
 */
record IngestContest(Task task, int rounds) {

  /**
   * What was measured.
   *
   * @param rows pictures
   * @param bytes of all of them
   * @param floorSeconds of sha256sum, cp and sync
   * @param startSeconds of an ingest of one picture
   * @param ingestSeconds of an ingest of all
   * @param beyondStart the rest of the ingest in floors
   */
  record Outcome(
      int rows,
      long bytes,
      double floorSeconds,
      double startSeconds,
      double ingestSeconds,
      double beyondStart) {}

  Outcome hold() throws IOException, InterruptedException {
    Path all = task.data().pictures(task.rows());
    double[] floors = new double[rounds];
    double[] starts = new double[rounds];
    double[] ingests = new double[rounds];
    floor(all); // the first reading brings the files into memory, for all alike
    for (int round = 0; round < rounds; round++) {
      floors[round] = floor(all);
      starts[round] = ingest(1);
      ingests[round] = ingest(task.rows());
      System.err.printf(
          Locale.ROOT,
          "bench: floor %.1f s, one picture %.1f s, all %.1f s%n",
          floors[round],
          starts[round],
          ingests[round]);
    }
    double beyond = middle(ingests) - middle(starts);
    return new Outcome(
        task.rows(),
        bytes(all),
        middle(floors),
        middle(starts),
        middle(ingests),
        beyond / middle(floors));
  }

  private static double middle(double[] seconds) {
    double[] sorted = seconds.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static long bytes(Path folder) throws IOException {
    long bytes = 0;
    try (var files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }

  private double floor(Path pictures) throws IOException, InterruptedException {
    Path copy = task.data().folder().resolve("floor-copy");
    PreparedLake.delete(copy);
    Clock clock = new Clock();
    shell(
        "sha256sum \"$1\"/* > \"$2.sums\" && cp -r \"$1\" \"$2\" && sync -f \"$2\"",
        pictures,
        copy);
    double seconds = clock.spent(1).seconds();
    PreparedLake.delete(copy);
    return seconds;
  }

  private static void shell(String script, Path... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("sh", "-c", script, "sh"));
    Arrays.stream(arguments).map(Path::toString).forEach(command::add);
    int exitCode = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (exitCode != 0) {
      throw new IOException("bench: '%s' ended with %d".formatted(script, exitCode));
    }
  }

  private double ingest(int rows) throws IOException, InterruptedException {
    Clock clock = new Clock();
    Child.again()
        .with(
            "ingest-once",
            "--data=" + task.data().folder(),
            "--cores=" + task.cores(),
            "--rows=" + rows)
        .run();
    return clock.spent(rows).seconds();
  }

  /** Prints it for people, or as JSON. */
  static void print(Outcome outcome, boolean json) {
    if (json) {
      System.out.println(Json.pretty(outcome));
      return;
    }
    System.out.printf(
        Locale.ROOT,
        """
        %,d pictures, %.2f GB
        floor: sha256sum, cp, sync   %6.1f s
        ingest of one picture        %6.1f s   the start
        ingest of all                %6.1f s
        beyond the start             %6.1f s   %.2f of the floor
        """,
        outcome.rows(),
        outcome.bytes() / 1e9,
        outcome.floorSeconds(),
        outcome.startSeconds(),
        outcome.ingestSeconds(),
        outcome.ingestSeconds() - outcome.startSeconds(),
        outcome.beyondStart());
  }
}
