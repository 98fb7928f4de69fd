// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.index;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.lake.IndexRecall;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;
import org.lance.CommitBuilder;
import org.lance.Dataset;
import org.lance.FragmentMetadata;
import org.lance.Tag;
import org.lance.Transaction;
import org.lance.Version;
import org.lance.cleanup.CleanupPolicy;
import org.lance.operation.Operation;
import org.lance.operation.Overwrite;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The driver's half of writing an index: one transaction for each release, carrying its id.
 *
 * <p>Committing the same release again finds its transaction and finishes what is left, so a lost
 * acknowledgement or a crash at any point is repaired by the same call. What an abandoned release
 * left behind is put back first: an index continues from the version that its change was computed
 * from and from no other.
 */
public final class LanceIndex {
  private static final Logger LOG = LoggerFactory.getLogger(LanceIndex.class);
  private static final String RELEASE = "lakehouse.release";

  /** More than are ever built of one index. */
  private static final int STRUCTURES = 12;

  private static final double MIN_RECALL =
      Double.parseDouble(Setting.INDEX_MIN_RECALL.fallback().orElseThrow());

  private final IndexPlace place;
  private final int dim;
  private final IndexStructures structures;

  private LanceIndex(IndexPlace place, int dim, IndexStructures structures) {
    this.place = place;
    this.dim = dim;
    this.structures = structures;
  }

  /** The index at a place; looks at nothing yet. */
  public static LanceIndex at(IndexPlace place, int dim) {
    return at(place, dim, IndexStructures.FLAT_ROWS);
  }

  /** The same, with a vector index from {@code flatRows} rows on. */
  static LanceIndex at(IndexPlace place, int dim, long flatRows) {
    return new LanceIndex(place, dim, new IndexStructures(flatRows, MIN_RECALL));
  }

  /**
   * The same, which makes no version whose vector index finds less of what is near.
   *
   * @param minRecall share, from 0 to 1
   */
  public LanceIndex requiring(double minRecall) {
    return new LanceIndex(place, dim, new IndexStructures(structures.flatRows(), minRecall));
  }

  /** The tag of a release: its whole id, because a tag that is there already ends the work. */
  public static String tag(String releaseId) {
    return "release-" + releaseId;
  }

  /**
   * Makes the version that a release will name: rows in one transaction, then search structures,
   * then the tag.
   *
   * @throws LakehouseException {@code COMMIT_CONFLICT} if somebody else wrote meanwhile, {@code
   *     COMMIT_UNKNOWN} if the outcome could not be seen; in both cases the same call may follow.
   *     {@code INTEGRITY} if too little of what is near would be found: there is no tag then
   */
  public IndexVersion commit(IndexChange change) {
    try {
      IndexVersion made = LanceCall.of(place, "commit rows", () -> commitOrConflict(change));
      SharedFiles.follow(place);
      return made;
    } catch (LakehouseException e) {
      throw e;
    } catch (RuntimeException e) { // Lance has no type of its own for this
      throw isConflict(e) ? overtaken(e) : e;
    }
  }

  private IndexVersion commitOrConflict(IndexChange change) {
    try (OpenIndex head = OpenIndex.latest(place).orElseGet(() -> create(change))) {
      OptionalLong tagged = tagged(head.dataset(), change.releaseId());
      if (tagged.isPresent()) {
        return describe(head.dataset(), tagged.getAsLong(), change.releaseId(), Optional.empty());
      }
      if (change.base().isPresent() && change.isEmpty()) {
        return tag(
            head.dataset(), change.base().getAsLong(), change.releaseId(), change.measured());
      }
      OptionalLong committed = committed(head.dataset(), change);
      head.rewind(committed.isPresent() ? committed.getAsLong() : apply(head, change));
      return finish(head, change.releaseId());
    }
  }

  /**
   * The newest version, if its rows are not those of any version that a release made.
   *
   * <p>Releases are not harmed by it, since the next one continues from its own base; but somebody
   * writes to what is ours.
   */
  public OptionalLong strangeHead() {
    return LanceCall.of(place, "look for versions of strangers", this::findStrangeHead);
  }

