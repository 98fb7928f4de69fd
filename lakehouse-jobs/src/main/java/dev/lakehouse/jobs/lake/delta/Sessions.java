// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.delta;

import dev.lakehouse.core.Column;
import dev.lakehouse.core.ColumnType.ArrayOf;
import dev.lakehouse.core.ColumnType.Scalar;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Umask;
import dev.lakehouse.core.access.HadoopSettings;
import dev.lakehouse.core.access.LocalFiles;
import dev.lakehouse.core.lake.LakeSchema;
import io.delta.sql.DeltaSparkSessionExtension;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.delta.DeltaAnalysis;
import org.apache.spark.sql.internal.SQLConf;
import scala.Option;
import scala.collection.JavaConverters;

/** Spark sessions that can work on a lake. */
public final class Sessions {
  private static final String EXTENSIONS = "spark.sql.extensions";
  private static final String EXTENSION = "io.delta.sql.DeltaSparkSessionExtension";

  /** Whether Delta asks the active session, which may not be ours, if it was told of Delta. */
  private static final String CHECK = "spark.databricks.delta.requiredSparkConfsCheck.enabled";

  private static final String CATALOG = "spark.sql.catalog.spark_catalog";

  /** What a session needs to read and write Delta tables at all. */
  public static final Map<String, String> REQUIRED =
      Map.of(EXTENSIONS, EXTENSION, CATALOG, "org.apache.spark.sql.delta.catalog.DeltaCatalog");

  /** What makes a session on one machine start quickly and stay quiet. */
  private static final Map<String, String> LOCAL = quickAndQuiet();

  /** Parquet's switch for the elements of a column. */
  private static final String DICTIONARY = "parquet.enable.dictionary#%s.list.element";

  private static final String HADOOP = "spark.hadoop.";
  private static final String UMASK = "fs.permissions.umask-mode";

  private Sessions() {}

  private static Map<String, String> quickAndQuiet() {
    Map<String, String> local =
        new HashMap<>(
            Map.of(
                "spark.ui.enabled", "false",
                "spark.driver.host", "127.0.0.1",
                "spark.driver.bindAddress", "127.0.0.1",
                "spark.sql.warehouse.dir",
                    System.getProperty("java.io.tmpdir") + "/lakehouse-warehouse",
                "spark.sql.shuffle.partitions", "4",
                "spark.sql.session.timeZone", "UTC",
                "spark.databricks.delta.snapshotPartitions", "2",
                // each query is told to listeners; of a view of a hundred columns that is a lot of
                // text
                "spark.sql.debug.maxToStringFields", "5",
                "spark.sql.maxPlanStringLength", "10000",
                // a stage meets the same generated code again with each wave
                "spark.sql.codegen.cache.maxEntries", "5000"));
    Configuration machine = new Configuration();
    LocalFiles.SETTINGS.forEach(
        (key, value) -> {
          if (!HadoopSettings.isChosen(machine, key)) {
            local.put(HADOOP + key, value);
          }
        });
    return Map.copyOf(local);
  }

  /**
   * A builder with everything that commands and tests on one machine need; on a cluster only {@link
   * #REQUIRED} counts, the rest is the cluster's.
   *
   * @param master such as {@code local[*]}
   */
  public static SparkSession.Builder local(String master) {
    SparkSession.Builder builder = SparkSession.builder().appName("lakehouse").master(master);
    LOCAL.forEach(builder::config);
    REQUIRED.forEach(builder::config);
    return builder;
  }

  /**
   * The session of this process: one that is there already, as it is; else what spark-submit or the
   * command line configured, else a local one with as many tasks as cores.
   */
  public static SparkSession ofProcess(String name) {
    Option<SparkSession> there = SparkSession.getDefaultSession();
    return there.isDefined() && !there.get().sparkContext().isStopped()
        ? there.get()
        : started(name);
  }

