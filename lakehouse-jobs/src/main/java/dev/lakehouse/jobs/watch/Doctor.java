// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.watch;

import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.bundle.ModelsRoot;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.jobs.lake.Sessions;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/** Tries whether the house stands: nothing is assumed that can be tried. */
public final class Doctor {
  private final Settings settings;
  private final ModelsRoot models;

  /**
   * @param settings to try things with
   * @param models where bundles are beside the embedded ones
   */
  public Doctor(Settings settings, ModelsRoot models) {
    this.settings = settings;
    this.models = models;
  }

  /** Tries everything; a failed check never stops the next. */
  public List<Check> examine() {
    List<Check> checks = new ArrayList<>(JvmChecks.all());
    checks.addAll(storage(sparkChecks(checks)));
    checks.addAll(new ModelChecks(settings, models).all());
    return checks;
  }

  /** Adds what Spark says of itself and returns the storage settings that it knows. */
  private Configuration sparkChecks(List<Check> checks) {
    try {
      SparkSession session = Sessions.ofProcess("lakehouse doctor");
      checks.addAll(SparkChecks.all(session));
      return session.sessionState().newHadoopConf();
    } catch (RuntimeException | LinkageError e) {
      checks.add(
          Check.attempt("spark", "start", "Check --master and --spark-conf", () -> rethrow(e)));
      return new Configuration();
    }
  }

  private static String rethrow(Throwable failure) throws Exception {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (Exception) failure;
  }

  private List<Check> storage(Configuration hadoop) {
    return settings
        .find(Setting.LAKE)
        .map(lake -> new StorageChecks(LakeLayout.of(lake, settings), hadoop).all())
        .orElseGet(
            () ->
                List.of(
                    Check.warn(
                        "storage", "lake", "not tried: no lake was named", "Give --lake URI")));
  }

  /** Every setting as it is in effect, with secrets hidden. */
  public List<EffectiveSetting> settings() {
    return Setting.ALL.stream().map(setting -> EffectiveSetting.of(setting, settings)).toList();
  }
}
