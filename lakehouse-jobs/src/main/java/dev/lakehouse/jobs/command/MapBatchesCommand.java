// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import dev.lakehouse.core.Shapes;
import dev.lakehouse.jobs.command.terminal.Report;
import dev.lakehouse.jobs.command.terminal.Words;
import dev.lakehouse.jobs.lake.delta.OutputTable.IfThere;
import dev.lakehouse.jobs.pipeline.MapRequest;
import dev.lakehouse.jobs.pipeline.MapResult;
import dev.lakehouse.udfs.function.MapBatches;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code map-batches}: runs a user's own function over a table. */
@Command(
    name = "map-batches",
    header = "Run your own function over a table, in Arrow batches.",
    description = {
      "",
      "CLASS implements dev.lakehouse.udfs.function.BatchFunctionFactory. Each executor makes as many",
      "instances as --concurrency says, keeps them for all its tasks, and hands them batches; what",
      "they return stands beside the kept columns in a Delta table of your own. A task that Spark",
      "repeats calls the function again for its rows. A whole example: docs/map-batches.md.",
      "",
      "Of assets and filtered a function may ask for 'content' too: the bytes of the text or blob.",
      "",
      "--where is a condition over the columns of the table; see 'lakehouse table --help'.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  lakehouse map-batches --lake ./lake --table filtered --where \"modality = 'text'\" \\",
      "    --class com.acme.Shout --jar acme.jar --columns text --output ./shouted"
    })
final class MapBatchesCommand extends LakehouseCommand {
  @Option(
      names = "--table",
      required = true,
      paramLabel = "NAME",
      description = "Table of the lake to read, as it is now.")
  private String table = "";

  @Option(names = "--where", paramLabel = "CONDITION", description = "Which rows. Default: all.")
  private Optional<String> where = Optional.empty();

  @Option(
      names = "--class",
      required = true,
      paramLabel = "CLASS",
      description = "The function: whole name of its factory class.")
  private String factory = "";

  @Option(
      names = "--jar",
      paramLabel = "FILE",
      description = "Jar with the class or with what it needs; may be repeated.")
  private List<String> jars = new ArrayList<>();

  @Option(
      names = "--option",
      paramLabel = "KEY=VALUE",
      description = "Option of the function; may be repeated.")
  private Map<String, String> options = new LinkedHashMap<>();

  @Option(
      names = "--columns",
      required = true,
      split = ",",
      paramLabel = "COLUMN",
      description = "What the function sees, with commas, in its order.")
  private List<String> columns = new ArrayList<>();

  @Option(
      names = "--keep",
      split = ",",
      paramLabel = "COLUMN",
      description = "What stands beside its output, with commas. Default: the key of the table.")
  private List<String> keep = new ArrayList<>();

  @Option(
      names = "--output",
      required = true,
      paramLabel = "URI",
      description = "Where the Delta table is written: a folder or a URI outside of the lake.")
  private String output = "";

  @Option(names = "--overwrite", description = "Replace the table that is there.")
  private boolean overwrite;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description = "Rows of a batch at most. Default: 1024.")
  private Optional<Integer> batchSize = Optional.empty();

  @Option(
      names = "--batch-bytes",
      paramLabel = "N",
      description = "Bytes of a batch at most; one row may be larger. Default: 67108864.")
  private Optional<Long> batchBytes = Optional.empty();

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      description = "Instances in each executor at most. Default: 1.")
  private Optional<Integer> concurrency = Optional.empty();

  @Option(
      names = "--gpus",
      paramLabel = "X",
      description = "GPUs of an instance: a share such as 0.5, or a whole number. Default: 0.")
  private Optional<Double> gpus = Optional.empty();

  @Option(
      names = "--stall-seconds",
      paramLabel = "N",
      description = "Fail where no call has returned for so long. Default: 3600.")
  private Optional<Integer> stallSeconds = Optional.empty();

  @Override
  Report report() {
    MapRequest request =
        new MapRequest(
            function(), table, where, output, overwrite ? IfThere.REPLACE : IfThere.REFUSE);
    MapResult result = lakehouse().mapBatches(request);
    return Report.of(Shapes.of(result), Words.of(result));
  }

  private MapBatches function() {
    MapBatches function =
        MapBatches.of(factory)
            .jars(jars.toArray(String[]::new))
            .columns(columns.toArray(String[]::new))
            .keep(keep.toArray(String[]::new));
    for (Map.Entry<String, String> option : options.entrySet()) {
      function = function.option(option.getKey(), option.getValue());
    }
    function = batchSize.map(function::batchSize).orElse(function);
    function = batchBytes.map(function::batchBytes).orElse(function);
    function = stallSeconds.map(function::stallSeconds).orElse(function);
    function = concurrency.map(function::concurrency).orElse(function);
    return gpus.map(function::gpus).orElse(function);
  }
}
