// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.ChecksumException;

/**
 * Tells a table that is not what its log says from storage that does not answer now.
 *
 * @param uri of the table
 */
record DeltaDamage(String uri) {

  /** A failure of who looks at the rows. */
  static final class OfVisitor extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final RuntimeException failure;

    OfVisitor(RuntimeException failure) {
      super(failure);
      this.failure = failure;
    }
  }

  /** What may fail while a table is read. */
  @FunctionalInterface
  interface Reading<T> {
    T read() throws IOException;
  }

  /**
   * Reads.
   *
   * @throws LakehouseException INTEGRITY where the table is damaged, TRANSIENT where the storage
   *     does not answer
   */
  <T> T telling(Reading<T> reading) {
    try {
      return reading.read();
    } catch (OfVisitor e) {
      throw e.failure;
    } catch (LakehouseException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw isOfStorage(e) ? unreachable(e) : damaged(e);
    }
  }

  /**
   * Whether the storage did not answer. A log without its start, a file that is no Parquet, what is
   * gone, cut or garbled: that is the table's.
   */
  private static boolean isOfStorage(Throwable e) {
    return chain(e).anyMatch(IOException.class::isInstance)
        && chain(e).noneMatch(DeltaDamage::isOfTable);
  }

  private static boolean isOfTable(Throwable cause) {
    return cause instanceof ChecksumException
        || cause instanceof JsonProcessingException
        || cause instanceof FileNotFoundException
        || cause instanceof EOFException
        || String.valueOf(cause.getMessage()).contains("UNCOMPRESS");
  }

  private static Stream<Throwable> chain(Throwable e) {
    return Stream.iterate(e, Objects::nonNull, Throwable::getCause);
  }

  private LakehouseException damaged(Exception e) {
    return damaged(reason(e), Optional.of(e));
  }

  /** The table is not what it should be. */
  LakehouseException damaged(String why, Optional<Exception> cause) {
    return LakehouseException.because(
        cause.orElse(null),
        ErrorCode.INTEGRITY,
        "Cannot read table %s: it is damaged or of an unknown kind (%s). Run 'lakehouse audit'",
        uri,
        why);
  }

  /** The innermost words: what wraps them speaks of the reader, not of the table. */
  private static String reason(Throwable e) {
    Throwable innermost = chain(e).reduce((outer, inner) -> inner).orElse(e);
    return innermost.getMessage() == null
        ? innermost.getClass().getSimpleName()
        : innermost.getMessage().lines().findFirst().orElse("");
  }

  private LakehouseException unreachable(Exception e) {
    return LakehouseException.because(
        e, ErrorCode.TRANSIENT, "Cannot read table %s: %s", uri, reason(e));
  }
}
