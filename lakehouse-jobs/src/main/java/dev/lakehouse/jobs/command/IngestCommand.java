// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import dev.lakehouse.core.Shapes;
import dev.lakehouse.core.connect.Preview;
import dev.lakehouse.jobs.Intake;
import dev.lakehouse.jobs.Lakehouse;
import dev.lakehouse.jobs.command.input.SourceFlags;
import dev.lakehouse.jobs.command.input.SourceRequest;
import dev.lakehouse.jobs.command.terminal.PreviewWords;
import dev.lakehouse.jobs.command.terminal.Report;
import dev.lakehouse.jobs.command.terminal.Words;
import dev.lakehouse.jobs.content.IngestResult;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ingest}: brings a source into the lake. */
@Command(
    name = "ingest",
    header = "Bring files, manifests, tables or tar shards into the lake.",
    description = {
      "",
      "Every item becomes an asset or, with the reason, a dead letter. Ingesting again adds what is",
      "new, replaces what changed and touches nothing else. Rows of one picture are one asset with",
      "all their captions. What a path is, it tells by looking; where nobody names a lake, it is",
      "PATH-lake, beside the path. docs/sources.md says how each kind of source is read.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  lakehouse ingest ./my-pictures",
      "  lakehouse ingest --lake ./lake --source files --path ./pictures --glob '**.{jpg,png}'",
      "  lakehouse ingest --lake ./lake --source coco --annotations captions.json --images ./images",
      "  lakehouse ingest --lake ./lake --source jsonl --path rows.jsonl --map id=doc,text=body",
      "  lakehouse ingest --lake ./lake --source csv --path captions.csv --root ./images \\",
      "      --map id=image_id,image=file_name,caption=caption",
      "  lakehouse ingest --lake ./lake --source urls --path list.csv --map image=url,caption=alt \\",
      "      --set lakehouse.urls.contact=you@example.org",
      "  lakehouse ingest --lake ./lake --source parquet --path ./rows \\",
      "      --map id=uid,image=image.bytes,caption=text",
      "  lakehouse ingest --lake ./lake --source delta --path ./articles --map id=doc,text=body",
      "  lakehouse ingest --lake ./lake --source webdataset --path './shards/train-{000..127}.tar'",
      "  lakehouse ingest --preview --source csv --path captions.csv --map image=file,caption=text"
    })
final class IngestCommand extends LakehouseCommand {
  @Mixin private SourceFlags source = new SourceFlags();

  @Option(
      names = "--preview",
      description =
          "Show how the source is understood: encoding, dialect, fields, first items, what is"
              + " wrong. Needs no lake and writes nothing.")
  private boolean preview;

  @Override
  Report report() {
    SourceRequest request = source.required(this::progress);
    if (preview) {
      Preview seen = request.preview(common.hadoop());
      return Report.of(Shapes.of(seen), PreviewWords.of(seen));
    }
    source.besides().ifPresent(common::beside);
    Function<Map<String, String>, Intake> prepared = request.prepare();
    IngestResult result =
        idle(runs -> runs.ingest(() -> prepared.apply(common.hadoop())))
            .orElseGet(() -> ingest(prepared));
    return Report.of(Shapes.of(result), Words.of(result));
  }

  private IngestResult ingest(Function<Map<String, String>, Intake> prepared) {
    Lakehouse lake = newLakehouse();
    Intake intake = prepared.apply(lake.hadoopConf());
    return lake.ingest(intake.source(), intake.options());
  }
}
