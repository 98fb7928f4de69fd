// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.watch;

import java.io.FileNotFoundException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.parquet.ParquetRuntimeException;

/** Tells a table whose files are gone or damaged from every other failure. */
final class UnreadableTable {

  private UnreadableTable() {}

  /** Reads, or says instead what could not be read. */
  static <T> T orElse(Supplier<T> read, Function<String, T> instead) {
    try {
      return read.get();
    } catch (Exception e) { // Spark throws checked ones too, which no signature tells of
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (isDamage(cause)) {
          return instead.apply(firstLine(cause));
        }
      }
      throw e;
    }
  }

  private static boolean isDamage(Throwable cause) {
    return cause instanceof FileNotFoundException
        || cause instanceof ParquetRuntimeException
        || String.valueOf(cause.getMessage()).contains("is not a Parquet file");
  }

  private static String firstLine(Throwable cause) {
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse(cause.toString());
  }
}
