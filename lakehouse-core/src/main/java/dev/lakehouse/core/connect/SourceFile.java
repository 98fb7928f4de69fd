// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Seekable;

/**
 * A file of a source, wherever it is, or a {@link Piece} of one. Local ones are read without
 * Hadoop, whose paths cannot name every file.
 */
public final class SourceFile {
  private final String uri;
  private final Optional<Piece> piece;
  private final Map<String, String> hadoopConf;

  /** What the last look at a file of Hadoop saw: who opens it next need not look again. */
  private Optional<FileStatus> seen = Optional.empty();

  /**
   * A file that need not exist.
   *
   * @param uri percent-encoded; of a file or of a piece of one
   */
  public SourceFile(String uri, Map<String, String> hadoopConf) {
    this.piece = Piece.of(uri);
    this.uri = piece.map(Piece::file).orElse(uri);
    this.hadoopConf = hadoopConf;
  }

  /** The piece of a file that this is, if it is no file of its own. */
  public Optional<Piece> piece() {
    return piece;
  }

  /** Its URI, that of a piece whatever the state of its archive. */
  public String lastingUri() {
    return piece.map(part -> part.inAnyState().uri()).orElse(uri);
  }

  /** Its name, or path, by which people tell what it holds. */
  public String name() {
    return piece.map(Piece::name).orElseGet(() -> URI.create(uri).getPath());
  }

  /**
   * The state of the file now.
   *
   * @throws FileNotFoundException if it is not there
   * @throws IOException if it cannot be looked at or is not a regular file
   */
  public FileState state() throws IOException {
    FileState whole = HadoopFileSystems.isLocal(uri) ? localState() : remoteState();
    return piece.map(part -> whole.part(part.length())).orElse(whole);
  }

  /** Whether the archive that it is a piece of is still in the state that it was listed in. */
  public boolean isAsListed() throws IOException {
    if (piece.isEmpty() || piece.get().state().isEmpty()) {
      return true;
    }
    return Piece.mark(new SourceFile(uri, hadoopConf).state()).equals(piece.get().state());
  }

  private FileState remoteState() throws IOException {
    FileStatus status =
        HadoopFileSystems.of(uri, hadoopConf).getFileStatus(HadoopFileSystems.path(uri));
    if (!status.isFile()) {
      throw FileState.notRegular(status.isDirectory());
    }
    seen = Optional.of(status);
    return FileState.of(status);
  }

  private FileState localState() throws IOException {
    try {
      return FileState.of(local());
    } catch (NoSuchFileException e) {
      throw missing(e);
    }
  }

  /**
   * Opens the file, which must be a regular one.
   *
   * @throws FileNotFoundException if it is not there
   */
  public InputStream open() throws IOException {
    if (seen.isEmpty()) {
      state();
    }
    InputStream whole = openWhole();
    if (piece.isEmpty()) {
      return whole;
    }
    try {
      return part(whole, piece.get());
    } catch (IOException e) {
      whole.close();
      throw e;
    }
  }

  private InputStream openWhole() throws IOException {
    if (!HadoopFileSystems.isLocal(uri)) {
      FileStatus status = seen.orElseThrow();
      seen = Optional.empty();
      return HadoopFileSystems.open(uri, hadoopConf, status);
    }
    try {
      return Files.newInputStream(local());
    } catch (NoSuchFileException e) {
      throw missing(e);
    }
  }

  private static InputStream part(InputStream whole, Piece piece) throws IOException {
    InputStream bytes = whole;
    if (piece.packing() == Piece.Packing.GZIP) {
      bytes = Unpacking.of(whole, piece.offset() + piece.length());
      bytes.skipNBytes(piece.offset());
    } else {
      seek(whole, piece.offset());
    }
    return new BoundedStream(bytes, piece.length());
  }

  private static void seek(InputStream in, long offset) throws IOException {
    if (in instanceof Seekable seekable) {
      seekable.seek(offset); // to skip, some stores read
    } else {
      in.skipNBytes(offset);
    }
  }

  /**
   * Whether the file really lies below a folder when every link on the way is followed.
   *
   * @param root URI of the folder
   * @throws FileNotFoundException if the file is not there
   */
  public boolean liesBelow(String root) throws IOException {
    if (!HadoopFileSystems.isLocal(uri)) {
      return uri.startsWith(root + "/"); // names were normalised, and links are not supported
    }
    try {
      return local().toRealPath().startsWith(Path.of(URI.create(root + "/")).toRealPath());
    } catch (NoSuchFileException e) {
      throw missing(e);
    }
  }

  private Path local() {
    return Path.of(URI.create(uri));
  }

  private FileNotFoundException missing(NoSuchFileException cause) {
    FileNotFoundException missing = new FileNotFoundException("No file " + uri);
    missing.initCause(cause);
    return missing;
  }
}
