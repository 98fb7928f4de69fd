// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.content;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.connect.Places;
import dev.lakehouse.core.connect.Role;
import dev.lakehouse.core.connect.Source;
import dev.lakehouse.core.connect.SourceItem;
import dev.lakehouse.core.connect.manifest.RowMapping;
import dev.lakehouse.udfs.content.SourceItemColumns;
import dev.lakehouse.udfs.content.TablePartition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Rows of a Parquet or Delta table, read by Spark: their content, bytes or texts, goes from the
 * executors that read it into the lake and never to the driver.
 */
public final class TableSource implements Source {

  /** How the table is kept. */
  public enum Format {
    PARQUET,
    DELTA
  }

  /**
   * What to read.
   *
   * @param format of the table
   * @param path of a folder, or of one Parquet file: a URI, or a local path
   * @param mapping which column plays which role; a field of a struct is {@code column.field}
   * @param root folder of the files that rows name; by default that of the table
   * @param name of the source; by default the URI of the table, links resolved
   * @param hadoopConf Hadoop settings on top of the defaults
   */
  public record Options(
      Format format,
      String path,
      RowMapping mapping,
      Optional<String> root,
      Optional<String> name,
      Map<String, String> hadoopConf) {}

  private final String uri;
  private final String name;
  private final String root;
  private final OptionalLong version;
  private final TableColumns columns;
  private final Options options;

  private TableSource(
      String uri, String root, OptionalLong version, TableColumns columns, Options options) {
    this.uri = uri;
    this.name = options.name().orElse(uri);
    this.root = root;
    this.version = version;
    this.columns = columns;
    this.options = options;
  }

  /**
   * Looks at the table; a Delta table is read at the version that it has now.
   *
   * @throws LakehouseException SOURCE_UNAVAILABLE, or CONFIG_INVALID for columns that are not there
   */
  public static TableSource open(SparkSession spark, Options options) {
    String uri = place(options);
    String root =
        options
            .root()
            .map(written -> Places.folder(written, options.hadoopConf()))
            .orElseGet(() -> isFile(options) ? Places.parent(uri) : uri);
    boolean delta = options.format() == Format.DELTA;
    if (delta && options.mapping().field(Role.ID).isEmpty()) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Source delta %s needs an id: expected --map id=COLUMN,… since Delta moves rows to other"
              + " files; nothing was done",
          uri);
    }
    try {
      OptionalLong version = delta ? OptionalLong.of(version(spark, uri)) : OptionalLong.empty();
      Dataset<Row> rows =
          version.isPresent()
              ? spark.read().format("delta").option("versionAsOf", version.getAsLong()).load(uri)
              : parquet(spark.read(), isFile(options)).load(uri);
      return new TableSource(
          uri, root, version, TableColumns.of(rows, options.mapping(), uri), options);
    } catch (Exception e) {
      throw failure(e, uri);
    }
  }

  /** In a folder, other files are no parts of the table. */
  private static DataFrameReader parquet(DataFrameReader reader, boolean file) {
    DataFrameReader rows = reader.format("parquet");
    return file ? rows : rows.option("pathGlobFilter", "*.{parquet,parq,pq}");
  }

  private static boolean isFile(Options options) {
    return !place(options).equals(folder(options).orElse(""));
  }

  private static Optional<String> folder(Options options) {
    try {
      return Optional.of(Places.folder(options.path(), options.hadoopConf()));
    } catch (LakehouseException noFolder) {
      return Optional.empty();
    }
  }

  private static String place(Options options) {
    return options.format() == Format.DELTA
        ? Places.folder(options.path(), options.hadoopConf())
        : folder(options).orElseGet(() -> Places.file(options.path(), options.hadoopConf()));
  }

  private static long version(SparkSession spark, String uri) {
    String table = "delta.`" + uri.replace("`", "``") + "`";
    return spark.sql("DESCRIBE HISTORY " + table + " LIMIT 1").select("version").head().getLong(0);
  }

  private static LakehouseException failure(Exception e, String uri) {
    if (e instanceof LakehouseException known) {
      return known;
    }
    String why = e instanceof AnalysisException query ? query.getSimpleMessage() : e.toString();
    return LakehouseException.because(
        e,
        ErrorCode.SOURCE_UNAVAILABLE,
        "Cannot read table %s: %s. Check the path and its kind; nothing was done",
        uri,
        why);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<String> manifest() {
    return Optional.of(uri);
  }

  @Override
  public boolean hasParts() {
    return true;
  }

  @Override
  public List<String> fields() {
    return columns.names();
  }

  @Override
  public Map<String, String> reading() {
    Map<String, String> reading = new LinkedHashMap<>();
    reading.put("table", uri);
    version.ifPresent(number -> reading.put("version", String.valueOf(number)));
    reading.put("files below", root);
    return reading;
  }

  /** For a look at its beginning: all comes to the driver, row by row. */
  @Override
  public Stream<SourceItem> items() {
    Iterable<Row> rows = () -> rows().toLocalIterator();
    return StreamSupport.stream(rows.spliterator(), false).map(SourceItemColumns::item);
  }

  /** The items with their content, as rows of {@link SourceItemColumns}. */
  Dataset<Row> rows() {
    return items(columns.rows());
  }

  /** The same items with bytes that are none, to count them and to find parts of one. */
  Dataset<Row> rowsWithoutBytes() {
    return items(
        columns
            .binary()
            .map(content -> columns.rows().withColumn(content, lit(new byte[0])))
            .orElseGet(columns::rows));
  }

  private Dataset<Row> items(Dataset<Row> rows) {
    TablePartition items =
        new TablePartition(uri, name, root, options.mapping(), options.hadoopConf());
    return rows.mapPartitions(items, Encoders.row(SourceItemColumns.schema()));
  }

  /** Whether rows are parts of one: those of one key, or of one file. */
  boolean rowsMeet() {
    Dataset<Row> rows = rowsWithoutBytes();
    return Stream.of("key", "file_uri")
        .anyMatch(
            name ->
                !rows.where(col(name).isNotNull())
                    .groupBy(col(name))
                    .count()
                    .where("count > 1")
                    .isEmpty());
  }
}
