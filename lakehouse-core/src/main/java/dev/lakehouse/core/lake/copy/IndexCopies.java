// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.copy;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.access.HadoopSettings;
import dev.lakehouse.core.content.BlobStore;
import dev.lakehouse.core.content.BlobStores;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.copy.CopyList.CopiedFile;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/**
 * The copies of one index in the lake.
 *
 * <p>A file lies there under its digest, as blobs do, and so does the list of the files of a
 * version, whose digest names the copy. So a name always means the same bytes, a copy is whole once
 * its list is there, versions share what they have in common, and nothing is ever renamed that the
 * store of blobs does not have to.
 */
public final class IndexCopies implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String path;
  private final BlobStore store;

  private IndexCopies(String path, BlobStore store) {
    this.path = path;
    this.store = store;
  }

  /**
   * The copies in a store; looks at nothing yet.
   *
   * @param store below the index root, as {@link IndexCopy#store} gives it
   */
  public static IndexCopies of(LakeLayout layout, String store, Configuration hadoop) {
    String root = new org.apache.hadoop.fs.Path(layout.index() + "/" + store).toUri().toString();
    return new IndexCopies(store, BlobStores.at(root, HadoopSettings.said(hadoop)));
  }

  BlobStore store() {
    return store;
  }

  /** Where a copy is, for messages. */
  public String place(String name) {
    return store.uri(name);
  }

  /**
   * Puts every file of a folder into the store, then their list.
   *
   * @param known the list of a copy that a release names, whose files need not be put again
   * @return the copy that a release may name
   * @throws LakehouseException TRANSIENT if the store cannot be written, or keeps another length
   */
  public IndexCopy publish(Path folder, Optional<CopyList> known) {
    Set<CopiedFile> there = new HashSet<>();
    known.ifPresent(list -> there.addAll(list.files().values()));
    try {
      Map<String, CopiedFile> files = new TreeMap<>();
      for (Path file : below(folder)) {
        files.put(name(folder, file), put(file, there));
      }
      CopyList list = new CopyList(files);
      byte[] text = list.text().getBytes(StandardCharsets.UTF_8);
      require(store.put(new ByteArrayInputStream(text)), text.length);
      return new IndexCopy(path, list.name());
    } catch (IOException e) {
      throw LakehouseException.because(
          e,
          ErrorCode.TRANSIENT,
          "Cannot publish an index to %s: %s. Readers still see the last release; repeat the command",
          store.root(),
          e.getMessage());
    }
  }

  private CopiedFile put(Path file, Set<CopiedFile> there) throws IOException {
    CopiedFile read;
    try (InputStream in = Files.newInputStream(file)) {
      read = new CopiedFile(Digests.sha256(in), Files.size(file));
    }
    if (!there.contains(read)) {
      if (store.has(read.sha256()) && look(read).isPresent()) {
        store.remove(read.sha256()); // damaged: a put would take it for the same
      }
      try (InputStream in = Files.newInputStream(file)) {
        store.put(in);
      }
      require(read.sha256(), read.bytes());
    }
    return read;
  }

  private void require(String sha256, long bytes) throws IOException {
    long found = store.size(sha256);
    if (found != bytes) {
      throw new IOException(
          "expected %d bytes at %s but found %d".formatted(bytes, store.uri(sha256), found));
    }
  }

  private static List<Path> below(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static String name(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  /**
   * What a copy consists of.
   *
   * @throws LakehouseException INTEGRITY if it is not there, or not what its name says
   */
  public CopyList list(String name) {
    try (InputStream in = store.open(name)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return CopyList.of(text, store.uri(name));
    } catch (FileNotFoundException | LakehouseException e) {
      throw damaged(e, name);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Writes a file of a copy; its bytes are those that its name says, or this throws. */
  void fetch(CopiedFile file, Path into) throws IOException {
    try (InputStream in = store.open(file.sha256())) {
      Files.copy(in, into);
    } catch (FileNotFoundException | LakehouseException e) {
      throw damaged(e, file.sha256());
    }
  }

  /** What is not as it should be of a copy; reads all of it. */
  public List<String> damage(String name) {
    CopyList list;
    try {
      list = list(name);
    } catch (LakehouseException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
    List<String> damage = new ArrayList<>();
    list.files()
        .forEach((path, file) -> look(file).ifPresent(found -> damage.add(path + ": " + found)));
    return damage;
  }

  /** What is wrong with a file that is stored. */
  private Optional<String> look(CopiedFile file) {
    try (InputStream in = store.open(file.sha256())) {
      in.transferTo(OutputStream.nullOutputStream());
      return Optional.empty();
    } catch (LakehouseException | FileNotFoundException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private LakehouseException damaged(Exception e, String sha256) {
    return LakehouseException.because(
        e,
        ErrorCode.INTEGRITY,
        "Cannot open a copy of an index: expected the bytes of %s, found %s. Restore it with"
            + " 'lakehouse publish --rebuild'",
        store.uri(sha256),
        e instanceof FileNotFoundException ? "no such file" : "others");
  }

  private LakehouseException unreadable(IOException e) {
    return LakehouseException.because(
        e, ErrorCode.TRANSIENT, "Cannot read from %s: %s", store.root(), e.getMessage());
  }
}
