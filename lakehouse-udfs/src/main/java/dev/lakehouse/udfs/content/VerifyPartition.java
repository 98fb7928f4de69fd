// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.content;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.content.Content;
import dev.lakehouse.core.content.Contents;
import dev.lakehouse.core.content.Opened;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Reads contents back and compares them with their digests.
 *
 * <p>In: {@code sha256, text, blob, blob_uri}. Out: {@code sha256, found} for each content that is
 * not what its digest says.
 */
public final class VerifyPartition implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  /** One content that is wrong, and how. */
  public static final StructType SCHEMA =
      new StructType()
          .add("sha256", DataTypes.StringType, false)
          .add("found", DataTypes.StringType, false);

  private final Contents contents;

  public VerifyPartition(Contents contents) {
    this.contents = contents;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    List<Row> wrong = new ArrayList<>();
    rows.forEachRemaining(
        row ->
            fault(row)
                .ifPresent(found -> wrong.add(RowFactory.create(row.getAs("sha256"), found))));
    return wrong.iterator();
  }

  private Optional<String> fault(Row row) {
    Content content =
        Content.ofColumns(row.getAs("text"), row.getAs("blob"), row.getAs("blob_uri"));
    try (Opened opened = contents.open(content)) {
      String found = opened.sha256();
      return found.equals(row.<String>getAs("sha256"))
          ? Optional.empty()
          : Optional.of("bytes of sha256 " + found);
    } catch (ItemException e) {
      return Optional.of(e.code().name() + ": " + e.getMessage());
    } catch (LakehouseException e) {
      if (e.code() != ErrorCode.INTEGRITY) {
        throw e;
      }
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
