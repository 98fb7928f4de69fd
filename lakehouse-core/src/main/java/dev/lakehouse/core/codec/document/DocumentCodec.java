// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.document;

import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.child.ChildJars;
import dev.lakehouse.core.child.ChildPool;
import dev.lakehouse.core.child.ChildPoolOptions;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Reads documents, in processes that all tasks of this JVM share. */
public final class DocumentCodec {
  private static final String MAIN = "dev.lakehouse.documents.Main";
  private static final int DOCUMENTS_PER_CHILD = 500;

  /** What stands around the text in an answer: places, names, facts. */
  private static final long AROUND = 16L << 20;

  /** A few bytes for each character, in the scripts that need most. */
  private static final int BYTES_PER_CHARACTER = 3;

  private static final Map<ChildPoolOptions, ChildPool> POOLS = new ConcurrentHashMap<>();

  private DocumentCodec() {}

  /** Unpacked when the first document is read. */
  private static final class Jars {
    static final ChildJars ALL = ChildJars.of("/dev/lakehouse/documents/child");
  }

  /** Reads the text of a document, and tells what stands in it. */
  public static Document read(Path file, String mediaType, DocumentLimits limits)
      throws ItemException {
    return read(file, mediaType, limits, Wanted.NOTHING);
  }

  /**
   * Reads a document.
   *
   * @param file a regular file of this machine
   * @param mediaType what its bytes are
   * @throws ItemException if it is not what it claims, is encrypted, or takes more than it may
   * @throws dev.lakehouse.core.LakehouseException if nothing can be read on this machine
   */
  public static Document read(Path file, String mediaType, DocumentLimits limits, Wanted embedded)
      throws ItemException {
    byte[] question =
        DocumentWire.question(file.toAbsolutePath().toString(), mediaType, limits, embedded);
    long longest = AROUND + embedded.bytes() + (long) BYTES_PER_CHARACTER * limits.maxCharacters();
    byte[] answer =
        pool(limits).ask(question, (int) Math.min(longest, Integer.MAX_VALUE - Long.BYTES));
    return DocumentWire.document(answer);
  }

  private static ChildPool pool(DocumentLimits limits) {
    int processors = Runtime.getRuntime().availableProcessors();
    int children = limits.children() > 0 ? limits.children() : Math.max(1, processors / 2);
    ChildPoolOptions options =
        new ChildPoolOptions(
            children, limits.heapBytes(), limits.perDocument(), DOCUMENTS_PER_CHILD);
    return POOLS.computeIfAbsent(
        options, wanted -> new ChildPool(wanted, Jars.ALL::unpacked, MAIN));
  }
}
