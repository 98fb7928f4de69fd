// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.watch;

import static org.apache.spark.sql.functions.col;

import dev.lakehouse.core.content.Contents;
import dev.lakehouse.udfs.content.VerifyPartition;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** The bytes behind every published row are the bytes that its digest names. */
record BlobAudit(AuditedRelease audited, Contents contents) implements AuditCheck {

  @Override
  public String name() {
    return "blobs";
  }

  @Override
  public List<Violation> violations() {
    Dataset<Row> blobs =
        audited
            .filtered()
            .select("sha256", "text", "blob", "blob_uri")
            .distinct()
            .repartition(col("sha256"));
    return blobs
        .mapPartitions(new VerifyPartition(contents), Encoders.row(VerifyPartition.SCHEMA))
        .orderBy("sha256")
        .limit(RowDifference.NAMED)
        .collectAsList()
        .stream()
        .map(
            row ->
                new Violation(
                    "content",
                    "sha256 " + row.getString(0),
                    "bytes of that digest",
                    row.getString(1),
                    "remove the damaged blob, then ingest its source again"))
        .toList();
  }
}
