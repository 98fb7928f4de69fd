// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.util.Objects.requireNonNull;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.access.HadoopSettings;
import dev.lakehouse.core.connect.volume.Ability;
import dev.lakehouse.core.connect.volume.PlacedFile;
import dev.lakehouse.core.connect.volume.Volume;
import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.jspecify.annotations.Nullable;

/** A blob store in a folder of the local file system, without Hadoop's checksum files. */
public final class LocalBlobStore implements BlobStore {
  private static final long serialVersionUID = 1L;

  private final String root; // java.nio.file.Path does not serialize
  private transient @Nullable Boolean renames;

  /** A store below a {@code file:} URI; the folder is made when the first blob is stored. */
  LocalBlobStore(String root) {
    this.root = root;
  }

  @Override
  public String root() {
    return root;
  }

  @Override
  public String put(InputStream content) throws IOException {
    Path staging = folder().resolve(BlobNames.STAGING);
    Files.createDirectories(staging);
    // a random name is never seen outside: it is gone before put returns
    Path staged = staging.resolve(UUID.randomUUID().toString());
    try {
      HashedCopy copied = stage(content, staged);
      publish(staged, copied);
      return copied.sha256();
    } finally {
      Files.deleteIfExists(staged);
    }
  }

  private HashedCopy stage(InputStream content, Path staged) throws IOException {
    try (FileChannel channel = FileChannel.open(staged, CREATE_NEW, WRITE)) {
      OutputStream out = Channels.newOutputStream(channel);
      HashedCopy copied = HashedCopy.of(content, out);
      if (channel.size() != copied.length()) {
        throw new IOException(
            "Wrote %d bytes to %s but found %d".formatted(copied.length(), staged, channel.size()));
      }
      if (!has(copied.sha256())) {
        channel.force(true); // a blob that is there already was forced by whoever stored it
      }
      return copied;
    }
  }

  private void publish(Path staged, HashedCopy copied) throws IOException {
    Path target = place(copied.sha256());
    if (!renew(target, copied)) {
      Path folder = requireNonNull(target.getParent());
      List<Path> grown = foldersFor(folder);
      linkOrMove(staged, target, copied);
      for (Path each : grown) {
        force(each);
      }
    }
  }

  /** Makes a blob look new if it is there, so that no clean-up takes it for a leftover. */
  private boolean renew(Path target, HashedCopy copied) throws IOException {
    try {
      long found = Files.size(target);
      if (found != copied.length()) {
        if (Files.exists(mark(copied))) {
          return false; // somebody is about to write it, or was
        }
        throw LakehouseException.corruptBlob(
            uri(copied.sha256()), copied.sha256(), "a file of %d bytes".formatted(found));
      }
      Files.setLastModifiedTime(target, FileTime.from(Instant.now()));
      return true;
    } catch (NoSuchFileException e) {
      return false;
    } catch (FileSystemException e) {
      return Files.exists(target); // somebody else's, whose time is not ours to set
    }
  }

  /**
   * A link never overwrites. Where there are none, a move of equal bytes over equal bytes does;
   * where there are no moves either, the bytes are written to the target.
   */
  private void linkOrMove(Path staged, Path target, HashedCopy copied) throws IOException {
    if (Boolean.FALSE.equals(renames)) {
      write(staged, target, copied);
      return;
    }
    try {
      Files.createLink(target, staged);
    } catch (FileAlreadyExistsException e) {
      finish(staged, target, copied); // another task stored the same bytes first
    } catch (UnsupportedOperationException | FileSystemException e) {
      if (Files.exists(target)) {
        finish(staged, target, copied);
      } else {
        move(staged, target, copied);
      }
    }
  }

