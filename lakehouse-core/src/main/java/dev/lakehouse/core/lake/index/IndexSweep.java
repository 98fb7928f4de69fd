// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.index;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.lake.LakeLayout;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.lance.Dataset;
import org.lance.Fragment;
import org.lance.FragmentMetadata;
import org.lance.Tag;
import org.lance.Version;
import org.lance.cleanup.CleanupPolicy;
import org.lance.fragment.DeletionFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds and removes what of an index no release needs.
 *
 * <p>Lance keeps tagged versions, the newest one and whatever is young; so a version is given up by
 * its tag. Files that belong to no version at all Lance keeps for a week, in case somebody is about
 * to commit them; here the caller knows since when anybody can be.
 */
public final class IndexSweep {
  private static final Logger LOG = LoggerFactory.getLogger(IndexSweep.class);
  private static final String TAGS = "_refs/tags";
  private static final List<String> FOLDERS = List.of("data", "_deletions", "_indices");

  private final IndexPlace place;
  private final Path folder;
  private final Configuration hadoop;

  /**
   * @param path of the index below the index root
   */
  public IndexSweep(LakeLayout layout, String path, Configuration hadoop) {
    this.place = IndexPlace.of(layout, path, hadoop);
    this.folder = new Path(layout.index() + "/" + path);
    this.hadoop = hadoop;
  }

  /** Paths of all indexes of a lake, below the index root. */
  public static List<String> paths(LakeLayout layout, Configuration hadoop) {
    Path root = new Path(layout.index());
    try {
      FileSystem files = root.getFileSystem(hadoop);
      List<String> paths = new ArrayList<>();
      for (FileStatus family : folders(files, root)) {
        for (FileStatus index : folders(files, family.getPath())) {
          if (index.getPath().getName().endsWith(".lance")) {
            paths.add(family.getPath().getName() + "/" + index.getPath().getName());
          }
        }
      }
      return paths.stream().sorted().toList();
    } catch (IOException e) {
      throw unreadable(root, e);
    }
  }

