// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import dev.lakehouse.core.Shapes;
import dev.lakehouse.jobs.content.IngestResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ingest}: brings a source into the lake. */
@Command(
    name = "ingest",
    header = "Bring files, COCO annotations or a manifest into the lake.",
    description = {
      "",
      "Every item becomes an asset or, with the reason, a dead letter. Ingesting again adds what is",
      "new, replaces what changed and touches nothing else.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  lakehouse ingest --lake ./lake --source files --path ./pictures --glob '**.{jpg,png}'",
      "  lakehouse ingest --lake ./lake --source coco --annotations captions.json --images ./images",
      "  lakehouse ingest --lake ./lake --source jsonl --path rows.jsonl --map id=doc,text=body",
      "  lakehouse ingest --lake ./lake --source csv --path captions.csv --root ./images \\",
      "      --map id=image_id,image=file_name,caption=caption"
    })
final class IngestCommand extends LakehouseCommand {
  @Mixin private SourceFlags source = new SourceFlags();

  @Override
  Report report() {
    SourceRequest request = source.required();
    Lakehouse lake = newLakehouse();
    IngestResult result = lake.ingest(request.open(lake.hadoopConf()), request.ingestOptions());
    return Report.of(Shapes.of(result), Words.of(result));
  }
}