  private void move(Path staged, Path target, HashedCopy copied) throws IOException {
    try {
      Files.move(staged, target, ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (renames()) {
        throw e;
      }
      write(staged, target, copied);
    }
  }

  /** What somebody began to write may have been left as it was. */
  private void finish(Path staged, Path target, HashedCopy copied) throws IOException {
    if (Files.size(target) != copied.length() && Files.exists(mark(copied))) {
      write(staged, target, copied);
    }
  }

  private void write(Path staged, Path target, HashedCopy copied) throws IOException {
    FileSystem files = FileSystem.getLocal(HadoopSettings.configuration(Map.of())).getRaw();
    new PlacedFile(files, hadoop(target), hadoop(mark(copied)), copied.length())
        .write(hadoop(staged));
  }

  /** Whether anything can be renamed here: tried once, after a rename that failed. */
  private boolean renames() {
    if (renames == null) {
      renames =
          !Volume.lacks(Ability.RENAME, hadoop(folder()), HadoopSettings.configuration(Map.of()));
    }
    return renames;
  }

  private static org.apache.hadoop.fs.Path hadoop(Path path) {
    return new org.apache.hadoop.fs.Path("file", "", path.toString());
  }

  private Path mark(HashedCopy copied) {
    return folder().resolve(BlobNames.STAGING).resolve(copied.sha256());
  }

  /**
   * Makes a folder and says which folders have a new entry then, from the inside out. Forced in
   * that order once the blob is in, the first of them costs time and the others next to none: a
   * journal takes all that was done before.
   */
  private static List<Path> foldersFor(Path folder) throws IOException {
    List<Path> grown = new ArrayList<>(List.of(folder));
    for (Path each = folder; each != null && !Files.isDirectory(each); each = each.getParent()) {
      if (each.getParent() != null) {
        grown.add(each.getParent());
      }
    }
    Files.createDirectories(folder);
    return grown;
  }

  private static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, READ)) {
      channel.force(true);
    } catch (FileSystemException e) {
      // some mounted file systems cannot open a folder; there the file's own force must do
    }
  }

  @Override
  public InputStream open(String sha256) throws IOException {
    try {
      InputStream in = new BufferedInputStream(Files.newInputStream(place(sha256)), 64 << 10);
      return VerifiedStream.ofBlob(in, sha256, uri(sha256));
    } catch (NoSuchFileException e) {
      throw missing(sha256, e);
    }
  }

  @Override
  public long size(String sha256) throws IOException {
    try {
      return Files.size(place(sha256));
    } catch (NoSuchFileException e) {
      throw missing(sha256, e);
    }
  }

  private IOException missing(String sha256, NoSuchFileException cause) {
    return (IOException) new FileNotFoundException("No blob " + uri(sha256)).initCause(cause);
  }

  @Override
  public Optional<Path> file(String sha256) {
    return Optional.of(place(sha256));
  }

  @Override
  public boolean has(String sha256) {
    return Files.exists(place(sha256));
  }

  @Override
  public void remove(String sha256) throws IOException {
    Files.deleteIfExists(place(sha256));
  }

  @Override
  public void list(Consumer<StoredFile> seen) throws IOException {
    Path root = folder();
    if (!Files.isDirectory(root)) {
      return;
    }
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
        seen.accept(
            new StoredFile(
                root.relativize(file).toString().replace('\\', '/'),
                found.size(),
                found.lastModifiedTime().toInstant()));
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Takes the file away first and looks at its time then, when nobody can renew it any more. */
  @Override
  public boolean discard(StoredFile file, Instant since) throws IOException {
    Path target = folder().resolve(file.path());
    Path aside = folder().resolve(BlobNames.STAGING).resolve(UUID.randomUUID().toString());
    Files.createDirectories(requireNonNull(aside.getParent()));
    try {
      Files.move(target, aside, ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      return true;
    } catch (FileSystemException e) {
      if (renames()) {
        throw e;
      }
      boolean old = Files.getLastModifiedTime(target).toInstant().isBefore(since);
      return old && Files.deleteIfExists(target);
    }
    boolean old = Files.getLastModifiedTime(aside).toInstant().isBefore(since);
    if (!old) {
      putBack(aside, target);
    }
    Files.deleteIfExists(aside);
    return old;
  }

  private static void putBack(Path aside, Path target) throws IOException {
    if (!Files.exists(target)) {
      Files.move(aside, target, ATOMIC_MOVE);
    }
  }

  private Path place(String sha256) {
    return folder().resolve(BlobNames.path(sha256));
  }

  private Path folder() {
    return Path.of(URI.create(root));
  }
}
