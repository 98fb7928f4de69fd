// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.watch;

import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.watch.health.Check;
import dev.lakehouse.udfs.watch.ExamineExecutor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The executors, each examined where it runs. */
final class ClusterChecks {
  private static final String AREA = "cluster";

  /** Enough tasks that no executor is passed over while another works through its own. */
  private static final int TASKS_PER_CORE = 4;

  private final SparkSession spark;
  private final Settings settings;
  private final ModelsRoot models;

  ClusterChecks(SparkSession spark, Settings settings, ModelsRoot models) {
    this.spark = spark;
    this.settings = settings;
    this.models = models;
  }

  List<Check> all(Configuration hadoop) {
    try {
      return examined(hadoop);
    } catch (Exception e) { // Spark throws checked ones too, which no signature tells of
      return List.of(
          Check.fail(
              AREA,
              "executors",
              String.valueOf(e.getMessage()).lines().findFirst().orElse("no message"),
              "See the log of the executors: they could not run the checks at all"));
    }
  }

  private List<Check> examined(Configuration hadoop) {
    ExamineExecutor examine =
        new ExamineExecutor(
            UUID.randomUUID().toString(), settings, models, conf(hadoop), lakeIsThere(hadoop));
    int tasks = spark.sparkContext().defaultParallelism() * TASKS_PER_CORE;
    List<Check> checks = new ArrayList<>();
    Set<String> seen = new TreeSet<>();
    for (Row row :
        spark
            .range(0, tasks, 1, tasks)
            .toDF()
            .mapPartitions(examine, Encoders.row(ExamineExecutor.SCHEMA))
            .collectAsList()) {
      String executor = row.getAs("executor");
      seen.add(executor);
      checks.add(check(executor, row));
    }
    checks.add(0, reached(seen));
    return checks;
  }

  private static Check check(String executor, Row row) {
    return new Check(
        row.getAs("area"),
        "executor %s: %s".formatted(executor, row.<String>getAs("name")),
        Check.Status.valueOf(row.getAs("status")),
        row.getAs("found"),
        row.getAs("remedy"));
  }

  private Check reached(Set<String> seen) {
    int registered = spark.sparkContext().statusTracker().getExecutorInfos().length;
    int executors = spark.sparkContext().isLocal() ? registered : registered - 1; // not the driver
    String found = "%d of %d executors examined: %s".formatted(seen.size(), executors, seen);
    return seen.size() >= executors
        ? Check.ok(AREA, "executors", found)
        : Check.warn(AREA, "executors", found, "Run it again while the cluster is idle");
  }

  private boolean lakeIsThere(Configuration hadoop) {
    return settings
        .find(Setting.LAKE)
        .map(lake -> new Path(LakeLayout.of(lake, settings).tables()))
        .filter(tables -> exists(tables, hadoop))
        .isPresent();
  }

  private static boolean exists(Path path, Configuration hadoop) {
    try {
      return path.getFileSystem(hadoop).exists(path);
    } catch (IOException e) {
      return false; // the driver's own check of the storage tells why
    }
  }

  private static Map<String, String> conf(Configuration hadoop) {
    Map<String, String> conf = new HashMap<>();
    hadoop.forEach(entry -> conf.put(entry.getKey(), entry.getValue()));
    return conf;
  }
}
