// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.copy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.util.Objects.requireNonNull;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.JvmFolder;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.child.ChildHome;
import dev.lakehouse.core.lake.LocalDisk;
import dev.lakehouse.core.lake.copy.CopyList.CopiedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of indexes on the disk of this machine, which all JVMs of a user share.
 *
 * <p>A copy is fetched beside its place, checked, and moved there, so that whoever finds one finds
 * it whole. Of threads that want the same one fetches it; JVMs that fetch the same at once do no
 * harm. The ones that were asked for longest ago go where room is needed, unless somebody reads
 * them.
 */
public final class LocalCopies {
  private static final Logger LOG = LoggerFactory.getLogger(LocalCopies.class);

  private final Path home;
  private final CopyRoom room;

  private LocalCopies(LocalDisk disk, Path home) {
    this.home = home;
    this.room = new CopyRoom(disk, home);
  }

  /**
   * The copies on a disk.
   *
   * @throws LakehouseException CONFIG_INVALID if its folder cannot be made
   */
  public static LocalCopies on(LocalDisk disk) {
    try {
      Path home = disk.folder().isEmpty() ? ofUser() : Path.of(disk.folder()).toAbsolutePath();
      Files.createDirectories(home);
      return new LocalCopies(disk, home);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** The launcher gives each JVM scratch space of its own, and says what it is part of. */
  private static Path ofUser() throws IOException {
    String scratch = System.getProperty("lakehouse.scratch", "");
    return (scratch.isEmpty() ? ChildHome.ofUser() : Path.of(scratch)).resolve("indexes");
  }

  /** A copy that stays where it is until this is closed. */
  public static final class Held implements AutoCloseable {
    private final Path folder;
    private final LockFile lock;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Held(Path folder, LockFile lock) {
      this.folder = folder;
      this.lock = lock;
    }

    /** Where its files are; not to be changed. */
    public Path folder() {
      return folder;
    }

    @Override
    public void close() {
      if (!closed.getAndSet(true)) {
        CopyRoom.release(lock);
      }
    }
  }

  /** A folder for something that is made; gone when this is closed, or with the JVM. */
  public static final class Work implements AutoCloseable {
    private final Path folder;
    private final LockFile lock;

    private Work(Path folder, LockFile lock) {
      this.folder = folder;
      this.lock = lock;
    }

    /** There, and empty at first. */
    public Path folder() {
      return folder;
    }

    @Override
    public void close() {
      JvmFolder.delete(folder);
      CopyRoom.release(lock);
      try {
        Files.deleteIfExists(CopyRoom.lock(folder));
      } catch (IOException e) {
        LOG.debug("Left the lock of {} behind", folder, e);
      }
    }
  }

  /**
   * A copy as it stands in a store, fetched unless it is here.
   *
   * @throws LakehouseException CONFIG_INVALID if there is no room for it, INTEGRITY if the store
   *     does not hold it
   */
  public Held hold(IndexCopies copies, String name) {
    Path folder = home.resolve(name);
    try {
      LockFile lock = LockFile.shared(CopyRoom.lock(folder));
      boolean whole = false;
      try {
        Files.setLastModifiedTime(CopyRoom.lock(folder), FileTime.from(Instant.now()));
        synchronized (lock) { // of this JVM one fetches; of several JVMs the last is let be
          if (!isWhole(folder)) {
            fetch(copies, name, folder);
          }
        }
        whole = true;
        return new Held(folder, lock);
      } finally {
        if (!whole) {
          CopyRoom.release(lock);
        }
      }
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private void fetch(IndexCopies copies, String name, Path folder) throws IOException {
    CopyList list = copies.list(name);
    try (Work work = work(list.bytes(), "to fetch " + copies.place(name))) {
      Path fetched = work.folder().resolve("index");
      fill(copies, list, fetched);
      Files.writeString(work.folder().resolve("list"), list.text());
      Files.move(work.folder().resolve("list"), CopyRoom.list(folder), ATOMIC_MOVE);
      if (Files.exists(folder) && !isWhole(folder)) { // lost files: who reads it keeps what is open
        Files.move(folder, work.folder().resolve("damaged"));
      }
      if (!Files.exists(folder)) {
        move(fetched, folder);
      }
    }
  }

  private static void move(Path fetched, Path folder) throws IOException {
    try {
      Files.move(fetched, folder, ATOMIC_MOVE);
    } catch (IOException e) {
      if (!isWhole(folder)) { // else another JVM was first
        throw e;
      }
    }
  }

  /**
   * Writes the files of a copy to a folder that is not there yet, where they may be added to.
   *
   * @throws LakehouseException INTEGRITY if the store does not hold them
   */
  public void fill(IndexCopies copies, CopyList list, Path folder) {
    try {
      Map<CopiedFile, Path> here = here();
      Files.createDirectories(folder);
      for (Map.Entry<String, CopiedFile> file : list.files().entrySet()) {
        Path into = folder.resolve(file.getKey());
        Files.createDirectories(requireNonNull(into.getParent()));
        if (!isCopied(Optional.ofNullable(here.get(file.getValue())), file.getValue(), into)) {
          copies.fetch(file.getValue(), into);
        }
      }
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Files that another copy has already: what an index has in common with the one before. */
  private Map<CopiedFile, Path> here() throws IOException {
    Map<CopiedFile, Path> here = new HashMap<>();
    for (Path copy : room.folders()) {
      list(copy)
          .ifPresent(
              list ->
                  list.files().forEach((path, file) -> here.putIfAbsent(file, copy.resolve(path))));
    }
    return here;
  }

  private static boolean isCopied(Optional<Path> from, CopiedFile file, Path into)
      throws IOException {
    if (from.isEmpty()) {
      return false;
    }
    try {
      Files.copy(from.get(), into);
      if (Files.size(into) == file.bytes()) {
        return true;
      }
    } catch (NoSuchFileException e) {
      LOG.debug("{} was dropped meanwhile", from.get());
    }
    Files.deleteIfExists(into);
    return false;
  }

  private static boolean isWhole(Path folder) throws IOException {
    Optional<CopyList> list = list(folder);
    if (list.isEmpty()) {
      return false;
    }
    for (Map.Entry<String, CopiedFile> file : list.get().files().entrySet()) {
      Path path = folder.resolve(file.getKey());
      if (!Files.isRegularFile(path) || Files.size(path) != file.getValue().bytes()) {
        return false;
      }
    }
    return true;
  }

  private static Optional<CopyList> list(Path folder) throws IOException {
    Path list = CopyRoom.list(folder);
    if (!Files.isRegularFile(list)) {
      return Optional.empty();
    }
    String text = Files.readString(list, UTF_8);
    return folder.endsWith(Digests.sha256(text))
        ? Optional.of(CopyList.of(text, list.toString()))
        : Optional.empty();
  }

  /**
   * A folder to make something in.
   *
   * @param bytes that it will need
   * @param why in words that follow on "bytes"
   * @throws LakehouseException CONFIG_INVALID if there is no room for that
   */
  public Work work(long bytes, String why) {
    try {
      clean();
      room.make(bytes, why);
      Path folder = home.resolve(CopyRoom.WORK + UUID.randomUUID());
      LockFile lock = LockFile.alone(CopyRoom.lock(folder)).orElseThrow();
      Files.createDirectory(folder);
      return new Work(folder, lock);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Removes what JVMs that are gone were about to make. */
  private void clean() throws IOException {
    for (Path folder : room.inside()) {
      if (folder.getFileName().toString().startsWith(CopyRoom.WORK) && Files.isDirectory(folder)) {
        LockFile.alone(CopyRoom.lock(folder)).ifPresent(lock -> new Work(folder, lock).close());
      }
    }
  }

  /** Bytes that may be added here. */
  public long room() {
    try {
      return room.left();
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Where copies are. */
  public Path home() {
    return home;
  }

  private static LakehouseException unusable(IOException e) {
    return LakehouseException.because(
        e,
        ErrorCode.TRANSIENT,
        "Cannot keep copies of indexes on the local disk: %s. Make room, or give another folder with"
            + " --set lakehouse.index.local-folder=PATH, and repeat the command",
        e);
  }
}
