// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline.sweep;

import static org.apache.spark.sql.functions.collect_set;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Hindrance;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.connect.SourceFile;
import dev.lakehouse.core.connect.url.Url;
import dev.lakehouse.core.content.BlobStore;
import dev.lakehouse.jobs.pipeline.LakeContext;
import dev.lakehouse.udfs.SparkColumns;
import dev.lakehouse.udfs.content.VerifyPartition;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** Finds blobs that are gone or damaged, and brings them back from where they came. */
final class BlobRepairs {
  private final LakeContext context;
  private final BlobStore store;

  BlobRepairs(LakeContext context) {
    this.context = context;
    this.store = context.blobs();
  }

  /** What is done about each damaged blob, by its name. */
  Map<String, Repair> run(boolean apply) {
    Map<String, Repair> repairs = new TreeMap<>();
    for (Row row : damaged().collectAsList()) {
      String sha256 = row.getAs("sha256");
      repairs.put(sha256, repair(sha256, row.getAs("found"), sources(row), apply));
    }
    return repairs;
  }

  /** Blobs of the store that are not what their name says, and every place that they came from. */
  private Dataset<Row> damaged() {
    Dataset<Row> stored =
        context
            .table(Tables.ASSETS)
            .rows()
            .where("state = 'active' AND blob IS NOT NULL AND blob_uri IS NULL")
            .groupBy("sha256", "blob")
            .agg(collect_set("source_uri").as("sources"));
    Dataset<Row> contents =
        stored.selectExpr(
            "sha256", "CAST(NULL AS STRING) AS text", "blob", "CAST(NULL AS STRING) AS blob_uri");
    return contents
        .mapPartitions(
            new VerifyPartition(context.contents()), Encoders.row(VerifyPartition.SCHEMA))
        .join(stored, SparkColumns.using("sha256"))
        .orderBy("sha256");
  }

  private static List<String> sources(Row damaged) {
    return damaged.getList(damaged.fieldIndex("sources"));
  }

  private Repair repair(String sha256, String found, List<String> sources, boolean apply) {
    String what = "blob " + store.uri(sha256);
    Optional<String> source = sources.stream().filter(uri -> holds(uri, sha256)).findFirst();
    if (source.isEmpty() && sources.stream().anyMatch(Url::looksLikeOne)) {
      return toBeFetched(what, found, sha256, apply);
    }
    if (source.isEmpty()) {
      return new Repair(
          what,
          found,
          "no source holds these bytes any more (%s): ingest a source that does, or 'lakehouse"
                  .formatted(String.join(", ", sources))
              + " review reject' its assets",
          false);
    }
    if (apply) {
      bringBack(sha256, source.get());
    }
    return new Repair(what, found, "store it again from " + source.get(), apply);
  }

  /** Nothing but ingest asks the web; it stores what is not there. */
  private Repair toBeFetched(String what, String found, String sha256, boolean apply) {
    if (apply) {
      remove(sha256);
    }
    return new Repair(
        what,
        found,
        "remove what is left of it; 'lakehouse ingest --source urls' of its list fetches it again",
        apply);
  }

  private void remove(String sha256) {
    try {
      if (store.has(sha256)) {
        store.remove(sha256);
      }
    } catch (IOException e) {
      throw LakehouseException.because(
          e,
          ErrorCode.TRANSIENT,
          "Cannot remove %s: %s. Repeat the command",
          store.uri(sha256),
          Hindrance.words(e));
    }
  }

  private boolean holds(String uri, String sha256) {
    try (InputStream in = source(uri).open()) {
      return Digests.sha256(in).equals(sha256);
    } catch (IOException | IllegalArgumentException e) {
      return false; // gone, or not a file of its own
    }
  }

  private void bringBack(String sha256, String uri) {
    try (InputStream in = source(uri).open()) {
      store.remove(sha256);
      store.put(in);
    } catch (IOException e) {
      throw LakehouseException.because(
          e,
          ErrorCode.TRANSIENT,
          "Cannot store %s again from %s: %s. Repeat the command",
          store.uri(sha256),
          uri,
          e.getMessage());
    }
  }

  private SourceFile source(String uri) {
    return new SourceFile(uri, context.hadoopConf());
  }
}
