// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.release;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Table;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.lake.LakeIdentity;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.jobs.lake.delta.CommitNote;
import dev.lakehouse.jobs.lake.delta.LakeTable;
import dev.lakehouse.jobs.lake.delta.LakeTables;
import dev.lakehouse.jobs.lake.release.PublishOptions.Mode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what a release would be made of now, and refuses what was not made by us.
 *
 * @param tables of the lake
 * @param layout where its parts are
 */
record NextInputs(LakeTables tables, LakeLayout layout) {

  /**
   * What the next release is made of.
   *
   * @param all releases that there are
   * @throws LakehouseException NOTHING_FIT if nothing was judged; INTEGRITY if somebody else wrote
   *     to one of its tables; TRANSIENT if a judgement is written now
   */
  ReleaseInputs of(ReleaseFamilies families, PublishOptions options, List<Release> all) {
    long filtered = tables.table(Tables.FILTERED).version();
    CommitNote judgement = judgement(filtered);
    Optional<Release> parent = ReleaseLog.current(all);
    requireOurs(Tables.FILTERED, LakeTable.ABSENT, "lakehouse judge --full");
    requireOurs(Tables.VERDICTS, LakeTable.ABSENT, "lakehouse judge --full");
    requireOurs(
        Tables.EMBEDDINGS,
        parent.map(Release::embeddingsVersion).orElse(LakeTable.ABSENT),
        "lakehouse repair --apply");
    String occasion =
        options.mode() == Mode.REBUILD
            ? "rebuild of " + (ReleaseLog.next(all) - 1)
            : judgement.find(Publication.RELEASE_ANEW).orElse("");
    return new ReleaseInputs(
        filtered,
        tables.table(Tables.EMBEDDINGS).version(),
        judgement.find("judgement").orElseThrow(),
        judgement.find("policy").orElseThrow(),
        families.on(),
        families.off(),
        parent,
        occasion,
        madeIn(filtered));
  }

  private MadeIn madeIn(long filtered) {
    Map<String, Long> versions = new HashMap<>();
    versions.put(Tables.FILTERED.name(), filtered);
    versions.put(Tables.EMBEDDINGS.name(), tables.table(Tables.EMBEDDINGS).version());
    Map<String, String> commits = tables.commits(versions);
    return new MadeIn(
        LakeIdentity.of(layout, tables.spark().sessionState().newHadoopConf()).id(),
        commits.getOrDefault(Tables.FILTERED.name(), ""),
        commits.getOrDefault(Tables.EMBEDDINGS.name(), ""));
  }

  /** Whoever writes to what a release is made of could publish without being judged. */
  private void requireOurs(Table input, long vouched, String remedy) {
    LakeTable table = tables.table(input);
    List<Long> foreign = table.history().foreignVersions(vouched);
    if (!foreign.isEmpty()) {
      throw LakehouseException.of(
          ErrorCode.INTEGRITY,
          "Cannot publish from table %s: rows of its version %d were changed by somebody else."
              + " Nothing was released; readers still see the last release. Run '%s', then publish"
              + " again",
          table.uri(),
          foreign.get(0),
          remedy);
    }
  }

  /** The judgement that verdicts and what passed agree on. */
  private CommitNote judgement(long filteredVersion) {
    Optional<CommitNote> passed =
        tables.table(Tables.FILTERED).commitLog().lastNote("judge", filteredVersion);
    Optional<CommitNote> judged = tables.table(Tables.VERDICTS).history().lastNote("judge");
    if (passed.isEmpty()) {
      throw LakehouseException.of(
          ErrorCode.NOTHING_FIT,
          "Nothing to publish in %s: nothing was judged yet. Run 'lakehouse judge' first",
          layout.root());
    }
    Optional<String> id = passed.get().find("judgement");
    if (!id.equals(judged.flatMap(note -> note.find("judgement")))) {
      throw LakehouseException.of(
          ErrorCode.TRANSIENT,
          "Cannot publish %s: its last judgement was not written to the end, or is being written now."
              + " Run 'lakehouse judge', then publish again",
          layout.root());
    }
    return passed.get();
  }
}
