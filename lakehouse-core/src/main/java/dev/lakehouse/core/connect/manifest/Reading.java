// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.manifest;

import dev.lakehouse.core.LakehouseException;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Something open that gives one element after the other. */
public interface Reading<T> extends Closeable {

  /** The next element; empty at the end. */
  Optional<T> next() throws IOException;

  /** Opens something. */
  interface Opener<T> {
    Reading<T> open() throws IOException;
  }

  /**
   * All elements, read lazily; closing the stream closes the reading.
   *
   * @param failure what a failure of reading is to the user
   */
  static <T> Stream<T> stream(Opener<T> opener, Function<IOException, LakehouseException> failure) {
    try {
      Reading<T> reading = opener.open();
      return StreamSupport.stream(spliterator(reading, failure), false)
          .onClose(() -> close(reading, failure));
    } catch (IOException e) {
      throw failure.apply(e);
    }
  }

  private static <T> Spliterator<T> spliterator(
      Reading<T> reading, Function<IOException, LakehouseException> failure) {
    return new AbstractSpliterator<>(Long.MAX_VALUE, Spliterator.ORDERED) {
      private boolean ended;

      @Override
      public boolean tryAdvance(Consumer<? super T> action) {
        if (ended) {
          return false; // a stream may ask again
        }
        Optional<T> next;
        try {
          next = reading.next();
        } catch (IOException e) {
          throw failure.apply(e);
        }
        ended = next.isEmpty();
        next.ifPresent(action);
        return !ended;
      }
    };
  }

  private static <T> void close(
      Reading<T> reading, Function<IOException, LakehouseException> failure) {
    try {
      reading.close();
    } catch (IOException e) {
      throw failure.apply(e);
    }
  }
}
