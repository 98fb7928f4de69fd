// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.health;

import dev.lakehouse.core.Values;
import dev.lakehouse.core.connect.ObjectStores;
import dev.lakehouse.core.connect.volume.Ability;
import dev.lakehouse.core.connect.volume.CommitByRename;
import dev.lakehouse.core.connect.volume.Volume;
import dev.lakehouse.core.content.BlobStore;
import dev.lakehouse.core.content.BlobStores;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.copy.IndexCopies;
import dev.lakehouse.core.lake.copy.IndexCopy;
import dev.lakehouse.core.lake.copy.LocalCopies;
import dev.lakehouse.core.lake.index.FragmentWriter;
import dev.lakehouse.core.lake.index.IndexChange;
import dev.lakehouse.core.lake.index.IndexColumns;
import dev.lakehouse.core.lake.index.IndexPlace;
import dev.lakehouse.core.lake.index.IndexReader;
import dev.lakehouse.core.lake.index.IndexVersion;
import dev.lakehouse.core.lake.index.LanceIndex;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What the storage of a lake can do, tried in folders of their own beside the real data and removed
 * afterwards.
 */
final class StorageChecks {
  private static final String AREA = "storage";
  private static final String TABLES =
      "Put tables where a rename refuses to overwrite: --set lakehouse.lake.tables=URI";
  private static final byte[] BYTES = "tried by the doctor".getBytes(StandardCharsets.UTF_8);

  private final LakeLayout layout;
  private final Configuration hadoop;
  private final String trial = ".doctor-" + UUID.randomUUID();

  StorageChecks(LakeLayout layout, Configuration hadoop) {
    this.layout = layout;
    this.hadoop = hadoop;
  }

  List<Check> all() {
    return List.of(tables(), blobs(), index());
  }

  private Check tables() {
    URI place = new Path(layout.tables()).toUri();
    if (ObjectStores.hold(place)) { // Delta commits by other means there
      return Check.warn(
          AREA,
          "tables",
          "%s is an object store without a rename that refuses to overwrite"
              .formatted(place.getScheme()),
          "Let one driver at a time write this lake");
    }
    Check created =
        Check.attempt(
            AREA, "tables: create", TABLES, () -> tryIn(layout.tables(), this::createsOnce));
    if (created.status() != Check.Status.OK) {
      return created;
    }
    return created.found().isEmpty()
        ? Check.attempt(
            AREA,
            "tables: rename",
            TABLES,
            () -> tryIn(layout.tables(), this::renameRefusesToOverwrite))
        : Check.warn(
            AREA, created.name(), created.found(), TABLES + ", where readers must never wait");
  }

  /** What is found where commits are files that are created; nothing where they are renamed. */
  private String createsOnce(Path folder) throws IOException {
    if (!CommitByRename.isImpossible(folder, hadoop)) {
      return "";
    }
    Volume volume = Volume.tried(folder, hadoop);
    if (!volume.can(Ability.CREATE_ONCE)) {
      throw new IOException(
          "%s %s: of two who create a file both do".formatted(layout.tables(), volume.words()));
    }
    return "%s %s; Delta cannot commit by rename there, so it creates its commits"
        .formatted(layout.tables(), volume.words());
  }

  private String renameRefusesToOverwrite(Path folder) throws IOException {
    FileContext files = FileContext.getFileContext(folder.toUri(), hadoop);
    FileSystem store = folder.getFileSystem(hadoop);
    Path staged = new Path(folder, "staged");
    Path commit = new Path(folder, "commit");
    write(store, staged);
    files.rename(staged, commit);
    write(store, staged);
    try {
      files.rename(staged, commit);
    } catch (FileAlreadyExistsException expected) {
      return "renames and refuses to overwrite in " + layout.tables();
    }
    throw new IOException("a rename replaced a file that was there: two writers could both win");
  }

  private static void write(FileSystem store, Path file) throws IOException {
    try (var out = store.create(file, true)) {
      out.write(BYTES);
    }
  }

  private Check blobs() {
    return Check.attempt(
        AREA,
        "blobs: put if absent",
        "Check access rights, or put blobs elsewhere: --set lakehouse.lake.blobs=URI",
        () -> tryIn(layout.blobs(), this::putsOnce));
  }

