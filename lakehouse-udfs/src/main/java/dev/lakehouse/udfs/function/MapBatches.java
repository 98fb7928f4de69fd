// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.function;

import static java.util.Objects.requireNonNull;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Similar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * A user's function over the rows of any dataset.
 *
 * <pre>{@code
 * Dataset<Row> loud =
 *     MapBatches.of("com.acme.Shout")
 *         .jars("/home/me/acme.jar")
 *         .option("mark", "!")
 *         .columns("text")
 *         .keep("asset_id")
 *         .over(texts);
 * }</pre>
 *
 * <p>The same code runs on one machine and on a cluster. An object is never changed: each call
 * gives a new one.
 */
public final class MapBatches {
  private final String factory;
  private final Choice choice;
  private final BatchKnobs knobs;
  private final @Nullable BatchSum sum;

  /** What runs over what. */
  private record Choice(
      FunctionJars jars, Map<String, String> options, List<String> columns, List<String> keep) {}

  private MapBatches(String factory, Choice choice, BatchKnobs knobs, @Nullable BatchSum sum) {
    this.factory = factory;
    this.choice = choice;
    this.knobs = knobs;
    this.sum = sum;
  }

  /**
   * A function by its name.
   *
   * @param factory name of a class that implements {@link BatchFunctionFactory}
   */
  public static MapBatches of(String factory) {
    requireNonNull(factory, "factory is null");
    Choice nothing = new Choice(FunctionJars.of(List.of()), Map.of(), List.of(), List.of());
    return new MapBatches(factory, nothing, BatchKnobs.DEFAULTS, null);
  }

  /** A function of this class path. */
  public static MapBatches of(Class<? extends BatchFunctionFactory> factory) {
    return of(factory.getName());
  }

  /**
   * Jars on this machine that hold the class and what it needs; sent to the executors.
   *
   * @throws LakehouseException CONFIG_INVALID if one is not there
   */
  public MapBatches jars(String... files) {
    return with(
        new Choice(FunctionJars.of(List.of(files)), choice.options, choice.columns, choice.keep));
  }

  /** One option of the function. */
  public MapBatches option(String key, String value) {
    Map<String, String> options = new TreeMap<>(choice.options);
    options.put(key, value);
    return with(new Choice(choice.jars, options, choice.columns, choice.keep));
  }

  /** The columns that the function sees, in this order; all where none is named. */
  public MapBatches columns(String... names) {
    return with(new Choice(choice.jars, choice.options, List.of(names), choice.keep));
  }

  /** The columns that stand in the result before those of the function; none by default. */
  public MapBatches keep(String... names) {
    return with(new Choice(choice.jars, choice.options, choice.columns, List.of(names)));
  }

  /** The same; where no column is kept yet, with these. */
  public MapBatches orKeep(List<String> names) {
    return choice.keep.isEmpty() ? keep(names.toArray(String[]::new)) : this;
  }

  /** Rows of a batch at most; 1024 by default. */
  public MapBatches batchSize(int rows) {
    return with(knobs.withBatchSize(rows));
  }

  /** Bytes of a batch at most, unless a single row is larger; 64 MiB by default. */
  public MapBatches batchBytes(long bytes) {
    return with(knobs.withBatchBytes(bytes));
  }

  /** Instances in an executor at most; 1 by default. */
  public MapBatches concurrency(int instances) {
    return with(knobs.withConcurrency(instances));
  }

  /** GPUs of an instance: a share of one, or a whole number; none by default. */
  public MapBatches gpus(double each) {
    return with(knobs.withGpus(each));
  }

  /** Bytes of batches that an executor holds at most; 256 MiB by default. */
  public MapBatches bytesInFlight(long bytes) {
    return with(knobs.withBytesInFlight(bytes));
  }

  /** How long no call may return before the tasks that wait for one fail; an hour by default. */
  public MapBatches stallSeconds(int seconds) {
    return with(knobs.withStallSeconds(seconds));
  }

