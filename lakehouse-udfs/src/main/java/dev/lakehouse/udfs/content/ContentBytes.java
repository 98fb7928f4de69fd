// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.content;

import static java.util.Objects.requireNonNull;
import static org.apache.spark.sql.functions.udf;

import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.content.Content;
import dev.lakehouse.core.content.Contents;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the bytes of assets: the UTF-8 bytes of a text, or the blob; null where there are none or
 * where they cannot be had, which is logged. Damage of the store itself fails the task.
 */
public final class ContentBytes
    implements UDF3<@Nullable String, @Nullable String, @Nullable String, byte @Nullable []> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(ContentBytes.class);
  private static final List<String> PARTS = List.of("text", "blob", "blob_uri");

  private final Contents contents;

  private ContentBytes(Contents contents) {
    this.contents = requireNonNull(contents, "contents is null");
  }

  /** Whether rows name contents at all. */
  public static boolean areIn(Dataset<Row> rows) {
    return List.of(rows.columns()).containsAll(PARTS);
  }

  /** The bytes of each row's content, as a column. */
  public static Column of(Dataset<Row> rows, Contents contents) {
    return udf(new ContentBytes(contents), DataTypes.BinaryType)
        .apply(PARTS.stream().map(rows::col).toArray(Column[]::new));
  }

  @Override
  public byte @Nullable [] call(
      @Nullable String text, @Nullable String blob, @Nullable String blobUri) {
    if (text == null && blob == null) {
      return null;
    }
    try {
      return contents.bytes(Content.ofColumns(text, blob, blobUri));
    } catch (ItemException e) {
      LOG.warn("No bytes of blob {}: {}", blob, e.getMessage());
      return null;
    }
  }
}
