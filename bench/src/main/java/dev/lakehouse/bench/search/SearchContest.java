// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench.search;

import dev.lakehouse.core.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The index of a release beside Lucene's HNSW graph and LanceDB's client for Node, on the same
 * vectors, each in a process of its own, in turn. Others are asked with several efforts; the ratio
 * is to the cheapest one of those that find as much as the release does.
 */
public final class SearchContest {
  static final int TOGETHER = 8;
  private static final Path PEERS = Path.of("bench", "peers");
  private static final double ABOUT = 0.002; // what a thousand questions cannot tell apart

  private SearchContest() {}

  /** Starts processes, each of which says what it measured. */
  public interface Processes {
    /** This program, with hidden commands. */
    void prepare() throws IOException, InterruptedException;

    /** The release of ours. */
    List<Answered> ask(String family) throws IOException, InterruptedException;

    /** Another program of Java. */
    List<Answered> java(String classPath, String main, String... arguments)
        throws IOException, InterruptedException;

    /** Any program. */
    List<Answered> program(Path folder, String... command) throws IOException, InterruptedException;
  }

  /** Measures all that are there. */
  public static List<Answered> hold(SearchLake lake, int rounds, Processes processes)
      throws IOException, InterruptedException {
    if (!lake.isThere()) {
      processes.prepare();
    }
    List<Answered> all = new ArrayList<>();
    for (String family : SearchLake.FAMILIES.keySet()) {
      List<Answered> of = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        of.addAll(processes.ask(family));
        of.addAll(others(lake.data(family), processes));
      }
      all.addAll(middles(of));
    }
    return all;
  }

  private static List<Answered> others(SearchData data, Processes processes)
      throws IOException, InterruptedException {
    List<Answered> others = new ArrayList<>();
    String folder = data.folder().toAbsolutePath().toString();
    String dimension = String.valueOf(data.dimension());
    Path lucene = PEERS.resolve("lucene/target");
    if (Files.exists(lucene.resolve("lucene.jar"))) {
      others.addAll(
          processes.java(
              lucene.resolve("lucene.jar") + ":" + lucene.resolve("lib") + "/*",
              "dev.lakehouse.peers.LuceneSearch",
              folder,
              dimension));
    } else {
      leftOut("Lucene", "mvn -f bench/peers/pom.xml -pl lucene package");
    }
    Path lancedb = PEERS.resolve("lancedb");
    if (Files.exists(lancedb.resolve("node_modules"))) {
      others.addAll(processes.program(lancedb, "node", "search.mjs", folder, dimension));
    } else {
      leftOut("LanceDB", "npm --prefix bench/peers/lancedb install");
    }
    return others;
  }

  private static void leftOut(String system, String remedy) {
    System.err.printf("bench: %s is left out; to fetch it: %s%n", system, remedy);
  }

  /** Of all rounds of one system and setting the one with the middle pace of eight clients. */
  private static List<Answered> middles(List<Answered> all) {
    List<Answered> middles = new ArrayList<>();
    for (Answered each : all) {
      boolean seen = middles.stream().anyMatch(other -> isSame(other, each));
      if (!seen) {
        List<Answered> rounds =
            all.stream()
                .filter(other -> isSame(other, each))
                .sorted(Comparator.comparing(one -> one.together().cpuRate()))
                .toList();
        middles.add(rounds.get(rounds.size() / 2));
      }
    }
    return middles;
  }

  private static boolean isSame(Answered one, Answered other) {
    return one.system().equals(other.system()) && one.setting().equals(other.setting());
  }

  /** Prints them for people, or as JSON. */
  public static void print(List<Answered> all, boolean json) {
    if (json) {
      System.out.println(Json.pretty(all));
      return;
    }
    System.out.println(
        "system      setting            rows  dim  recall   1 client/s  CPU s  p50 ms  p99 ms"
            + "   8 clients/s  CPU s  p50 ms  p99 ms  RSS MiB  ours/theirs");
    for (Answered each : all) {
      System.out.printf(
          Locale.ROOT,
          "%-11s %-15s %7d %4d  %.4f %12.0f %6.0f %7.2f %7.2f %13.0f %6.0f %7.2f %7.2f %8d  %s%n",
          each.system(),
          each.setting(),
          each.rows(),
          each.dimension(),
          each.recall(),
          each.alone().rate(),
          each.alone().cpuRate(),
          each.alone().medianMs(),
          each.alone().slowMs(),
          each.together().rate(),
          each.together().cpuRate(),
          each.together().medianMs(),
          each.together().slowMs(),
          each.peakRssMib(),
          ratio(each, all).map(ratio -> String.format(Locale.ROOT, "%.2f", ratio)).orElse(""));
    }
    System.out.println(
        "CPU s: answers for each second of a processor. ours/theirs: the same of eight clients, in"
            + " the row of the cheapest effort that finds as much.");
  }

  private static Optional<Double> ratio(Answered each, List<Answered> all) {
    Optional<Answered> own =
        all.stream()
            .filter(other -> other.system().equals(OwnSearch.SYSTEM))
            .filter(other -> other.dimension() == each.dimension())
            .findFirst();
    if (own.isEmpty() || each.system().equals(OwnSearch.SYSTEM)) {
      return Optional.empty();
    }
    Optional<Answered> cheapest =
        all.stream()
            .filter(other -> other.system().equals(each.system()))
            .filter(other -> other.dimension() == each.dimension())
            .filter(other -> other.recall() >= own.get().recall() - ABOUT)
            .max(Comparator.comparing(other -> other.together().cpuRate()));
    return cheapest
        .filter(each::equals)
        .map(one -> own.get().together().cpuRate() / one.together().cpuRate());
  }
}
