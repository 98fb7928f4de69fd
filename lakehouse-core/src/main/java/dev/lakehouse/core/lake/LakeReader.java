// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Table;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Looks at a lake without Spark. Of each table it sees one version, the latest when it first
 * looked, so that all that one reader tells fits together.
 */
public final class LakeReader {
  /** The version of a table that has never been written. */
  public static final long ABSENT = -1;

  private final LakeLayout layout;
  private final Configuration hadoop;
  private final Map<String, Long> past;
  private final Map<Table, Optional<DeltaVersion>> versions = new HashMap<>();

  /** A reader that has not looked yet. */
  public LakeReader(LakeLayout layout, Configuration hadoop) {
    this(layout, hadoop, Map.of());
  }

  private LakeReader(LakeLayout layout, Configuration hadoop, Map<String, Long> past) {
    this.layout = layout;
    this.hadoop = hadoop;
    this.past = Map.copyOf(past);
  }

  /**
   * Looks at the same lake as it was; whether storage still has it shows when it is read.
   *
   * @param past version of each table by name, {@link #ABSENT} where there was none; of a table
   *     that is not named the latest is seen
   */
  public LakeReader at(Map<String, Long> past) {
    return new LakeReader(layout, hadoop, past);
  }

  /** Whether it sees versions that were named, rather than the latest. */
  public boolean isPast() {
    return !past.isEmpty();
  }

  /** Where the parts of the lake are. */
  public LakeLayout layout() {
    return layout;
  }

  /** Settings of the storage. */
  public Configuration hadoop() {
    return hadoop;
  }

  /**
   * Refuses a place where nothing was ever brought in.
   *
   * @throws LakehouseException LAKE_MISSING
   */
  public LakeReader requireLake() {
    if (!isThere(Tables.ASSETS) && !isThere(Tables.DEAD_LETTERS)) {
      throw LakehouseException.lakeMissing(layout.root());
    }
    return this;
  }

  private boolean isThere(Table table) {
    Path log = new Path(layout.table(table), "_delta_log");
    try {
      return log.getFileSystem(hadoop).exists(log);
    } catch (IOException e) {
      throw LakehouseException.because(
          e, ErrorCode.TRANSIENT, "Cannot look for a lake at %s: %s", log, e.getMessage());
    }
  }

  /** The version of a table that this reader sees; empty where there is none. */
  public Optional<DeltaVersion> find(Table table) {
    return versions.computeIfAbsent(table, this::open);
  }

  private Optional<DeltaVersion> open(Table table) {
    DeltaTable stored = DeltaTable.of(layout, table, hadoop);
    Long version = past.get(table.name());
    return version == null
        ? stored.latest()
        : Optional.of(version).filter(number -> number > ABSENT).flatMap(stored::at);
  }

  /** The number of that version, or {@link #ABSENT}. */
  public long version(Table table) {
    return find(table).map(DeltaVersion::version).orElse(ABSENT);
  }

  /** The catalog as it is declared now: with columns of every family that it ever had. */
  public Table catalog() {
    return CatalogTable.of(
        find(CatalogTable.FIRST)
            .map(latest -> CatalogTable.familiesIn(latest.columns()))
            .orElse(List.of()));
  }

  /** Every row of a table with some of its columns; none where there is no table. */
  public void forEach(Table table, List<String> columns, Consumer<Values> visitor) {
    find(table).ifPresent(version -> version.forEach(columns, visitor));
  }

  /** Every row of a table as it was at a version. */
  public void forEachAt(Table table, long version, List<String> columns, Consumer<Values> visitor) {
    Optional<DeltaVersion> seen = find(table);
    Optional<DeltaVersion> asked =
        seen.filter(latest -> latest.version() == version)
            .or(() -> seen.flatMap(latest -> DeltaTable.of(layout, table, hadoop).at(version)));
    asked.ifPresent(found -> found.forEach(columns, visitor));
  }

  /** Every release, withdrawn ones too, oldest first. */
  public List<Release> releases() {
    return past.isEmpty() ? ReleaseReader.all(layout, hadoop) : pastReleases();
  }

  private List<Release> pastReleases() {
    return find(Tables.RELEASES).stream()
        .flatMap(version -> version.rows(Tables.RELEASES.names()).stream())
        .map(Release::fromValues)
        .sorted(Comparator.comparingLong(Release::sequence))
        .toList();
  }

  /** What the last commit of a stage to a table says of itself, up to the version seen here. */
  public Optional<StageNote> lastNote(Table table, String stage) {
    return StageNote.last(layout.table(table), version(table), hadoop, note -> note.is(stage));
  }

  /** What the last commit to a table says that has a mark. */
  public Optional<StageNote> lastNoteWith(Table table, String mark) {
    return StageNote.last(
        layout.table(table), version(table), hadoop, note -> note.find(mark).isPresent());
  }
}
