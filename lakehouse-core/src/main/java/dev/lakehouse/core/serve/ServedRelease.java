// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.serve;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.search.Searcher;
import org.apache.hadoop.conf.Configuration;

/** A release and all that answers from it; closed when it is retired and nobody holds it. */
public final class ServedRelease {
  private final Release release;
  private final Searcher searcher;
  private final PublishedAssets assets;
  private int held = 1; // by the service, until it is retired

  ServedRelease(
      LakeLayout layout,
      Settings settings,
      ModelsRoot models,
      Configuration hadoop,
      Release release) {
    this.release = release;
    this.searcher = Searcher.serving(layout, settings, models, hadoop, release);
    this.assets = new PublishedAssets(layout, hadoop, release);
  }

  /** What it is. */
  public Release release() {
    return release;
  }

  /** Answers from it. */
  public Searcher searcher() {
    return searcher;
  }

  /** Its rows. */
  public PublishedAssets assets() {
    return assets;
  }

  /**
   * Opens indexes and models and finds the places of rows, so that the first who asks does not wait
   * for them, and a release that cannot answer takes nobody's place.
   *
   * @throws LakehouseException if a model, an index or the catalog is not there or is damaged
   */
  void warm() {
    searcher.warm();
    assets.warm();
  }

  /** Holds it; false if it is closed. */
  synchronized boolean enter() {
    if (held == 0) {
      return false;
    }
    held++;
    return true;
  }

  void leave() {
    boolean last;
    synchronized (this) {
      last = --held == 0;
    }
    if (last) {
      searcher.close();
    }
  }
}
