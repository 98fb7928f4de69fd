// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content.intake;

import dev.lakehouse.core.Settings;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.connect.url.FetchRules;
import dev.lakehouse.core.content.BlobMode;
import dev.lakehouse.core.content.BlobStore;
import java.io.Serializable;
import java.time.Instant;
import java.util.Map;

/**
 * What every ingesting task must know.
 *
 * @param blobs where bytes go
 * @param mode whether bytes go there or stay where they are
 * @param limits on each item
 * @param hadoopConf Hadoop settings for reading sources
 * @param run id of the run
 * @param startedAt when the run began; the time that new assets are first seen
 * @param fetch what fetching from the web keeps to
 */
public record IngestPlan(
    BlobStore blobs,
    BlobMode mode,
    Limits limits,
    Map<String, String> hadoopConf,
    String run,
    Instant startedAt,
    FetchRules fetch)
    implements Serializable {

  public IngestPlan {
    hadoopConf = Map.copyOf(hadoopConf);
  }

  /** A plan with the limits and manners of the settings in effect. */
  public static IngestPlan under(
      Settings settings,
      BlobStore blobs,
      BlobMode mode,
      Map<String, String> hadoopConf,
      String run,
      Instant startedAt) {
    return new IngestPlan(
        blobs, mode, Limits.from(settings), hadoopConf, run, startedAt, FetchRules.from(settings));
  }

  /** Fetches as nobody set otherwise. */
  public IngestPlan(
      BlobStore blobs,
      BlobMode mode,
      Limits limits,
      Map<String, String> hadoopConf,
      String run,
      Instant startedAt) {
    this(blobs, mode, limits, hadoopConf, run, startedAt, FetchRules.from(Settings.defaults()));
  }
}
