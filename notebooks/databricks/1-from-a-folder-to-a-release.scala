// Databricks notebook source
// MAGIC %md
// MAGIC # From a folder to a release
// MAGIC
// MAGIC A folder of pictures, texts, a film, a recording and documents; some of them are broken, double or empty, as in
// MAGIC every real folder. At the end there is a release: rows with vectors that may be trusted, each with a reason why it
// MAGIC is there, and a reason for everything that is not.
// MAGIC
// MAGIC Start it with `notebooks/jupyter lab`. On a cluster, let `root` be a place that all nodes see.

// COMMAND ----------

import dev.lakehouse.core.demo.DemoData;
import dev.lakehouse.jobs.Lakehouse;
import java.nio.file.Path;
import java.util.Optional;

var root = Path.of("target", "demo").toAbsolutePath().toString();
var sample = DemoData.write(Path.of(root, "files"), 20260101L);
var models = spark.sql("SET spark.lakehouse.family.clip.bundle=shapes-clip");
var lake = Lakehouse.open(spark, root + "/lake");

// COMMAND ----------

// MAGIC %md
// MAGIC ## Everything in one call
// MAGIC
// MAGIC `run` takes the files in, measures them, finds duplicates, judges by the policy, embeds what passed and publishes
// MAGIC it. Here it takes a minute, and next to nothing the second time: what is done is not done again.

// COMMAND ----------

var run = lake.run(root + "/files");

// COMMAND ----------

// MAGIC %md
// MAGIC ## Where did all of it go?
// MAGIC
// MAGIC Every file has a verdict; what could not even be taken in is a dead letter, and here there is none. Nothing is lost
// MAGIC without a word.

// COMMAND ----------

display(lake.rows("verdicts").groupBy("modality", "verdict_status").count().orderBy("modality", "verdict_status"));
System.out.println(lake.rows("dead_letters").count() + " dead letters");

// COMMAND ----------

// MAGIC %md
// MAGIC ## Why not the rest?
// MAGIC
// MAGIC The codes are stable; `docs/policy.md` tells what each means. An asset may have several.

// COMMAND ----------

var stopped = lake.rows("verdicts").where("verdict_status <> 'pass'");
display(stopped.selectExpr("explode(reasons) AS reason", "verdict_status").groupBy("reason", "verdict_status").count().orderBy("reason"));

// COMMAND ----------

// MAGIC %md
// MAGIC Look at what was stopped, not only at its number. `gallery` shows any rows that name assets.

// COMMAND ----------

displayHTML(lake.gallery(stopped.where("modality IN ('image', 'text')").selectExpr("asset_id", "array_join(reasons, ', ') AS because").orderBy("because", "asset_id").limit(10)));

// COMMAND ----------

// MAGIC %md
// MAGIC ## What was measured
// MAGIC
// MAGIC The view that the policy's rules are asked of has a row for each asset, with every figure; `docs/policy.md` names
// MAGIC them all.

// COMMAND ----------

display(lake.judged().where("modality = 'image'").selectExpr("count(*) AS pictures", "round(avg(least(width, height))) AS shorter_side", "round(avg(blur)) AS blur", "round(avg(mean_luminance), 2) AS mean_luminance"));
display(lake.judged().where("modality = 'text'").selectExpr("count(*) AS texts", "round(avg(words)) AS words", "round(avg(distinct_words), 2) AS distinct_words"));

// COMMAND ----------

// MAGIC %md
// MAGIC ## The release
// MAGIC
// MAGIC Readers start from a release, never from what a table holds just now. `mm_catalog` gives its rows.

// COMMAND ----------

var released = lake.current().get();
System.out.println("release " + released.sequence() + " has " + released.published() + " rows");
display(spark.sql("SELECT modality, count(*) AS published, count(text_vector) AS text_vectors, count(clip_vector) AS clip_vectors FROM mm_catalog('" + root + "/lake') GROUP BY modality ORDER BY modality"));

// COMMAND ----------

// MAGIC %md
// MAGIC Which weights made a vector? The encoder stands beside it. Vectors of two encoders are never compared.

// COMMAND ----------

display(spark.sql("SELECT DISTINCT substring(text_encoder, 1, 12) AS text_encoder, size(text_vector) AS numbers FROM mm_catalog('" + root + "/lake') WHERE text_vector IS NOT NULL"));

// COMMAND ----------

// MAGIC %md
// MAGIC ## May it be trusted?
// MAGIC
// MAGIC `audit` derives again why each row is there: the policy over the kept figures, the bytes against their digests, the
// MAGIC vectors against their inputs. A row without `violation` is good news.

// COMMAND ----------

display(spark.sql("SELECT sequence AS release, kind, clean, check, found FROM mm_audit('" + root + "/lake')"));

// COMMAND ----------

// MAGIC %md
// MAGIC ## Once more
// MAGIC
// MAGIC The same call with the same folder finds nothing to do.

// COMMAND ----------

var again = lake.run(root + "/files");
System.out.println("taken in " + again.ingested().get(0).added() + ", measured " + again.measured().computed() + ", still release " + lake.current().get().sequence());
