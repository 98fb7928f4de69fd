// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.serve;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.search.SearchQuery;
import dev.lakehouse.core.search.Searcher;
import java.util.Optional;
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
   * Opens indexes and models, so that the first who asks does not wait for them.
   *
   * @throws LakehouseException if a model or index is not there
   */
  void warm() {
    release
        .families()
        .forEach(
            family -> {
              try {
                searcher.search(
                    SearchQuery.of(family.name(), EmbedInput.query("a"), 1, Optional.empty()));
              } catch (LakehouseException e) {
                if (e.code() != ErrorCode.CONFIG_INVALID) { // else it takes no words
                  throw e;
                }
              }
            });
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
