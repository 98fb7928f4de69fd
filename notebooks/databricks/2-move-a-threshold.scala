// Databricks notebook source
// MAGIC %md
// MAGIC # Move a threshold, and see what changes
// MAGIC
// MAGIC Figures are kept, so a threshold moves without touching a single file again. This notebook finds the pictures that
// MAGIC a rule stops, tries another threshold before it is in force, judges by it, and goes back.

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

// COMMAND ----------

// MAGIC %md
// MAGIC ## The rule
// MAGIC
// MAGIC The policy in force is a text (`conf/policy.yaml`, `docs/policy.md`). Small pictures fail:

// COMMAND ----------

var policy = lake.policy().text();
var from = policy.indexOf("  - name: image-is-large-enough");
System.out.println(policy.substring(from, policy.indexOf("TOO_SMALL", from) + 9));

// COMMAND ----------

// MAGIC %md
// MAGIC ## What is near it?
// MAGIC
// MAGIC The view `judged` has the figures. How are the shorter sides spread, and what did the verdicts say?

// COMMAND ----------

var sides = lake.judged().where("modality = 'image'").selectExpr("asset_id", "least(width, height) AS side");
var verdicts = lake.rows("verdicts").select("asset_id", "verdict_status", "reasons");
display(sides.join(verdicts, "asset_id").groupBy("side", "verdict_status").count().orderBy("side", "verdict_status"));

// COMMAND ----------

displayHTML(lake.gallery(sides.join(verdicts, "asset_id").where("array_contains(reasons, 'TOO_SMALL')").selectExpr("asset_id", "side").orderBy("side", "asset_id")));

// COMMAND ----------

// MAGIC %md
// MAGIC ## Try it before it is in force
// MAGIC
// MAGIC A condition is SQL over that view. How many would fail at other thresholds? Say that icons are welcome here.

// COMMAND ----------

display(sides.selectExpr("count_if(side < 16) AS below_16", "count_if(side < 32) AS below_32", "count_if(side < 64) AS below_64", "count_if(side < 128) AS below_128"));

// COMMAND ----------

// MAGIC %md
// MAGIC ## Judge by it
// MAGIC
// MAGIC A policy is in force from the moment it judges; each release says by which one it was made. No file is read for this.

// COMMAND ----------

import dev.lakehouse.core.curate.Policy;
import dev.lakehouse.jobs.pipeline.Scope;

var loose = Policy.parse(policy.replace("least(width, height) >= 64", "least(width, height) >= 16"));
var judged = lake.judge(Optional.of(loose), Scope.CHANGED);
System.out.println("newly passing " + judged.difference().newlyPassing() + ", newly failing " + judged.difference().newlyFailing());

// COMMAND ----------

// MAGIC %md
// MAGIC What passes now and has no vector yet is embedded; nothing else is. Readers still see the release of before. What
// MAGIC would publishing change? Every row, since each says which policy it passed.

// COMMAND ----------

import java.util.List;

var embedded = lake.embed(List.of(), Optional.empty(), Scope.CHANGED);
var next = lake.status().next();
System.out.println("publish would add " + next.added() + ", change " + next.changed() + ", remove " + next.removed());

// COMMAND ----------

// MAGIC %md
// MAGIC ## Publish, and compare two releases
// MAGIC
// MAGIC Both stay readable by their number.

// COMMAND ----------

import dev.lakehouse.core.Settings;
import dev.lakehouse.jobs.lake.release.PublishOptions;

var before = lake.current().get().sequence();
var published = lake.publish(PublishOptions.from(Settings.defaults()));
var after = lake.current().get().sequence();
var came = spark.sql("SELECT asset_id, width, height FROM mm_catalog('" + root + "/lake', '" + after + "') WHERE asset_id NOT IN (SELECT asset_id FROM mm_catalog('" + root + "/lake', '" + before + "'))");
System.out.println(came.count() + " rows came with the new release");
displayHTML(lake.gallery(came.orderBy("width", "asset_id")));

// COMMAND ----------

// MAGIC %md
// MAGIC ## Regret it
// MAGIC
// MAGIC Readers go back to the release of before at once, by one commit; and the old policy judges again. A release that was
// MAGIC withdrawn is not published again by itself: to run this notebook a second time, delete `target/demo` first.

// COMMAND ----------

var withdrawn = lake.rollback();
var back = lake.judge(Optional.of(Policy.parse(policy)), Scope.CHANGED);
System.out.println("readers see as many rows as before: " + (lake.current().get().sequence() == before));
