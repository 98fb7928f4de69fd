// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content;

import dev.lakehouse.core.Hindrance;
import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.connect.SourceFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of a file of the source, which may change.
 *
 * @param file the file
 * @param uri of the file
 * @param sha256 of its bytes when it was ingested
 */
record ReferencedBytes(SourceFile file, String uri, String sha256) implements StoredBytes {
  @Override
  public <T> T read(Reading<T> reading) throws ItemException {
    try (InputStream in = new VerifiedStream(file.open(), sha256, ChangedException::new)) {
      return reading.of(in);
    } catch (ChangedException e) {
      throw new ItemException(
          ItemError.SOURCE_CHANGED,
          "%s changed since it was ingested: its sha256 is now %s".formatted(uri, e.found),
          e);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public long size() throws ItemException {
    try {
      return file.state().length();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private ItemException failure(IOException e) {
    return e instanceof FileNotFoundException
        ? new ItemException(ItemError.SOURCE_GONE, "No file " + uri, e)
        : new ItemException(
            ItemError.SOURCE_UNREADABLE,
            "Cannot read %s: %s".formatted(uri, Hindrance.words(e)),
            e);
  }

  /** A file that is not what was ingested. */
  private static final class ChangedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String found;

    ChangedException(String found) {
      super("Changed since it was ingested");
      this.found = found;
    }
  }
}