  private String putsOnce(Path folder) throws IOException {
    BlobStore store = BlobStores.at(folder.toUri().toString(), settings());
    String sha256 = store.put(new ByteArrayInputStream(BYTES));
    String again = store.put(new ByteArrayInputStream(BYTES));
    try (var in = store.open(sha256)) {
      if (!again.equals(sha256) || in.readAllBytes().length != BYTES.length) {
        throw new IOException("what was put was not read back");
      }
    }
    return "puts once and reads back in %s, which %s".formatted(layout.blobs(), abilities(folder));
  }

  private String abilities(Path folder) throws IOException {
    return ObjectStores.hold(folder.toUri())
        ? "is an object store"
        : Volume.tried(folder, hadoop).words();
  }

  private Map<String, String> settings() {
    return StreamSupport.stream(hadoop.spliterator(), false)
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private Check index() {
    return Check.attempt(
        AREA,
        "index: Lance",
        "Check access rights, or put indexes where Lance can work (file with links, s3, gs, abfss):"
            + " --set lakehouse.lake.index=URI",
        () -> tryIn(layout.index(), this::keepsIndexes));
  }

  private String keepsIndexes(Path folder) throws IOException {
    String path = folder.getName() + "/trial.lance";
    return IndexPlace.isForLance(layout, hadoop)
        ? commitsWithLance(path)
        : keepsCopies(path, Volume.tried(folder, hadoop));
  }

  private String commitsWithLance(String path) {
    IndexPlace place = IndexPlace.of(layout, path, hadoop);
    return "Lance wrote and read %d row in %s"
        .formatted(rows(place, written(place)), layout.index());
  }

  private static IndexVersion written(IndexPlace place) {
    List<byte[]> fragments =
        FragmentWriter.write(place, 2, Collections.singleton(row().toArray()).iterator());
    return LanceIndex.at(place, 2).commit(IndexChange.whole("0".repeat(64), fragments));
  }

  private static long rows(IndexPlace place, IndexVersion version) {
    try (IndexReader reader = IndexReader.open(place, version.version())) {
      return reader.count();
    }
  }

  private String keepsCopies(String path, Volume volume) {
    LocalCopies disk = LocalCopies.on(layout.indexDisk());
    IndexCopies copies = IndexCopies.of(layout, IndexCopy.store(path), hadoop);
    try (LocalCopies.Work work = disk.work(1 << 20, "to try an index")) {
      java.nio.file.Path made = work.folder().resolve("index");
      IndexVersion version = written(IndexPlace.local(made, layout.indexPatience()));
      IndexPlace copy =
          IndexPlace.of(layout, copies.publish(made, Optional.empty()).path(), hadoop);
      return "%s %s, which is not enough for Lance: indexes are copied there and fetched to %s, which"
              .formatted(layout.index(), volume.words(), disk.home())
          + " has room for %d bytes; %d row was written and read"
              .formatted(disk.room(), rows(copy, version));
    }
  }

  private static Values row() {
    return Values.of(IndexColumns.TABLE)
        .set(IndexColumns.ASSET_ID, "0")
        .set(IndexColumns.SEGMENT, "whole")
        .set(IndexColumns.VECTOR, new float[] {1, 0})
        .set(IndexColumns.URI, "doctor:trial")
        .set(IndexColumns.MODALITY, "text")
        .set(IndexColumns.MEDIA_TYPE, "text/plain")
        .set(IndexColumns.SOURCE, "doctor")
        .set(IndexColumns.SHA256, "0")
        .set(IndexColumns.INPUT_SHA256, "0");
  }

  /** Does something in a fresh folder, and leaves the place as it was found. */
  private String tryIn(String root, Trial what) throws Exception {
    Path place = new Path(root);
    FileSystem store = place.getFileSystem(hadoop);
    Path made = firstMissing(store, place);
    Path folder = new Path(place, trial);
    store.mkdirs(folder);
    try {
      return what.in(folder);
    } finally {
      store.delete(made == null ? folder : made, true);
    }
  }

  private static @org.jspecify.annotations.Nullable Path firstMissing(FileSystem store, Path place)
      throws IOException {
    Path missing = null;
    for (Path at = place; at != null && !store.exists(at); at = at.getParent()) {
      missing = at;
    }
    return missing;
  }

  @FunctionalInterface
  private interface Trial {
    String in(Path folder) throws Exception;
  }
}
