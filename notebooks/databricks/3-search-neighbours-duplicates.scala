// Databricks notebook source
// MAGIC %md
// MAGIC # Search, look at neighbours, find duplicates
// MAGIC
// MAGIC Three questions to a lake: what answers these words, what is like this picture, and what is here twice?

// COMMAND ----------

import dev.lakehouse.core.demo.DemoData;
import dev.lakehouse.jobs.Lakehouse;
import java.nio.file.Path;
import java.util.Optional;

var root = Path.of("target", "demo").toAbsolutePath().toString();
var sample = DemoData.write(Path.of(root, "files"), 20260101L);
var models = spark.sql("SET spark.lakehouse.family.clip.bundle=shapes-clip");
var lake = Lakehouse.open(spark, root + "/lake");

var run = lake.run(root + "/files");
var place = root + "/lake";

// COMMAND ----------

// MAGIC %md
// MAGIC ## In words
// MAGIC
// MAGIC `mm_search` asks the index of the current release. Each family of vectors answers for itself: `text` knows what
// MAGIC texts mean, `clip` puts words and pictures into one space.

// COMMAND ----------

var question = sample.questions().get(1).words();
System.out.println(question);
var hits = spark.sql("SELECT asset_id, score, rank FROM mm_search('" + place + "', '" + question + "', 6, \"modality = 'image'\", 'clip') ORDER BY rank");
displayHTML(lake.gallery(hits));

// COMMAND ----------

display(spark.sql("SELECT rank, round(score, 3) AS score, title, substring(excerpt, 1, 90) AS excerpt FROM mm_search('" + place + "', 'How do insects navigate back to their nest?', 3, NULL, 'text') ORDER BY rank"));

// COMMAND ----------

// MAGIC %md
// MAGIC A recording answers with what was said there and when, a document with the page.

// COMMAND ----------

display(spark.sql("SELECT modality, place, round(score, 3) AS score, substring(excerpt, 1, 70) AS excerpt FROM mm_search('" + place + "', '" + sample.questions().get(3).words() + "', 2, \"modality = 'audio'\", 'text') ORDER BY rank"));
display(spark.sql("SELECT modality, place, round(score, 3) AS score, substring(excerpt, 1, 70) AS excerpt FROM mm_search('" + place + "', '" + sample.questions().get(4).words() + "', 2, \"modality = 'document'\", 'text') ORDER BY rank"));

// COMMAND ----------

// MAGIC %md
// MAGIC ## What is like this picture?
// MAGIC
// MAGIC `mm_embed_image` embeds any bytes by the same warm model; `mm_similarity` compares, and refuses vectors of two
// MAGIC encoders. This picture is one of the lake's own, so it should find itself first:

// COMMAND ----------

import java.nio.file.Files;
import java.util.Base64;

displayHTML("<img width=176 src=\"data:image/png;base64," + Base64.getEncoder().encodeToString(Files.readAllBytes(sample.imageQuery())) + "\">");

// COMMAND ----------

var like = spark.sql("SELECT c.asset_id, mm_similarity(named_struct('encoder', c.clip_encoder, 'vector', c.clip_vector), q.v) AS similarity FROM mm_catalog('" + place + "') c CROSS JOIN (SELECT mm_embed_image(content, 'clip') AS v FROM binaryFile.`" + sample.imageQuery() + "`) q WHERE c.clip_vector IS NOT NULL AND c.modality = 'image' ORDER BY similarity DESC LIMIT 5");
displayHTML(lake.gallery(like));

// COMMAND ----------

// MAGIC %md
// MAGIC ## Neighbours within the release
// MAGIC
// MAGIC Which pictures are most alike? The vectors are columns of the catalog; the rest is SQL.

// COMMAND ----------

var pairs = spark.sql("WITH p AS (SELECT asset_id, named_struct('encoder', clip_encoder, 'vector', clip_vector) AS v FROM mm_catalog('" + place + "') WHERE modality = 'image') SELECT a.asset_id AS one, b.asset_id AS other, mm_similarity(a.v, b.v) AS similarity FROM p a JOIN p b ON a.asset_id < b.asset_id ORDER BY similarity DESC LIMIT 3").cache();
displayHTML(lake.gallery(pairs.selectExpr("explode(array(one, other)) AS asset_id", "similarity")));

// COMMAND ----------

// MAGIC %md
// MAGIC ## What is here twice?
// MAGIC
// MAGIC Exact duplicates share a cluster. One of each is kept, with the captions of all; the verdict of a copy names its
// MAGIC keeper.

// COMMAND ----------

var copies = lake.rows("verdicts").where("array_contains(reasons, 'EXACT_DUPLICATE')");
display(copies.groupBy("modality").count().orderBy("modality"));
var some = copies.orderBy("asset_id").limit(3);
displayHTML(lake.gallery(some.selectExpr("stack(2, keeper, 'kept', asset_id, 'its copy') AS (asset_id, role)")));

// COMMAND ----------

// MAGIC %md
// MAGIC ## Why is it in?
// MAGIC
// MAGIC `mm_explain` says it for one asset of the release: what was measured, which rules it met, by whom it was judged, and
// MAGIC which model made its vectors.

// COMMAND ----------

var first = hits.first().getString(0);
display(spark.sql("SELECT subject, name, value FROM mm_explain('" + place + "', '" + first + "') WHERE subject <> 'measurement' AND name NOT LIKE 'source%' ORDER BY subject, name"));