  /** Not by a pattern: the root's own name may hold what means something in one. */
  private static List<FileStatus> folders(FileSystem files, Path folder) throws IOException {
    try {
      return Stream.of(files.listStatus(folder)).filter(FileStatus::isDirectory).toList();
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  /**
   * Finds what nobody needs.
   *
   * @param named tags of the releases that are kept, with the versions that these name
   * @param horizon whatever is younger may be somebody's work
   */
  public IndexLeftovers find(Map<String, Long> named, Instant horizon) {
    return LanceCall.of(place, "look for leftovers", () -> findAll(named, horizon));
  }

  private IndexLeftovers findAll(Map<String, Long> named, Instant horizon) {
    Optional<OpenIndex> latest = OpenIndex.latest(place);
    if (latest.isEmpty()) {
      return leftovers(List.of(), List.of(), unneeded(Set.of(), horizon));
    }
    try (OpenIndex head = latest.get()) {
      Dataset dataset = head.dataset();
      List<String> tags = tagsGivenUp(dataset, named, horizon);
      Set<Long> kept = kept(dataset, named, tags, horizon);
      Set<String> needed = new HashSet<>();
      kept.forEach(version -> needed.addAll(files(dataset, version)));
      List<Version> gone =
          dataset.listVersions().stream().filter(each -> !kept.contains(each.getId())).toList();
      return leftovers(tags, gone, unneeded(needed, horizon));
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  private static IndexLeftovers leftovers(
      List<String> tags, List<Version> gone, List<FileStatus> files) {
    Stream<Instant> made = gone.stream().map(version -> version.getDataTime().toInstant());
    Stream<Instant> written =
        files.stream().map(file -> Instant.ofEpochMilli(file.getModificationTime()));
    return new IndexLeftovers(
        tags,
        gone.stream().map(Version::getId).toList(),
        files,
        Stream.concat(made, written).min(Instant::compareTo));
  }

  /** A young tag is one whose release may be about to be named. */
  private List<String> tagsGivenUp(Dataset dataset, Map<String, Long> named, Instant horizon)
      throws IOException {
    List<String> givenUp = new ArrayList<>();
    FileSystem files = folder.getFileSystem(hadoop);
    for (Tag tag : dataset.tags().list()) {
      Path file = new Path(folder, TAGS + "/" + tag.getName() + ".json");
      if (!named.containsKey(tag.getName())
          && tag.getVersion() <= covered(named)
          && files.getFileStatus(file).getModificationTime() < horizon.toEpochMilli()) {
        givenUp.add(tag.getName());
      }
    }
    return givenUp;
  }

  /**
   * The version up to which a release has followed. What lies on top of it is what the next publish
   * finishes or puts back.
   */
  private static long covered(Map<String, Long> named) {
    return named.values().stream().mapToLong(Long::longValue).max().orElse(Long.MAX_VALUE);
  }

  private static Set<Long> kept(
      Dataset dataset, Map<String, Long> named, List<String> givenUp, Instant horizon) {
    Set<Long> kept = new HashSet<>(named.values());
    kept.add(dataset.latestVersion());
    dataset.tags().list().stream()
        .filter(tag -> !givenUp.contains(tag.getName()))
        .forEach(tag -> kept.add(tag.getVersion()));
    Instant limit = limit(dataset, named, horizon);
    dataset.listVersions().stream()
        .filter(version -> !version.getDataTime().toInstant().isBefore(limit))
        .forEach(version -> kept.add(version.getId()));
    return kept;
  }

  /** Since when versions stay whether they are tagged or not. */
  private static Instant limit(Dataset dataset, Map<String, Long> named, Instant horizon) {
    return dataset.listVersions().stream()
        .filter(version -> version.getId() > covered(named))
        .map(version -> version.getDataTime().toInstant())
        .filter(made -> made.isBefore(horizon))
        .min(Instant::compareTo)
        .orElse(horizon);
  }

  /** Files of rows and deletions, and folders of search structures, below the index. */
  private static Set<String> files(Dataset dataset, long version) {
    Set<String> files = new HashSet<>();
    try (Dataset at = dataset.checkoutVersion(version)) {
      for (Fragment fragment : at.getFragments()) {
        FragmentMetadata metadata = fragment.metadata();
        metadata.getFiles().forEach(file -> files.add("data/" + file.getPath()));
        Optional.ofNullable(metadata.getDeletionFile())
            .ifPresent(deleted -> files.add(name(metadata.getId(), deleted)));
      }
      at.getIndexes().forEach(index -> files.add("_indices/" + index.uuid()));
    }
    return files;
  }

  private static String name(int fragment, DeletionFile deleted) {
    String id = Long.toUnsignedString(deleted.getId());
    return "_deletions/%d-%d-%s".formatted(fragment, deleted.getReadVersion(), id);
  }

  /** Old files that are not needed; none if not every needed one is where we look for it. */
  private List<FileStatus> unneeded(Set<String> needed, Instant horizon) {
    List<FileStatus> unneeded = new ArrayList<>();
    Set<String> missed = new HashSet<>(needed);
    try {
      FileSystem files = folder.getFileSystem(hadoop);
      for (String part : FOLDERS) {
        for (LocatedFileStatus file : listed(files, new Path(folder, part))) {
          String unit = unit(part, file.getPath());
          missed.remove(unit);
          if (file.getModificationTime() < horizon.toEpochMilli() && !needed.contains(unit)) {
            unneeded.add(file);
          }
        }
      }
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
    if (!missed.isEmpty()) {
      LOG.warn("Files of index {} are left alone: found none of the names {}", place, missed);
      return List.of();
    }
    return unneeded;
  }

  private static List<LocatedFileStatus> listed(FileSystem files, Path part) throws IOException {
    List<LocatedFileStatus> found = new ArrayList<>();
    try {
      RemoteIterator<LocatedFileStatus> listing = files.listFiles(part, true);
      while (listing.hasNext()) {
        found.add(listing.next());
      }
    } catch (FileNotFoundException e) {
      return List.of();
    }
    return found;
  }

  /** What a version holds or does not: a file of rows, of deletions, a folder of a structure. */
  private static String unit(String part, Path file) {
    return switch (part) {
      case "_indices" -> part + "/" + file.getParent().getName();
      case "_deletions" -> part + "/" + file.getName().replaceFirst("\\.[a-z]+$", "");
      default -> part + "/" + file.getName();
    };
  }

  /**
   * Removes what was found.
   *
   * @param named as it was found with; each version gets its tag back if somebody took it
   */
  public void remove(IndexLeftovers found, Map<String, Long> named, Instant horizon) {
    LanceCall.run(
        place,
        "remove versions",
        () -> OpenIndex.latest(place).ifPresent(head -> clean(head, found, named, horizon)));
    SharedFiles.follow(place);
    try {
      FileSystem files = folder.getFileSystem(hadoop);
      for (FileStatus file : found.files()) {
        files.delete(file.getPath(), false);
      }
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  private static void clean(
      OpenIndex head, IndexLeftovers found, Map<String, Long> named, Instant horizon) {
    try (head) {
      Dataset dataset = head.dataset();
      Map<String, Long> untagged = new TreeMap<>(named);
      dataset.tags().list().forEach(tag -> untagged.remove(tag.getName()));
      untagged.forEach((tag, version) -> dataset.tags().create(tag, version));
      found.tags().forEach(tag -> dataset.tags().delete(tag));
      dataset.cleanupWithPolicy(
          CleanupPolicy.builder()
              .withBeforeTimestampMillis(limit(dataset, named, horizon).toEpochMilli())
              .withErrorIfTaggedOldVersions(false)
              .build());
    }
  }

  private static LakehouseException unreadable(Path place, IOException e) {
    return LakehouseException.because(
        e, ErrorCode.TRANSIENT, "Cannot look through index %s: %s", place, e.getMessage());
  }
}
