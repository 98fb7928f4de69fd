// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.watch;

import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.watch.health.Allowance;
import dev.lakehouse.core.watch.health.Check;
import dev.lakehouse.core.watch.health.Examination;
import dev.lakehouse.jobs.lake.delta.Sessions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/** Tries whether the house stands: nothing is assumed that can be tried. */
public final class Doctor {
  private final Settings settings;
  private final ModelsRoot models;
  private final Examination here;

  /**
   * @param settings to try things with
   * @param models where bundles are beside the embedded ones
   */
  public Doctor(Settings settings, ModelsRoot models) {
    this.settings = settings;
    this.models = models;
    this.here = new Examination(settings, models, Allowance.ofMachine());
  }

  /** Tries everything in this JVM; a failed check never stops the next. */
  public List<Check> examine() {
    return examine(false);
  }

  /** Tries everything in this JVM and on each executor. */
  public List<Check> examineCluster() {
    return examine(true);
  }

  private List<Check> examine(boolean cluster) {
    List<Check> checks = new ArrayList<>(here.jvm());
    Optional<SparkSession> session = session(checks);
    session.ifPresent(spark -> checks.addAll(SparkChecks.all(spark)));
    Configuration hadoop =
        session.map(spark -> spark.sessionState().newHadoopConf()).orElseGet(Configuration::new);
    checks.addAll(here.storage(hadoop));
    checks.addAll(here.models());
    if (cluster) {
      session.ifPresent(
          spark -> checks.addAll(new ClusterChecks(spark, settings, models).all(hadoop)));
    }
    return checks;
  }

  private static Optional<SparkSession> session(List<Check> checks) {
    try {
      return Optional.of(Sessions.ofProcess("lakehouse doctor"));
    } catch (Exception | LinkageError e) {
      checks.add(
          Check.attempt("spark", "start", "Check --master and --spark-conf", () -> rethrow(e)));
      return Optional.empty();
    }
  }

  private static String rethrow(Throwable failure) throws Exception {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (Exception) failure;
  }

  /** Every setting as it is in effect, with secrets hidden. */
  public List<EffectiveSetting> settings() {
    Stream<Setting> families =
        settings.families().stream()
            .flatMap(
                name ->
                    Stream.of(
                        Setting.family(name),
                        Setting.familyRoles(name),
                        Setting.familyRequired(name)));
    return Stream.concat(Setting.all().stream(), families)
        .distinct()
        .map(setting -> EffectiveSetting.of(setting, settings))
        .toList();
  }
}
