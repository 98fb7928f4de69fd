// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline.sweep;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.content.BlobStore;
import dev.lakehouse.core.content.StoredFile;
import dev.lakehouse.jobs.pipeline.sweep.Leftovers.Kind;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Unfinished uploads, and blobs that no row of a version that stays names.
 *
 * <p>An ingest stores blobs before it commits the rows that name them; what it stored, or found
 * stored, is younger than the horizon.
 */
final class BlobSweep {
  private static final int BATCH = 100_000;

  private final BlobStore store;
  private final Dataset<Row> named;
  private final Instant horizon;
  private final List<StoredFile> uploads = new ArrayList<>();
  private final List<StoredFile> blobs = new ArrayList<>();

  /**
   * @param named one column, the names of blobs that rows name
   */
  BlobSweep(BlobStore store, Dataset<Row> named, Instant horizon) {
    this.store = store;
    this.named = named;
    this.horizon = horizon;
  }

  List<Sweep> sweeps() {
    List<StoredFile> batch = new ArrayList<>();
    try {
      store.list(file -> look(file, batch));
    } catch (IOException e) {
      throw unreachable(e);
    }
    compare(batch);
    List<Sweep> sweeps = new ArrayList<>();
    add(Kind.UPLOADS, uploads, sweeps);
    add(Kind.BLOBS, blobs, sweeps);
    return sweeps;
  }

  private void look(StoredFile file, List<StoredFile> batch) {
    if (!file.lastPut().isBefore(horizon)) {
      return;
    }
    if (file.isUpload()) {
      uploads.add(file);
    } else if (file.sha256().isPresent()) {
      batch.add(file);
    }
    if (batch.size() == BATCH) {
      compare(batch);
    }
  }

  private void compare(List<StoredFile> batch) {
    blobs.addAll(unnamed(batch));
    batch.clear();
  }

  private List<StoredFile> unnamed(List<StoredFile> files) {
    if (files.isEmpty()) {
      return List.of();
    }
    List<String> names = files.stream().flatMap(file -> file.sha256().stream()).toList();
    Dataset<String> stored = named.sparkSession().createDataset(names, Encoders.STRING());
    Set<String> unnamed =
        new HashSet<>(
            stored
                .join(
                    named, stored.col("value").equalTo(named.col(named.columns()[0])), "left_anti")
                .as(Encoders.STRING())
                .collectAsList());
    return files.stream().filter(file -> unnamed.contains(file.sha256().orElse(""))).toList();
  }

  private void add(Kind kind, List<StoredFile> files, List<Sweep> sweeps) {
    if (!files.isEmpty()) {
      Leftovers found =
          new Leftovers(
              kind,
              store.root(),
              files.size(),
              files.stream().mapToLong(StoredFile::bytes).sum(),
              files.stream().map(StoredFile::lastPut).min(Instant::compareTo));
      sweeps.add(new Sweep(found, () -> discard(files)));
    }
  }

  private void discard(List<StoredFile> files) {
    try {
      for (StoredFile file : files) {
        store.discard(file, horizon);
      }
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private LakehouseException unreachable(Exception e) {
    return LakehouseException.because(
        e, ErrorCode.TRANSIENT, "Cannot look through %s: %s", store.root(), e.getMessage());
  }
}