  private OptionalLong findStrangeHead() {
    try (OpenIndex head = OpenIndex.latest(place).orElse(null)) {
      if (head == null) {
        return OptionalLong.empty();
      }
      List<FragmentMetadata> rows = head.content();
      Set<Long> tagged =
          head.dataset().tags().list().stream().map(Tag::getVersion).collect(Collectors.toSet());
      boolean known =
          head.dataset().listVersions().stream()
              .map(Version::getId)
              .sorted(Comparator.reverseOrder())
              .anyMatch(version -> isReleased(head.dataset(), version, tagged, rows));
      return known ? OptionalLong.empty() : OptionalLong.of(head.dataset().version());
    }
  }

  private static boolean isReleased(
      Dataset dataset, long version, Set<Long> tagged, List<FragmentMetadata> rows) {
    try (Dataset at = dataset.checkoutVersion(version)) {
      return OpenIndex.content(at).equals(rows) && (tagged.contains(version) || isOurs(at));
    }
  }

  private static boolean isOurs(Dataset version) {
    return version
        .readTransaction()
        .flatMap(Transaction::transactionProperties)
        .filter(properties -> properties.containsKey(RELEASE))
        .isPresent();
  }

  private OpenIndex create(IndexChange change) {
    if (change.base().isPresent()) {
      throw LakehouseException.of(
          ErrorCode.INTEGRITY,
          "Index %s is gone: expected its version %d, which the last release names. Restore it with"
              + " 'lakehouse publish --rebuild'",
          place,
          change.base().getAsLong());
    }
    try (BufferAllocator allocator = new RootAllocator()) {
      execute(new CommitBuilder(place.uri(), allocator), 0, overwrite(change), change);
    }
    return OpenIndex.latest(place).orElseThrow(this::overtaken);
  }

  /** Commits the change and returns the version that it made. */
  private long apply(OpenIndex head, IndexChange change) {
    change.base().ifPresent(head::rewind);
    Dataset dataset = head.dataset();
    Operation operation =
        change.base().isPresent()
            ? RowChange.update(dataset, change.removed(), fragments(change))
            : overwrite(change);
    execute(new CommitBuilder(dataset), dataset.version(), operation, change);
    dataset.checkoutLatest();
    return committed(dataset, change).orElseThrow(this::overtaken);
  }

  private void execute(CommitBuilder builder, long read, Operation operation, IndexChange change) {
    try (Transaction transaction =
            new Transaction.Builder()
                .readVersion(read)
                .operation(operation)
                .transactionProperties(Map.of(RELEASE, change.releaseId()))
                .build();
        Dataset made = builder.writeParams(place.access()).execute(transaction)) {
      LOG.debug("Release {} is version {} of {}", change.releaseId(), made.version(), place);
    } catch (Exception failure) {
      requireCommitted(change, OpenIndex.unchecked(failure));
    }
  }

  /** A commit that failed may have happened all the same: the dataset knows. */
  private void requireCommitted(IndexChange change, RuntimeException failure) {
    Optional<OpenIndex> found;
    try {
      found = OpenIndex.latest(place);
    } catch (LakehouseException e) {
      failure.addSuppressed(e);
      throw refused(failure, ErrorCode.COMMIT_UNKNOWN);
    }
    try (OpenIndex head = found.orElseThrow(() -> refused(failure, ErrorCode.TRANSIENT))) {
      if (committed(head.dataset(), change).isEmpty()) {
        throw isConflict(failure) ? overtaken(failure) : refused(failure, ErrorCode.TRANSIENT);
      }
    }
  }

  private LakehouseException refused(RuntimeException failure, ErrorCode code) {
    return LakehouseException.because(
        failure,
        code,
        "Cannot commit to index %s: %s. Repeat the command",
        place,
        failure.getMessage());
  }

  private static boolean isConflict(RuntimeException failure) {
    return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("conflict");
  }

  private LakehouseException overtaken() {
    return overtaken(null);
  }

  private LakehouseException overtaken(@Nullable RuntimeException failure) {
    return LakehouseException.because(
        failure,
        ErrorCode.COMMIT_CONFLICT,
        "Cannot commit to index %s: another publish wrote to it at the same time. Readers still see"
            + " the last release; repeat the command",
        place);
  }

  private IndexVersion finish(OpenIndex head, String releaseId) {
    List<FragmentMetadata> released = head.content();
    IndexRecall recall = build(head, released);
    head.dataset().checkoutLatest();
    if (!head.content().equals(released)) {
      throw overtaken();
    }
    return tag(head.dataset(), head.dataset().version(), releaseId, Optional.of(recall));
  }

