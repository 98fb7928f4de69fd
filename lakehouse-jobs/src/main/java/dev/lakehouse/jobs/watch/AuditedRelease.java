// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.watch;

import dev.lakehouse.core.Table;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.bundle.speech.SpeechModel;
import dev.lakehouse.core.curate.JudgementBasis;
import dev.lakehouse.core.curate.Probes;
import dev.lakehouse.core.embed.FamilySpec;
import dev.lakehouse.core.kind.Kinds;
import dev.lakehouse.core.lake.CatalogTable;
import dev.lakehouse.core.lake.Family;
import dev.lakehouse.core.lake.LakeIdentity;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.jobs.lake.delta.CommitNote;
import dev.lakehouse.jobs.lake.delta.LakeTable;
import dev.lakehouse.jobs.lake.delta.LakeTables;
import dev.lakehouse.jobs.lake.release.FamilyEncoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A release, and the versions of the tables that it names.
 *
 * @param tables of the lake
 * @param layout where its parts are
 * @param release that is audited
 */
record AuditedRelease(LakeTables tables, LakeLayout layout, Release release) {

  Dataset<Row> catalog() {
    return tables.catalog().rowsAt(release.catalogVersion());
  }

  /** The families that the catalog had columns for when the release was made. */
  List<String> familiesOfTheCatalog() {
    return CatalogTable.familiesIn(columnsOfTheCatalog());
  }

  /** The catalog as it was declared when the release was made. */
  Table catalogTable() {
    return columnsOfTheCatalog().contains(CatalogTable.pooling(FamilySpec.TEXT))
        ? CatalogTable.of(familiesOfTheCatalog())
        : CatalogTable.ofWholes(familiesOfTheCatalog());
  }

  private List<String> columnsOfTheCatalog() {
    return tables.table(CatalogTable.FIRST).columnNamesAt(release.catalogVersion());
  }

  Dataset<Row> filtered() {
    return tables.table(Tables.FILTERED).rowsAt(release.filteredVersion());
  }

  Dataset<Row> embeddings() {
    return tables.table(Tables.EMBEDDINGS).rowsAt(release.embeddingsVersion());
  }

  /** What the judgement of the release says of itself; empty where judge did not write it. */
  Optional<CommitNote> judgement() {
    return tables
        .table(Tables.FILTERED)
        .history()
        .note(release.filteredVersion())
        .filter(note -> !note.inputs().isEmpty());
  }

  /** What measured the figures that the judgement read. */
  Probes probes() {
    return Kinds.probes(
        judgement().flatMap(note -> note.find(JudgementBasis.SPEECH)).map(SpeechModel::elsewhere));
  }

  /** A table as the judgement read it; empty where the judgement is not known. */
  Dataset<Row> input(Table table) {
    long version =
        judgement()
            .map(note -> note.inputs().getOrDefault(table.name(), LakeTable.ABSENT))
            .orElse(LakeTable.ABSENT);
    return tables.table(table).rowsAt(version);
  }

  /** The identity of the lake; empty where it has none, being older than identities. */
  String lake() {
    return LakeIdentity.find(layout, tables.spark().sessionState().newHadoopConf())
        .map(LakeIdentity::id)
        .orElse("");
  }

  /** Whose vectors it holds, by family. */
  Map<String, FamilyEncoder> families() {
    Map<String, FamilyEncoder> families = new HashMap<>();
    for (Family family : release.families()) {
      families.put(family.name(), FamilyEncoder.of(family));
    }
    return families;
  }
}
