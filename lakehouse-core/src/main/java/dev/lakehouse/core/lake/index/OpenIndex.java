// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.index;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.lance.Dataset;
import org.lance.Fragment;
import org.lance.FragmentMetadata;
import org.lance.ReadOptions;

/** A dataset and the memory that it uses, closed together. */
final class OpenIndex implements AutoCloseable {
  private final BufferAllocator allocator;
  private final Dataset dataset;

  private OpenIndex(BufferAllocator allocator, Dataset dataset) {
    this.allocator = allocator;
    this.dataset = dataset;
  }

  /** The newest version, if there is a dataset. */
  static Optional<OpenIndex> latest(IndexPlace place) {
    try {
      return Optional.of(open(place, OptionalLong.empty()));
    } catch (IllegalArgumentException e) {
      if (isMissing(e)) {
        return Optional.empty();
      }
      throw unreadable(place, e);
    } catch (RuntimeException e) {
      throw unreadable(place, e);
    }
  }

  /**
   * A version that a release names.
   *
   * @throws LakehouseException if it is not there
   */
  static OpenIndex at(IndexPlace place, long version) {
    try {
      return open(place, OptionalLong.of(version));
    } catch (RuntimeException e) {
      if (isOfStorage(e)) {
        throw unreadable(place, e);
      }
      throw LakehouseException.because(
          e,
          ErrorCode.INTEGRITY,
          "Cannot open version %d of index %s: %s. Restore it with 'lakehouse publish --rebuild'",
          version,
          place,
          e.getMessage());
    }
  }

  private static OpenIndex open(IndexPlace place, OptionalLong version) {
    ReadOptions.Builder options = new ReadOptions.Builder().setStorageOptions(place.storage());
    place.renewed().ifPresent(options::setStorageOptionsProvider);
    version.ifPresent(options::setVersion);
    BufferAllocator allocator = new RootAllocator();
    try {
      return new OpenIndex(
          allocator,
          Dataset.open()
              .allocator(allocator)
              .uri(place.uri())
              .readOptions(options.build())
              .build());
    } catch (Exception e) {
      allocator.close();
      throw unchecked(e);
    }
  }

  /** What native code throws; no signature tells of its {@code IOException}. */
  static RuntimeException unchecked(Exception thrown) {
    return thrown instanceof RuntimeException known
        ? known
        : new IllegalStateException(thrown.getMessage(), thrown);
  }

  /** Lance has no type of its own for this; any other failure must not read as "no dataset yet". */
  private static boolean isMissing(IllegalArgumentException e) {
    return String.valueOf(e.getMessage()).matches("(?s)Dataset at path .* was not found.*");
  }

  /** What a store answered that is not "there is no such object". */
  private static boolean isOfStorage(RuntimeException e) {
    return String.valueOf(e.getMessage()).matches("(?s).*Generic (S3|GCS|MicrosoftAzure) error.*");
  }

  private static LakehouseException unreadable(IndexPlace place, RuntimeException e) {
    return LakehouseException.because(
        e, ErrorCode.TRANSIENT, "Cannot open index %s: %s", place, e.getMessage());
  }

  Dataset dataset() {
    return dataset;
  }

  /** The files of rows and of deletions; equal for two versions that hold the same rows. */
  List<FragmentMetadata> content() {
    return content(dataset);
  }

  /** Makes the newest version hold the rows of an earlier one, if it does not. */
  void rewind(long version) {
    try (Dataset earlier = dataset.checkoutVersion(version)) {
      if (!content(earlier).equals(content())) {
        earlier.restore();
      }
    }
    dataset.checkoutLatest();
  }

  static List<FragmentMetadata> content(Dataset dataset) {
    return dataset.getFragments().stream().map(Fragment::metadata).toList();
  }

  @Override
  public void close() {
    if (LanceCall.hangs()) {
      return;
    }
    dataset.close();
    allocator.close();
  }
}