  /**
   * Builds what searching needs. A commit of it whose answer was lost Lance takes for that of
   * somebody else; where the rows are still those of the release, the next try finds it made.
   */
  private IndexRecall build(OpenIndex head, List<FragmentMetadata> released) {
    for (int left = STRUCTURES; ; left--) {
      try {
        return structures.build(place, head.dataset());
      } catch (RuntimeException failure) { // Lance has no type of its own for this
        if (failure instanceof LakehouseException || !isConflict(failure) || left == 0) {
          throw failure;
        }
        LOG.warn("Index {}: a commit was overtaken, perhaps by itself", place, failure);
        head.dataset().checkoutLatest();
        if (!head.content().equals(released)) {
          throw overtaken(failure);
        }
      }
    }
  }

  /** The version that a release made, looked for back to the base of its change. */
  private static OptionalLong committed(Dataset dataset, IndexChange change) {
    return dataset.listVersions().stream()
        .mapToLong(Version::getId)
        .filter(version -> version > change.base().orElse(0))
        .filter(version -> isMadeBy(change.releaseId(), dataset, version))
        .max();
  }

  /**
   * Whether a version is what a release asked for. A transaction that Lance moved behind somebody
   * else's is not: it holds their rows too, or hides them.
   */
  private static boolean isMadeBy(String releaseId, Dataset dataset, long version) {
    try (Dataset at = dataset.checkoutVersion(version)) {
      return at.readTransaction()
          .filter(transaction -> transaction.readVersion() == version - 1)
          .flatMap(Transaction::transactionProperties)
          .map(properties -> releaseId.equals(properties.get(RELEASE)))
          .orElse(false);
    }
  }

  /** The version that a release is tagged as, if there is one. */
  public OptionalLong version(String releaseId) {
    return LanceCall.of(place, "read tags", () -> findVersion(releaseId));
  }

  private OptionalLong findVersion(String releaseId) {
    try (OpenIndex head = OpenIndex.latest(place).orElse(null)) {
      return head == null ? OptionalLong.empty() : tagged(head.dataset(), releaseId);
    }
  }

  private static OptionalLong tagged(Dataset dataset, String releaseId) {
    return dataset.tags().list().stream()
        .filter(tag -> tag.getName().equals(tag(releaseId)))
        .mapToLong(Tag::getVersion)
        .findFirst();
  }

  private IndexVersion tag(
      Dataset dataset, long version, String releaseId, Optional<IndexRecall> measured) {
    OptionalLong there = tagged(dataset, releaseId);
    if (there.isEmpty()) {
      dataset.tags().create(tag(releaseId), version);
    }
    return describe(dataset, there.orElse(version), releaseId, measured);
  }

  private IndexVersion describe(
      Dataset dataset, long version, String releaseId, Optional<IndexRecall> measured) {
    try (Dataset at = dataset.checkoutVersion(version)) {
      VectorIndex vectors = new VectorIndex(at);
      IndexRecall recall = measured.orElseGet(vectors::recall);
      structures.require(place, recall);
      return new IndexVersion(
          version,
          tag(releaseId),
          at.countRows(),
          vectors.unindexedRows(),
          at.getFragments().size(),
          recall);
    }
  }

  /**
   * Removes all that the newest version does not need, for an index that nobody else knows.
   *
   * @param made the newest version
   */
  public void leaveOnly(IndexVersion made) {
    LanceCall.run(
        place,
        "remove earlier versions",
        () -> OpenIndex.latest(place).ifPresent(head -> leaveOnly(head, made)));
  }

  private static void leaveOnly(OpenIndex head, IndexVersion made) {
    try (head) {
      Dataset dataset = head.dataset();
      dataset.tags().list().stream()
          .map(Tag::getName)
          .filter(tag -> !tag.equals(made.tag()))
          .forEach(tag -> dataset.tags().delete(tag));
      dataset.cleanupWithPolicy(
          CleanupPolicy.builder()
              .withBeforeTimestampMillis(System.currentTimeMillis())
              .withDeleteUnverified(true)
              .build());
    }
  }

  private Operation overwrite(IndexChange change) {
    return Overwrite.builder()
        .fragments(fragments(change))
        .schema(IndexArrow.schema(IndexColumns.TABLE, dim))
        .build();
  }

  private static List<FragmentMetadata> fragments(IndexChange change) {
    return change.fragments().stream().map(FragmentBytes::fragment).toList();
  }
}
