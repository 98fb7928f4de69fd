// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.delta;

import dev.lakehouse.core.Table;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.lake.CatalogTable;
import dev.lakehouse.core.lake.LakeSchema;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;

/** Every table of one lake, in a session of its own. */
public final class LakeTables {
  private final SparkSession caller;
  private final SparkSession spark;
  private final Map<Table, LakeTable> tables = new HashMap<>();

  /**
   * Opens the tables; nothing is read or made yet.
   *
   * @param caller a session that can write Delta tables; it is left as it is
   * @param place where a table is
   */
  public LakeTables(SparkSession caller, Function<Table, String> place) {
    this.caller = caller;
    VolumeLogStore.register(place.apply(Tables.ASSETS));
    this.spark = Sessions.beside(caller);
    Commits commits = new Commits(spark);
    LakeSchema.TABLES.forEach(
        table -> tables.put(table, new LakeTable(spark, commits, table, place.apply(table))));
  }

  /** The session that reads and writes them. */
  public SparkSession spark() {
    return spark;
  }

  /**
   * One table.
   *
   * @throws IllegalArgumentException if it is no table of a lake
   */
  public LakeTable table(Table table) {
    LakeTable found = tables.get(table);
    if (found == null) {
      throw new IllegalArgumentException("No table of a lake: " + table.name());
    }
    return found;
  }

  /** The catalog with the columns of every family that it has. */
  public LakeTable catalog() {
    return catalog(Set.of());
  }

  /** The same with those of some families, which it is to have with the next row. */
  public LakeTable catalog(Set<String> families) {
    LakeTable first = table(CatalogTable.FIRST);
    Set<String> all = new TreeSet<>(families);
    all.addAll(CatalogTable.familiesIn(first.columnNames()));
    return first.as(CatalogTable.of(all));
  }

  /**
   * Fits the way in which queries are run to how much there is, from now on.
   *
   * @param coming rows beside those of the assets
   */
  public void fitQueries(long coming) {
    QueryMode.of(
            coming, bytes(Tables.ASSETS), Math.max(bytes(Tables.DERIVED), bytes(Tables.EMBEDDINGS)))
        .set(caller, spark);
  }

  private long bytes(Table of) {
    return table(of).bytes().orElse(Long.MAX_VALUE);
  }

  /**
   * The commits that made some versions, by name of the table: empty texts for commits of somebody
   * else; nothing for a table that was not there, or whose log no longer has the commit.
   */
  public Map<String, String> commits(Map<String, Long> versions) {
    Map<String, String> commits = new TreeMap<>();
    for (Table table : LakeSchema.TABLES) {
      long version = versions.getOrDefault(table.name(), LakeTable.ABSENT);
      if (version != LakeTable.ABSENT) {
        table(table)
            .commitLog()
            .read(version)
            .ifPresent(
                commit ->
                    commits.put(table.name(), commit.note().map(CommitNote::commit).orElse("")));
      }
    }
    return commits;
  }

  /** Whether anything was ever ingested. */
  public boolean exist() {
    return table(Tables.ASSETS).exists() || table(Tables.DEAD_LETTERS).exists();
  }
}
