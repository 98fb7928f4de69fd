// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.serve;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Hindrance;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.content.Content;
import dev.lakehouse.core.content.Contents;
import dev.lakehouse.core.content.Opened;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Contents as files of this machine, to be read from any place. Each is compared with its digest
 * when it is first asked for, and stays open for a while: a player asks for a film in many parts.
 */
public final class ContentFiles implements AutoCloseable {
  /** Copies of what lies elsewhere may take so much of the local disk. */
  private static final long MOST_BYTES = 4L << 30;

  /** So many stay open however large they are. */
  private static final int FILMS = 8;

  /** What the smallest counts for: each has a folder, and a place on the heap. */
  private static final long LEAST_BYTES = 1 << 20;

  private final Contents contents;
  private final BoundedCache<Content, Entry> open;

  /** Files of a reader of contents. */
  public ContentFiles(Contents contents) {
    this(contents, MOST_BYTES);
  }

  /**
   * @param most bytes of all that stay open
   */
  ContentFiles(Contents contents, long most) {
    this.contents = contents;
    this.open =
        new BoundedCache<>(
            most,
            entry -> Math.max(LEAST_BYTES, Math.min(entry.bytes(), most / FILMS)),
            Entry::leave);
  }

  /** A content that stays where it is until this is closed. */
  public final class Held implements AutoCloseable {
    private final Entry entry;

    private Held(Entry entry) {
      this.entry = entry;
    }

    /** The file. */
    public Path file() {
      return entry.file();
    }

    /** Bytes that it has. */
    public long size() {
      return entry.bytes();
    }

    @Override
    public void close() {
      entry.leave();
    }
  }

  /**
   * A content, to be closed after use.
   *
   * @throws ItemException if it is gone or is not what it was
   * @throws LakehouseException if the store cannot be read, or there is no room for a copy
   */
  public Held hold(Content content) throws ItemException {
    Optional<Entry> known = open.find(content).filter(Entry::isThere).filter(Entry::enter);
    if (known.isPresent()) {
      return new Held(known.get());
    }
    Entry entry = opened(content);
    if (content.text().isEmpty()) { // a text is on the heap itself, and soon written down again
      boolean unused = entry.enter();
      open.put(content, entry);
    }
    return new Held(entry);
  }

  private Entry opened(Content content) throws ItemException {
    Entry entry = new Entry(contents.open(content));
    try {
      entry.prepare();
      return entry;
    } catch (ItemException | RuntimeException e) {
      entry.leave();
      throw e;
    }
  }

  /** Forgets a content whose file is not what it was; it is compared again when asked for. */
  public void forget(Content content) {
    open.forget(content);
  }

  @Override
  public void close() {
    open.clear();
  }

  /** One that is open, held by the cache and by who reads it. */
  private static final class Entry {
    private final Opened opened;
    private @Nullable Path file;
    private long bytes;
    private int held = 1;

    Entry(Opened opened) {
      this.opened = opened;
    }

    void prepare() throws ItemException {
      try {
        Path found = opened.file();
        bytes = Files.size(found);
        file = found;
      } catch (IOException e) {
        throw LakehouseException.because(
            e,
            ErrorCode.TRANSIENT,
            "Cannot put a content on the local disk: %s. Make room in %s",
            Hindrance.words(e),
            System.getProperty("java.io.tmpdir"));
      }
    }

    Path file() {
      return Objects.requireNonNull(file, "not prepared");
    }

    long bytes() {
      return bytes;
    }

    /** Whether nobody has removed its file meanwhile. */
    boolean isThere() {
      return Files.exists(file());
    }

    synchronized boolean enter() {
      if (held == 0) {
        return false;
      }
      held++;
      return true;
    }

    synchronized void leave() {
      if (--held == 0) {
        opened.close();
      }
    }
  }
}
