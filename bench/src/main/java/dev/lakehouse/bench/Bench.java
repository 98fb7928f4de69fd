// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench;

import dev.lakehouse.core.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench/run}: measures, and prints one table. */
@Command(
    name = "bench/run",
    mixinStandardHelpOptions = true,
    header = "Measures what this machine can do.",
    subcommands = Bench.Floor.class)
final class Bench {
  private static final String HEAD =
      String.format(
          Locale.ROOT,
          "%-16s %-10s %8s %9s %9s %11s %9s %6s",
          "system",
          "workload",
          "rows",
          "seconds",
          "rows/s",
          "rows/CPU s",
          "RSS MiB",
          "loads");

  private Bench() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new Bench()).execute(args));
  }

  /** The floor. */
  @Command(
      name = "floor",
      mixinStandardHelpOptions = true,
      header = "The bare loop: decode alone, infer alone, and both without a gap.",
      description =
          "CLIP ViT-B/32 with random weights on JPEGs of 640 x 480, MiniLM on captions and"
              + " documents. Everything is drawn from a seed when it is needed first, about 700 MB.")
  static final class Floor implements Callable<Integer> {
    @Option(names = "--data", description = "Where inputs and models are kept.")
    private Path folder = Path.of("bench/target/data");

    @Option(names = "--quick", description = "Fewer rows: a few minutes on two cores.")
    private boolean quick;

    @Option(names = "--cores", description = "Threads. Default: all cores.")
    private int cores = Runtime.getRuntime().availableProcessors();

    @Option(names = "--json", description = "An array of objects in place of the table.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
      Files.createDirectories(folder);
      BenchData data = new BenchData(folder);
      Floors floors = new Floors(data, cores);
      List<Measurement> all = new ArrayList<>();
      all.addAll(floors.images(quick ? 256 : 3_000));
      all.addAll(floors.texts("captions", data.captions(quick ? 4_000 : 40_000)));
      all.addAll(floors.texts("documents", data.documents(quick ? 200 : 2_000)));
      print(all, json);
      return 0;
    }
  }

  private static void print(List<Measurement> all, boolean json) throws IOException {
    if (json) {
      System.out.println(Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(all));
      return;
    }
    System.out.println(HEAD);
    for (Measurement each : all) {
      System.out.printf(
          Locale.ROOT,
          "%-16s %-10s %8d %9.2f %9.1f %11.1f %9d %6d%n",
          each.system(),
          each.workload(),
          each.rows(),
          each.seconds(),
          each.rowsPerSecond(),
          each.rowsPerCpuSecond(),
          each.peakRssMib(),
          each.modelLoads());
    }
  }
}
