// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline.sweep;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.content.BlobStore;
import dev.lakehouse.core.content.Content;
import dev.lakehouse.core.content.Opened;
import dev.lakehouse.core.derive.Piece;
import dev.lakehouse.core.derive.Still;
import dev.lakehouse.jobs.pipeline.LakeContext;
import dev.lakehouse.udfs.SparkColumns;
import dev.lakehouse.udfs.content.VerifyPartition;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** Finds pictures of films that are gone or damaged, and takes them out of their films again. */
final class StillRepairs {
  private final LakeContext context;
  private final BlobStore store;

  StillRepairs(LakeContext context) {
    this.context = context;
    this.store = context.blobs();
  }

  /** What is done about each damaged picture, by its name. */
  Map<String, Repair> run(boolean apply) {
    Map<String, Repair> repairs = new TreeMap<>();
    for (Row row : damaged().collectAsList()) {
      String picture = row.getAs("picture");
      repairs.put(picture, repair(picture, row, apply));
    }
    return repairs;
  }

  /** Damaged pictures, each with a film that it was in. */
  private Dataset<Row> damaged() {
    Dataset<Row> pictures =
        context
            .table(Tables.DERIVED)
            .rows()
            .where(
                col("blob")
                    .isNotNull()
                    .and(col("deriver").isInCollection(context.derivers().names())))
            .groupBy(col("blob").as("picture"))
            .agg(expr("min(struct(sha256, deriver)) AS film"));
    Dataset<Row> contents =
        pictures.selectExpr(
            "picture AS sha256",
            "CAST(NULL AS STRING) AS text",
            "picture AS blob",
            "CAST(NULL AS STRING) AS blob_uri");
    Dataset<Row> found =
        contents
            .mapPartitions(
                new VerifyPartition(context.contents()), Encoders.row(VerifyPartition.SCHEMA))
            .withColumnRenamed("sha256", "picture");
    Dataset<Row> films =
        context
            .table(Tables.ASSETS)
            .rows()
            .where("state = 'active' AND blob IS NOT NULL")
            .groupBy("sha256")
            .agg(expr("min_by(struct(blob, blob_uri), coalesce(blob_uri, '')) AS content"));
    return found
        .join(pictures, SparkColumns.using("picture"))
        .withColumn("sha256", col("film.sha256"))
        .join(films, SparkColumns.using("sha256"), "left")
        .selectExpr(
            "picture", "found", "film.deriver", "content.blob", "content.blob_uri AS blob_uri");
  }

  private Repair repair(String picture, Row row, boolean apply) {
    String what = "blob " + store.uri(picture);
    String found = row.getAs("found");
    String film = row.getAs("blob");
    if (film == null) {
      return new Repair(
          what, found, "no film that it was taken from is there any more: ingest it again", false);
    }
    boolean mended = apply && takenAgain(picture, row);
    String action =
        !apply || mended
            ? "take it out of film %s again".formatted(film)
            : "film %s does not give it any more: 'lakehouse derive --full', then 'lakehouse run'"
                .formatted(film);
    return new Repair(what, found, action, mended);
  }

  private boolean takenAgain(String picture, Row row) {
    Content film =
        Content.ofColumns(null, row.<String>getAs("blob"), row.<String>getAs("blob_uri"));
    try (Opened opened = context.contents().open(film)) {
      Limits limits = Limits.from(context.settings());
      for (Piece piece : context.derivers().named(row.getAs("deriver")).pieces(opened, limits)) {
        if (piece instanceof Still still && Digests.sha256(still.jpeg()).equals(picture)) {
          store.remove(picture);
          store.put(new ByteArrayInputStream(still.jpeg()));
          return true;
        }
      }
      return false;
    } catch (ItemException e) {
      return false;
    } catch (IOException e) {
      throw LakehouseException.because(
          e,
          ErrorCode.TRANSIENT,
          "Cannot store %s again: %s. Repeat the command",
          store.uri(picture),
          e.getMessage());
    }
  }
}
