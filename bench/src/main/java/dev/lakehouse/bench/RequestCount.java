// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench;

import dev.lakehouse.bench.own.LakeInBucket;
import dev.lakehouse.core.Json;
import dev.lakehouse.jobs.torture.S3Request;
import dev.lakehouse.jobs.torture.S3Request.Kind;
import dev.lakehouse.jobs.torture.S3Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a lake in a bucket asks of S3, by kinds of requests.
 *
 * @param scenes pictures with captions
 * @param cores tasks at once
 */
record RequestCount(int scenes, int cores) {
  private static final Path SERVER = Path.of("test-servers/s3/target/lib");

  /** Keys that there is one of for each file of a source or each content: the rest is metadata. */
  private static final Predicate<S3Request> OF_CONTENTS =
      request -> request.path().matches("/[^/]+/(in/|lake/blobs/sha256/).+");

  /**
   * What was asked.
   *
   * @param step what was done
   * @param assets files of the source
   * @param all requests
   * @param ofContents those that are about a file of the source or a blob
   * @param seconds by the wall clock
   */
  record Step(
      String step,
      int assets,
      Map<Kind, Integer> all,
      Map<Kind, Integer> ofContents,
      double seconds) {}

  List<Step> count() throws Exception {
    Path folder = Files.createTempDirectory("bench-s3-");
    List<Step> steps = new ArrayList<>();
    try (S3Server s3 = S3Server.in(folder, SERVER);
        LakeInBucket lake = LakeInBucket.of(s3, folder.resolve("drawn"), scenes, cores)) {
      steps.add(step("first run", lake::run, s3, lake.files()));
      steps.add(step("run with nothing to do", lake::run, s3, lake.files()));
      steps.add(step("search, two families", lake::search, s3, lake.files()));
      steps.add(step("audit", lake::audit, s3, lake.files()));
    }
    return steps;
  }

  private static Step step(String name, Runnable work, S3Server s3, int assets) {
    s3.way().peace();
    Clock clock = new Clock();
    work.run();
    double seconds = clock.spent(assets).seconds();
    List<S3Request> seen = s3.way().seen();
    return new Step(
        name, assets, kinds(seen), kinds(seen.stream().filter(OF_CONTENTS).toList()), seconds);
  }

  private static Map<Kind, Integer> kinds(List<S3Request> requests) {
    Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    requests.forEach(request -> counts.merge(request.kind(), 1, Integer::sum));
    return counts;
  }

  /** Prints it for people, or as JSON. */
  static void print(List<Step> steps, boolean json) {
    if (json) {
      System.out.println(Json.pretty(steps));
      return;
    }
    System.out.println(line("requests, " + steps.get(0).assets() + " assets", Kind::name));
    steps.forEach(step -> System.out.println(line(step.step(), kind -> count(step.all(), kind))));
    System.out.println("of these about files and blobs, for 1,000 assets");
    steps.forEach(
        step ->
            System.out.println(
                line(
                    step.step(),
                    kind -> perThousand(count(step.ofContents(), kind), step.assets()))));
  }

  private static Integer count(Map<Kind, Integer> counts, Kind kind) {
    return counts.getOrDefault(kind, 0);
  }

  private static Long perThousand(int count, int assets) {
    return Math.round(count * 1000.0 / assets);
  }

  private static String line(String name, Function<Kind, Object> cell) {
    return Arrays.stream(Kind.values())
        .map(kind -> String.format(Locale.ROOT, "%10s", cell.apply(kind)))
        .collect(Collectors.joining("", String.format(Locale.ROOT, "%-28s", name), ""));
  }
}
