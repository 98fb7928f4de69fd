// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.release;

import static org.apache.spark.sql.functions.col;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.lake.Family;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.LakeMemory;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.jobs.lake.Progress;
import dev.lakehouse.jobs.lake.Run;
import dev.lakehouse.jobs.lake.delta.CatalogConstraints;
import dev.lakehouse.jobs.lake.delta.CommitNote;
import dev.lakehouse.jobs.lake.delta.KeptRows;
import dev.lakehouse.jobs.lake.delta.LakeTable;
import dev.lakehouse.jobs.lake.delta.LakeTables;
import dev.lakehouse.jobs.lake.release.CatalogWriter.Written;
import dev.lakehouse.jobs.lake.release.PublishOptions.Mode;
import dev.lakehouse.jobs.lake.release.PublishResult.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The release protocol: from what passed to what readers see.
 *
 * <p>Catalog, indexes and the releases row are written in this order, each carrying the release's
 * id; only the last makes the release current. After a crash between any two steps the release
 * before is whole, and the same call finds what is done already and does the rest.
 */
public final class Publication {
  /** The mark of a judgement that is to be released although it says what the last one said. */
  public static final String RELEASE_ANEW = "release-anew";

  /** A step that is done; what a crash may come after. */
  public enum Step {
    CATALOG_CREATED,
    CATALOG_WRITTEN,
    INDEX_WRITTEN,
    RELEASED
  }

  /** Hears of every step that is done. */
  @FunctionalInterface
  public interface Steps {
    void done(Step step);
  }

  private final LakeTables tables;
  private final LakeLayout layout;
  private final Run run;
  private final Progress progress;
  private final Steps steps;
  private final LakeTable catalog;
  private final ReleaseLog releases;

  /**
   * A publication that begins nothing yet.
   *
   * @param steps hears of every step
   */
  public Publication(
      LakeTables tables, LakeLayout layout, Run run, Progress progress, Steps steps) {
    this.tables = tables;
    this.layout = layout;
    this.run = run;
    this.progress = progress;
    this.steps = steps;
    this.catalog = tables.catalog();
    this.releases = new ReleaseLog(tables, layout);
  }

  /** The same into a catalog that is to have the columns of further families. */
  private Publication(Publication other, Set<String> families) {
    this.tables = other.tables;
    this.layout = other.layout;
    this.run = other.run;
    this.progress = other.progress;
    this.steps = other.steps;
    this.catalog = other.tables.catalog(families);
    this.releases = other.releases;
  }

  /**
   * Makes what passed the current release.
   *
   * @param families whose vectors the release needs
   * @throws LakehouseException NOTHING_FIT if too little passed or too much would leave; INTEGRITY
   *     if the catalog is not what was published last
   */
  public PublishResult publish(ReleaseFamilies families, PublishOptions options) {
    return new Publication(this, families.on().keySet()).of(families, options);
  }

  private PublishResult of(ReleaseFamilies families, PublishOptions options) {
    long seen = releases.version();
    List<Release> all = releases.all();
    ReleaseInputs inputs = new NextInputs(tables, layout).of(families, options, all);
    Optional<Release> current = inputs.parent();
    if (options.mode() == Mode.CONTINUE) {
      if (current.filter(inputs::sameAs).isPresent()) {
        return PublishResult.nothingNew(Outcome.UNCHANGED, current.get());
      }
      Optional<Release> withdrawn = withdrawn(all, inputs.releaseId());
      if (withdrawn.isPresent()) {
        return PublishResult.nothingNew(Outcome.WITHDRAWN, withdrawn.get());
      }
    }
    return release(inputs, options, all, seen);
  }

  private static Optional<Release> withdrawn(List<Release> all, String releaseId) {
    return all.stream()
        .filter(release -> release.id().equals(releaseId) && !release.isReleased())
        .findFirst();
  }

  private ReleaseOrigin origin(ReleaseInputs inputs) {
    return new ReleaseOrigin(ReleaseId.parts(inputs), LakeMemory.of(layout, hadoop()).now());
  }

  private Configuration hadoop() {
    return tables.spark().sessionState().newHadoopConf();
  }

  private PublishResult release(
      ReleaseInputs inputs, PublishOptions options, List<Release> all, long seen) {
    Dataset<Row> filtered = tables.table(Tables.FILTERED).rowsAt(inputs.filteredVersion());
    Dataset<Row> embeddings = tables.table(Tables.EMBEDDINGS).rowsAt(inputs.embeddingsVersion());
    CatalogRows rows = new CatalogRows(filtered, embeddings, inputs.families(), catalog.table());
    describe("count what is fit");
    Fates fates;
    Written written;
    try (KeptRows kept = KeptRows.ifFew(rows.rows())) {
      fates = Fates.of(kept.areKept() ? kept.rows() : rows.fates());
      fates.requireEnough(layout, options);
      Dataset<Row> wanted =
          kept.rows()
              .where(col(CatalogRows.FATE).equalTo(CatalogRows.PUBLISH))
              .drop(CatalogRows.FATE);
      Leaving.of(catalog, inputs.parent(), options, wanted, fates.published())
          .requireFew(layout, options);
      written = writeCatalog(inputs, options, vouched(all), wanted);
    }
    NewParts newParts = newParts(inputs);
    if (nothingNew(inputs, options, written, newParts)) {
      return PublishResult.nothingNew(Outcome.UNCHANGED, inputs.parent().orElseThrow());
    }
    describe("check the catalog");
    String constraints = CatalogConstraints.require(catalog);
    guard().requireSound(written.version(), filtered, inputs.families());
    guard().requireRows(written.version(), fates.published());
    steps.done(Step.CATALOG_WRITTEN);

    List<String> off = new ArrayList<>(inputs.familiesOff());
    List<Family> indexes =
        writeIndexes(inputs, options, embeddings, written.version(), newParts, off);
    describe("name the release");
    long sequence = ReleaseLog.next(all);
    Release release = release(sequence, inputs, written, constraints, indexes, off, fates);
    releases.append(release, origin(inputs), seen);
    steps.done(Step.RELEASED);
    return new PublishResult(
        Outcome.RELEASED,
        release,
        written.added(),
        written.updated(),
        written.removed(),
        Optional.empty());
  }

