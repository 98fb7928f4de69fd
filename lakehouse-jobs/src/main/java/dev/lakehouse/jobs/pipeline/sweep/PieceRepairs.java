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
import dev.lakehouse.core.derive.Enclosure;
import dev.lakehouse.core.derive.Piece;
import dev.lakehouse.core.derive.Still;
import dev.lakehouse.jobs.pipeline.LakeContext;
import dev.lakehouse.udfs.SparkColumns;
import dev.lakehouse.udfs.content.VerifyPartition;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** Finds pieces of contents that are gone or damaged, and takes them out of these again. */
final class PieceRepairs {
  private final LakeContext context;
  private final BlobStore store;

  PieceRepairs(LakeContext context) {
    this.context = context;
    this.store = context.blobs();
  }

  /** What is done about each damaged piece, by its name. */
  Map<String, Repair> run(boolean apply) {
    Map<String, Repair> repairs = new TreeMap<>();
    for (Row row : damaged().collectAsList()) {
      String name = row.getAs("name");
      repairs.put(name, repair(name, row, apply));
    }
    return repairs;
  }

  /** Damaged pieces, each with a content that it was in. */
  private Dataset<Row> damaged() {
    Dataset<Row> pieces = pieces();
    return found(pieces)
        .join(pieces, SparkColumns.using("name"))
        .withColumn("sha256", col("whole.sha256"))
        .join(wholes(), SparkColumns.using("sha256"), "left")
        .selectExpr(
            "name", "found", "whole.deriver", "content.blob", "content.blob_uri AS blob_uri");
  }

  private Dataset<Row> pieces() {
    Column ofNow = col("deriver").isInCollection(context.derivers().names());
    return context
        .table(Tables.DERIVED)
        .rows()
        .where(col("blob").isNotNull().and(ofNow))
        .groupBy(col("blob").as("name"))
        .agg(expr("min(struct(sha256, deriver)) AS whole"));
  }

  private Dataset<Row> found(Dataset<Row> pieces) {
    return pieces
        .selectExpr(
            "name AS sha256",
            "CAST(NULL AS STRING) AS text",
            "name AS blob",
            "CAST(NULL AS STRING) AS blob_uri")
        .mapPartitions(
            new VerifyPartition(context.contents()), Encoders.row(VerifyPartition.SCHEMA))
        .withColumnRenamed("sha256", "name");
  }

  private Dataset<Row> wholes() {
    return context
        .table(Tables.ASSETS)
        .rows()
        .where("state = 'active' AND blob IS NOT NULL")
        .groupBy("sha256")
        .agg(expr("min_by(struct(blob, blob_uri), coalesce(blob_uri, '')) AS content"));
  }

  private Repair repair(String name, Row row, boolean apply) {
    String what = "blob " + store.uri(name);
    String found = row.getAs("found");
    String whole = row.getAs("blob");
    if (whole == null) {
      return new Repair(
          what, found, "what it was taken from is not there any more: ingest it again", false);
    }
    boolean mended = apply && takenAgain(name, row);
    String action =
        !apply || mended
            ? "take it out of %s again".formatted(whole)
            : "%s does not give it any more: 'lakehouse derive --full', then 'lakehouse run'"
                .formatted(whole);
    return new Repair(what, found, action, mended);
  }

  private boolean takenAgain(String name, Row row) {
    Content whole =
        Content.ofColumns(null, row.<String>getAs("blob"), row.<String>getAs("blob_uri"));
    try (Opened opened = context.contents().open(whole)) {
      Limits limits = Limits.from(context.settings());
      for (Piece piece : context.derivers().named(row.getAs("deriver")).pieces(opened, limits)) {
        byte[] bytes = bytes(piece);
        if (Digests.sha256(bytes).equals(name)) {
          store.remove(name);
          store.put(new ByteArrayInputStream(bytes));
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
          store.uri(name),
          e.getMessage());
    }
  }

  private static byte[] bytes(Piece piece) {
    if (piece instanceof Still still) {
      return still.jpeg();
    }
    return piece instanceof Enclosure enclosure
        ? enclosure.bytes().orElse(new byte[0])
        : new byte[0];
  }
}
