// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.Table;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.bundle.speech.SpeechModel;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.content.BlobStore;
import dev.lakehouse.core.content.BlobStores;
import dev.lakehouse.core.content.Contents;
import dev.lakehouse.core.derive.Derivers;
import dev.lakehouse.core.kind.Kinds;
import dev.lakehouse.core.lake.LakeIdentity;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.LakeReader;
import dev.lakehouse.jobs.curate.JudgedFrom;
import dev.lakehouse.jobs.curate.MeasureStage;
import dev.lakehouse.jobs.derive.DeriveStage;
import dev.lakehouse.jobs.lake.Progress;
import dev.lakehouse.jobs.lake.Run;
import dev.lakehouse.jobs.lake.delta.LakeTable;
import dev.lakehouse.jobs.lake.delta.LakeTables;
import dev.lakehouse.jobs.lake.delta.Waves;
import dev.lakehouse.jobs.lake.release.ReleaseLog;
import dev.lakehouse.udfs.SessionSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.collection.JavaConverters;

/**
 * What every step of one run works with.
 *
 * @param tables of the lake
 * @param layout where its parts are
 * @param settings in force
 * @param run whose id stands in everything that is written
 * @param progress hears how far the work has come
 */
public record LakeContext(
    LakeTables tables, LakeLayout layout, Settings settings, Run run, Progress progress) {

  /** The session that reads and writes the tables. */
  public SparkSession spark() {
    return tables.spark();
  }

  /** One table. */
  public LakeTable table(Table table) {
    return tables.table(table);
  }

  /** The rows of a table at the version that is among these. */
  Dataset<Row> rowsAt(Table table, Map<String, Long> versions) {
    return table(table).rowsAt(versions.getOrDefault(table.name(), LakeTable.ABSENT));
  }

  /** How long work is cut into commits. */
  public Waves waves() {
    return new Waves(spark(), settings, progress);
  }

  /** Where bytes are kept. */
  public BlobStore blobs() {
    return BlobStores.at(layout.blobsUri(), hadoopConf());
  }

  /** Reads the content of assets back, on executors. */
  public Contents contents() {
    return new Contents(blobs(), hadoopConf(), settings.integer(Setting.MAX_BYTES));
  }

  /** Where model bundles are. */
  public ModelsRoot models() {
    return new ModelsRoot(layout.modelsUri(), hadoopConf());
  }

  /** Reads the lake as it is now without Spark. */
  public LakeReader reader() {
    return new LakeReader(layout, spark().sessionState().newHadoopConf());
  }

  /** What the lake keeps, and how it is given something. */
  public InForce inForce() {
    return new InForce(tables, layout);
  }

  /** What names a judgement of these versions of tables, by name. */
  JudgedFrom judgedFrom(Map<String, Long> versions) {
    LakeIdentity lake = LakeIdentity.of(layout, spark().sessionState().newHadoopConf());
    return new JudgedFrom(lake.id(), versions, tables.commits(versions));
  }

  /** Every release, withdrawn ones too. */
  public ReleaseLog releases() {
    return new ReleaseLog(tables, layout);
  }

  /** What takes pieces out of contents. */
  public Derivers derivers() {
    return Kinds.derivers(settings);
  }

  /** Takes pieces out of contents. */
  public DeriveStage deriveStage() {
    return new DeriveStage(
        derivers(), contents(), blobs(), Limits.from(settings), perItem(), run.id());
  }

  /**
   * The detector that tells speech; empty where speech is told by its energy.
   *
   * @throws LakehouseException if the settings name one that is not there, or none that can be one
   */
  public Optional<SpeechModel> speech() {
    return SpeechModel.from(settings, models());
  }

  /** Measures contents. */
  public MeasureStage measureStage() {
    return new MeasureStage(
        Kinds.probes(speech()), contents(), Limits.from(settings), perItem(), run.id());
  }

  private Duration perItem() {
    return Duration.ofSeconds(settings.integer(Setting.MEASURE_ITEM_SECONDS));
  }

  /** What the session says to Hadoop beyond its defaults, in a form that travels to executors. */
  public Map<String, String> hadoopConf() {
    return SessionSettings.hadoop(JavaConverters.mapAsJavaMap(spark().conf().getAll()));
  }

  /** The versions of some tables as they are now, by name. */
  public Map<String, Long> versions(Table... of) {
    Map<String, Long> versions = new TreeMap<>();
    for (Table table : of) {
      versions.put(table.name(), table(table).version());
    }
    return versions;
  }

  /** Names, in Spark's user interface, the jobs that this thread starts from now on. */
  public void describe(String words) {
    spark().sparkContext().setJobGroup(run.id(), "lakehouse: " + words, false);
  }

  /**
   * Refuses to work where there is no lake.
   *
   * @throws LakehouseException LAKE_MISSING
   */
  public void requireLake() {
    if (!tables.exist()) {
      throw LakehouseException.lakeMissing(layout.root());
    }
  }
}
