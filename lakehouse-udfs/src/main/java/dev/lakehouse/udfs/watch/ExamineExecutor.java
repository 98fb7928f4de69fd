// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.watch;

import dev.lakehouse.core.Settings;
import dev.lakehouse.core.access.HadoopSettings;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.watch.health.Allowance;
import dev.lakehouse.core.watch.health.Check;
import dev.lakehouse.core.watch.health.Examination;
import dev.lakehouse.udfs.ExecutorShare;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Examines each executor once, whichever of its tasks comes first; the others wait a moment, so
 * that tasks are left for the executors that have had none.
 *
 * <p>In: anything. Out: {@link #SCHEMA}, one row for each trial.
 */
public final class ExamineExecutor implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;
  private static final long MOMENT_MILLIS = 500;

  /** One trial on one executor. */
  public static final StructType SCHEMA =
      new StructType()
          .add("executor", DataTypes.StringType, false)
          .add("area", DataTypes.StringType, false)
          .add("name", DataTypes.StringType, false)
          .add("status", DataTypes.StringType, false)
          .add("found", DataTypes.StringType, false)
          .add("remedy", DataTypes.StringType, false);

  private static final Set<String> EXAMINED = ConcurrentHashMap.newKeySet();

  private final String trial;
  private final Settings settings;
  private final ModelsRoot models;
  private final HashMap<String, String> hadoopConf;
  private final boolean storage;

  /**
   * @param trial unlike any other examination's
   * @param hadoopConf Hadoop settings on top of the executors' own
   * @param storage whether to try the storage, where a lake is already: executors would remove each
   *     other's folders otherwise
   */
  public ExamineExecutor(
      String trial,
      Settings settings,
      ModelsRoot models,
      Map<String, String> hadoopConf,
      boolean storage) {
    this.trial = trial;
    this.settings = settings;
    this.models = models;
    this.hadoopConf = new HashMap<>(hadoopConf);
    this.storage = storage;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) throws InterruptedException {
    if (!EXAMINED.add(trial)) {
      Thread.sleep(MOMENT_MILLIS);
      return Collections.emptyIterator();
    }
    Examination examination = new Examination(settings, models, allowance());
    List<Check> checks = new ArrayList<>(examination.jvm());
    if (storage) {
      checks.addAll(examination.storage(HadoopSettings.configuration(hadoopConf)));
    }
    checks.addAll(examination.models());
    return checks.stream().map(ExamineExecutor::row).iterator();
  }

  private static Allowance allowance() {
    SparkConf conf = SparkEnv.get().conf();
    return new Allowance(ExecutorShare.cores(conf), ExecutorShare.beyondHeap(conf));
  }

  private static Row row(Check check) {
    return RowFactory.create(
        SparkEnv.get().executorId(),
        check.area(),
        check.name(),
        check.status().name(),
        check.found(),
        check.remedy());
  }
}