  private static SparkSession started(String name) {
    SparkConf configured = new SparkConf(); // takes the system properties of spark-submit
    SparkSession.Builder builder = SparkSession.builder().appName(name);
    String master = configured.get("spark.master", "local[*]");
    if (master.startsWith("local")) {
      builder.master(master);
      LOCAL.forEach((key, value) -> builder.config(key, configured.get(key, value)));
      umask(configured).ifPresent(umask -> builder.config(HADOOP + UMASK, umask));
    }
    return builder
        .config(EXTENSIONS, extensions(configured.get(EXTENSIONS, "")))
        .config(CATALOG, configured.get(CATALOG, REQUIRED.get(CATALOG)))
        .getOrCreate();
  }

  /** Hadoop follows a setting of its own instead of the process; empty where somebody set it. */
  private static Optional<String> umask(SparkConf configured) {
    boolean given =
        configured.contains(HADOOP + UMASK) || HadoopSettings.isChosen(new Configuration(), UMASK);
    return given ? Optional.empty() : Umask.ofProcess();
  }

  private static String extensions(String others) {
    if (others.isEmpty() || others.contains(EXTENSION)) {
      return others.isEmpty() ? EXTENSION : others;
    }
    return others + "," + EXTENSION;
  }

  /** Whether a setting is what {@link #local} gives, and nobody's choice. */
  static boolean isOurs(String key, String value) {
    return value.equals(LOCAL.get(key));
  }

  /**
   * Brings Delta into sessions to come, for who has nothing but the jar.
   *
   * @param configured the configuration that they will take, which may have named Delta itself
   */
  public static void bringDelta(SparkSessionExtensions extensions, SparkConf configured) {
    if (!configured.get(EXTENSIONS, "").contains(EXTENSION)) {
      new DeltaSparkSessionExtension().apply(extensions);
      configured.setIfMissing(CHECK, "false");
    }
  }

  private static boolean knowsDelta(SparkSession session) {
    return JavaConverters.seqAsJavaList(session.sessionState().analyzer().extendedResolutionRules())
        .stream()
        .anyMatch(DeltaAnalysis.class::isInstance);
  }

  /**
   * A session beside the caller's own, with the caller's configuration as it is now, so that what
   * the lakehouse sets for its commits never shows in commits of the caller.
   *
   * @throws LakehouseException if the caller's session cannot write Delta tables
   */
  static SparkSession beside(SparkSession caller) {
    if (!knowsDelta(caller)) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Cannot work in this Spark session: expected spark.sql.extensions with %s but found '%s'."
              + " Start it with --conf spark.sql.extensions=%s --conf"
              + " spark.sql.catalog.spark_catalog=%s",
          EXTENSION,
          caller.conf().get(EXTENSIONS, ""),
          EXTENSION,
          REQUIRED.get(CATALOG));
    }
    SparkSession own = caller.newSession();
    JavaConverters.mapAsJavaMap(caller.conf().getAll())
        .forEach(
            (key, value) -> {
              if (!own.conf().getOption(key).contains(value) && !SQLConf.isStaticConfigKey(key)) {
                own.conf().set(key, value);
              }
            });
    if (!own.conf().contains(CATALOG)) {
      own.conf().set(CATALOG, REQUIRED.get(CATALOG)); // with the jar alone nobody set it
    }
    // a judgement that lets nothing pass is a commit too: its note says that it was made
    own.conf().set("spark.databricks.delta.skipRecordingEmptyCommits", "false");
    vectorColumns().forEach(name -> own.conf().set(DICTIONARY.formatted(name), "false"));
    return own;
  }

  /** Numbers that hardly ever repeat: a dictionary of them is half the cost of writing them. */
  private static Stream<String> vectorColumns() {
    return LakeSchema.TABLES.stream()
        .flatMap(table -> table.columns().stream())
        .filter(column -> column.type().equals(new ArrayOf(Scalar.FLOAT)))
        .map(Column::name)
        .distinct();
  }
}
