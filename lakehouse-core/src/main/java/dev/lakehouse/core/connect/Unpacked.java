// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect;

import dev.lakehouse.core.connect.Piece.Packing;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Archives that are packed as a whole, unpacked once for all of their members: each in one file
 * without a name, which is gone with the process whatever ends it. Members are written nowhere.
 *
 * <p>Holds the archives that are being read and the last one, as items come one archive after the
 * other. Many threads may use it.
 */
public final class Unpacked implements AutoCloseable {
  private static final int BUFFER = 1 << 20;

  private final Map<String, String> hadoopConf;
  private final Map<String, Archive> archives = new LinkedHashMap<>();

  /**
   * Nothing is unpacked yet.
   *
   * @param hadoopConf Hadoop settings on top of the defaults
   */
  public Unpacked(Map<String, String> hadoopConf) {
    this.hadoopConf = hadoopConf;
  }

  /** Opens a file; one that is packed with others where they were unpacked. */
  public InputStream open(SourceFile file) throws IOException {
    Optional<Piece> packed = file.piece().filter(piece -> piece.packing() == Packing.GZIP);
    if (packed.isEmpty()) {
      return file.open();
    }
    Archive archive = lease(packed.get().file());
    try {
      return archive.piece(packed.get());
    } catch (Throwable e) {
      archive.giveBack();
      throw e;
    }
  }

  private synchronized Archive lease(String uri) {
    Archive archive = archives.computeIfAbsent(uri, any -> new Archive(uri));
    archive.readers++;
    archives.values().removeIf(other -> other != archive && other.isIdle());
    return archive;
  }

  @Override
  public synchronized void close() {
    archives.values().forEach(Archive::let);
    archives.clear();
  }

  /** One archive, unpacked by whoever reads it first. */
  private final class Archive {
    private final String uri;
    private Optional<FileChannel> bytes = Optional.empty();
    private Optional<IOException> damage = Optional.empty();
    private int readers;

    Archive(String uri) {
      this.uri = uri;
    }

    /** Whether nobody reads it; then it is gone. */
    private boolean isIdle() {
      if (readers == 0) {
        let();
      }
      return readers == 0;
    }

    private void giveBack() {
      synchronized (Unpacked.this) {
        readers--;
      }
    }

    private synchronized void let() {
      try {
        if (bytes.isPresent()) {
          bytes.get().close();
        }
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot let go of what %s unpacks to".formatted(uri), e);
      }
    }

    private InputStream piece(Piece piece) throws IOException {
      FileChannel whole = unpacked();
      if (piece.offset() + piece.length() > whole.size()) {
        throw damage.orElseGet(() -> new EOFException("%s ends before it".formatted(uri)));
      }
      return new PieceStream(whole, piece.offset(), piece.length(), this::giveBack);
    }

    private synchronized FileChannel unpacked() throws IOException {
      if (bytes.isEmpty()) {
        FileChannel file = nameless();
        bytes = Optional.of(file);
        fill(file);
      }
      return bytes.get();
    }

    /** What comes before damage can be read all the same. */
    private void fill(FileChannel file) throws IOException {
      SourceFile packed = new SourceFile(uri, hadoopConf);
      try (InputStream in = Unpacking.of(packed.open(), packed.state().length())) {
        byte[] part = new byte[BUFFER];
        for (int n = read(in, part); n >= 0; n = read(in, part)) {
          for (ByteBuffer rest = ByteBuffer.wrap(part, 0, n); rest.hasRemaining(); ) {
            file.write(rest);
          }
        }
      }
    }

    private int read(InputStream in, byte[] into) {
      try {
        return in.read(into);
      } catch (IOException e) {
        damage = Optional.of(e);
        return -1;
      }
    }

    private FileChannel nameless() throws IOException {
      Path path = Files.createTempFile("lakehouse-unpacked-", ".tmp");
      return FileChannel.open(
          path,
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          StandardOpenOption.DELETE_ON_CLOSE);
    }
  }
}