  /** The newest version of the catalog that a release names. */
  private static long vouched(List<Release> all) {
    return all.stream().mapToLong(Release::catalogVersion).max().orElse(LakeTable.ABSENT);
  }

  private Release release(
      long sequence,
      ReleaseInputs inputs,
      Written written,
      String constraints,
      List<Family> indexes,
      List<String> off,
      Fates fates) {
    return new Release(
        sequence,
        inputs.releaseId(),
        inputs.parent().map(Release::id),
        run.startedAt(),
        written.version(),
        inputs.filteredVersion(),
        inputs.embeddingsVersion(),
        inputs.judgementId(),
        inputs.policyDigest(),
        constraints,
        indexes,
        off,
        fates.published(),
        fates.pending(),
        fates.dead(),
        run.id(),
        Release.RELEASED);
  }

  /** Says in Spark's user interface what the jobs from now on are for. */
  private void describe(String words) {
    tables.spark().sparkContext().setJobDescription("lakehouse: publish: " + words);
  }

  private CatalogGuard guard() {
    return new CatalogGuard(tables.spark(), catalog);
  }

  private Written writeCatalog(
      ReleaseInputs inputs, PublishOptions options, long vouched, Dataset<Row> wanted) {
    describe("write the catalog");
    CatalogWriter writer = new CatalogWriter(catalog, run);
    String id = inputs.releaseId();
    Optional<Written> done = writer.find(id, vouched + 1);
    if (done.isPresent()) {
      progress.say(
          "publish: version %d of the catalog is this release".formatted(done.get().version()));
      return done.get();
    }
    long base = options.mode() == Mode.REBUILD ? recreate(id) : continueFrom(vouched);
    steps.done(Step.CATALOG_CREATED);
    Written written = writer.write(id, wanted);
    guard().requireUntouched(base, written.version() - 1);
    return written;
  }

  /** Makes the catalog anew and returns the version from which on it is ours. */
  private long recreate(String releaseId) {
    CommitNote note = CommitNote.of(run.id(), "publish").mark("rebuild", releaseId);
    catalog.restore(catalog.rowsAt(LakeTable.ABSENT), note);
    return catalog
        .history()
        .versionSince(0, each -> each.commit().equals(note.commit()))
        .orElseThrow();
  }

  private long continueFrom(long vouched) {
    catalog.create(CommitNote.of(run.id(), "publish"));
    CatalogConstraints.require(catalog);
    guard().requireUntouched(vouched, catalog.version());
    return vouched;
  }

  private NewParts newParts(ReleaseInputs inputs) {
    long now = inputs.embeddingsVersion();
    long since = inputs.parent().map(Release::embeddingsVersion).orElse(now);
    return new NewParts(tables.table(Tables.EMBEDDINGS), since, now);
  }

  /**
   * Other inputs, the same rows: readers would see no difference. Unless what the last release was
   * judged from had been damaged: then it is to name the judgement of the whole.
   */
  private boolean nothingNew(
      ReleaseInputs inputs, PublishOptions options, Written written, NewParts newParts) {
    return options.mode() == Mode.CONTINUE
        && inputs.occasion().isEmpty()
        && written.nothing()
        && inputs
            .parent()
            .filter(parent -> parent.catalogVersion() == written.version())
            .filter(inputs::sameFamilies)
            .isPresent()
        && inputs.families().values().stream()
            .noneMatch(family -> newParts.areIn(catalog.rowsAt(written.version()), family));
  }

  private List<Family> writeIndexes(
      ReleaseInputs inputs,
      PublishOptions options,
      Dataset<Row> embeddings,
      long version,
      NewParts newParts,
      List<String> off) {
    IndexWriter writer =
        new IndexWriter(catalog, layout, inputs.releaseId(), options.minRecall(), newParts);
    Optional<Release> base = options.mode() == Mode.REBUILD ? Optional.empty() : inputs.parent();
    List<Family> indexes = new ArrayList<>();
    inputs.families().values().stream()
        .sorted(Comparator.comparing(FamilyEncoder::family))
        .forEach(
            family -> {
              describe("index of family " + family.family());
              progress.say("publish: index of family " + family.family());
              Optional<Family> index = writer.write(family, embeddings, version, base);
              index.ifPresentOrElse(
                  indexes::add, () -> off.add(ReleaseInputs.withoutRows(family.family())));
              steps.done(Step.INDEX_WRITTEN);
            });
    return indexes;
  }
}
