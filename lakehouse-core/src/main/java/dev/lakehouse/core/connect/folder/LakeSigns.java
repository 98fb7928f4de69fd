// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.folder;

import dev.lakehouse.core.Tables;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Knows a lake, or a part of one that lies by itself, by what is in its folder, whoever made it.
 *
 * @param <N> what the file system calls an entry
 */
final class LakeSigns<N> {
  private static final Set<String> TABLES = Set.copyOf(Tables.NAMES);
  private static final String SPOOL = "assets_spool";
  private static final Set<String> STORE = Set.of("sha256", ".staging");
  private static final Pattern INDEX = Pattern.compile("[0-9a-f]{8}(-[0-9]+)?\\.lance");
  private static final Set<String> REPORTS = Set.of("started.json", "run-report.json");
  private static final Pattern TWO_DIGITS = Pattern.compile("[0-9a-f]{2}");
  private static final Pattern RUN = Pattern.compile("\\d{8}T\\d{6}Z-[0-9a-f]+");

  private final TreeWalk<N> tree;

  LakeSigns(TreeWalk<N> tree) {
    this.tree = tree;
  }

  /** Whether these are the entries of a lake's folder. */
  boolean seenIn(List<N> entries) throws IOException {
    return areTables(below(entries, "tables"))
        || areRuns(below(entries, "runs"))
        || areTables(entries)
        || isStore(entries)
        || areIndexes(entries);
  }

  private boolean areTables(List<N> entries) throws IOException {
    Optional<N> table = entries.stream().filter(e -> TABLES.contains(tree.name(e))).findFirst();
    boolean nothingElse =
        entries.stream().map(tree::name).allMatch(n -> TABLES.contains(n) || n.equals(SPOOL));
    return table.isPresent() && nothingElse && holds(table.get(), "_delta_log");
  }

  private boolean areRuns(List<N> entries) throws IOException {
    Optional<N> run = entries.stream().findFirst();
    return run.isPresent()
        && RUN.matcher(tree.name(run.get())).matches()
        && tree.isFolder(run.get())
        && tree.entries(run.get()).stream().map(tree::name).anyMatch(REPORTS::contains);
  }

  private boolean isStore(List<N> entries) throws IOException {
    boolean nothingElse = entries.stream().map(tree::name).allMatch(STORE::contains);
    List<N> blobs = nothingElse ? below(entries, "sha256") : List.of();
    return !blobs.isEmpty()
        && blobs.stream().map(tree::name).allMatch(name -> TWO_DIGITS.matcher(name).matches());
  }

  /** A folder for each family, in which there is nothing but indexes. */
  private boolean areIndexes(List<N> entries) throws IOException {
    for (N family : entries) {
      List<N> indexes = tree.isFolder(family) ? tree.entries(family) : List.of();
      if (indexes.isEmpty() || !indexes.stream().allMatch(this::isIndex)) {
        return false;
      }
    }
    return !entries.isEmpty();
  }

  private boolean isIndex(N entry) {
    return INDEX.matcher(tree.name(entry)).matches();
  }

  private boolean holds(N folder, String name) throws IOException {
    return tree.isFolder(folder)
        && tree.entries(folder).stream().map(tree::name).anyMatch(name::equals);
  }

  /** The entries of a folder of this name; none where there is no such folder. */
  private List<N> below(List<N> entries, String name) throws IOException {
    for (N entry : entries) {
      if (tree.name(entry).equals(name) && tree.isFolder(entry)) {
        return tree.entries(entry);
      }
    }
    return List.of();
  }
}