  /** Adds each task's figures to a registered sum. */
  public MapBatches addingTo(BatchSum figures) {
    return new MapBatches(factory, choice, knobs, figures);
  }

  private MapBatches with(Choice other) {
    return new MapBatches(factory, other, knobs, sum);
  }

  private MapBatches with(BatchKnobs other) {
    return new MapBatches(factory, choice, other, sum);
  }

  /** Whether the function sees a column of this name because it was asked for. */
  public boolean asksFor(String column) {
    return choice.columns.contains(column);
  }

  /** Name of the class. */
  public String factory() {
    return factory;
  }

  /**
   * The rows with what the function makes of them: the kept columns, then those that it declares.
   * Nothing runs before somebody asks for the rows.
   *
   * @throws LakehouseException CONFIG_INVALID if the class, a column or a declared type is not what
   *     it should be, or if the cluster cannot hold the instances
   */
  public Dataset<Row> over(Dataset<Row> rows) {
    SparkContext spark = rows.sparkSession().sparkContext();
    Cluster cluster = Cluster.of(spark);
    new Sizing(factory, knobs, cluster).require();
    StructType seen = select(rows.schema(), choice.columns.isEmpty() ? all(rows) : choice.columns);
    StructType kept = select(rows.schema(), choice.keep);
    Schema input = BatchColumns.arrow(seen);
    Schema declared = declared(input);
    StructType output = joined(kept, BatchColumns.spark(factory, declared));
    choice.jars.ship(spark);

    FunctionSpec spec =
        new FunctionSpec(
            factory, new TreeMap<>(choice.options), input.toJson(), declared.toJson(), knobs);
    Column[] taken =
        BatchPartition.columns(seen, kept).stream()
            .map(name -> column(rows, name))
            .toArray(Column[]::new);
    return rows.select(taken)
        .mapPartitions(
            new BatchPartition(spec, seen, kept, cluster.driverGpus(), sum), Encoders.row(output));
  }

  private static List<String> all(Dataset<Row> rows) {
    return List.of(rows.columns());
  }

  /** Names may hold dots, which would reach into structs. */
  private static Column column(Dataset<Row> rows, String name) {
    return rows.col("`" + name.replace("`", "``") + "`");
  }

  private StructType select(StructType schema, List<String> names) {
    List<StructField> found = new ArrayList<>();
    for (String name : names) {
      if (!List.of(schema.fieldNames()).contains(name)) {
        throw LakehouseException.of(
            ErrorCode.CONFIG_INVALID,
            "Cannot run %s: there is no column '%s'. Did you mean %s? There are %s",
            factory,
            name,
            Similar.to(name, List.of(schema.fieldNames())),
            String.join(", ", schema.fieldNames()));
      }
      if (found.contains(schema.apply(name))) {
        throw LakehouseException.of(
            ErrorCode.CONFIG_INVALID, "Cannot run %s: column '%s' is named twice", factory, name);
      }
      found.add(schema.apply(name));
    }
    return new StructType(found.toArray(StructField[]::new));
  }

  private Schema declared(Schema input) {
    FunctionJars jars = choice.jars;
    try (URLClassLoader loader = jars.loader(Thread.currentThread().getContextClassLoader())) {
      return FunctionClass.find(factory, loader, jars.toString()).output(input, choice.options);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot close " + jars, e);
    }
  }

  private StructType joined(StructType kept, StructType derived) {
    StructType joined = kept;
    for (StructField field : derived.fields()) {
      String name = field.name().toLowerCase(Locale.ROOT);
      for (String other : kept.fieldNames()) {
        if (other.toLowerCase(Locale.ROOT).equals(name)) {
          throw LakehouseException.of(
              ErrorCode.CONFIG_INVALID,
              "Cannot keep column '%s' beside the output of %s, which has a column of that name too."
                  + " Rename one of them",
              other,
              factory);
        }
      }
      joined = joined.add(field);
    }
    return joined;
  }
}
