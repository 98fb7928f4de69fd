// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.access;

import dev.lakehouse.core.access.HadoopSettings;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.lance.io.StorageOptionsProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that Hadoop's own providers give, whatever these are: a profile, an assumed role, a
 * class of somebody's own. So an index is reached by the same keys as the tables beside it.
 */
public final class S3Keys {
  private static final Logger LOG = LoggerFactory.getLogger(S3Keys.class);
  private static final String PROVIDERS = "aws.credentials.provider";
  private static final String DEFAULTS = "core-default.xml";

  /**
   * How long lent keys are taken for good, since nothing says when they end. Amazon's providers
   * renew theirs a minute before at the latest.
   */
  private static final Duration LIFE = Duration.ofSeconds(60);

  private static final Duration ASKED_BEFORE = Duration.ofSeconds(10);
  private static final String END = "expires_at_millis";
  private static final String OFFSET = "refresh_offset_millis";

  private S3Keys() {}

  /** What tells Lance to ask for lent keys again. */
  static Map<String, String> life() {
    return Map.of(
        END,
        String.valueOf(System.currentTimeMillis() + LIFE.toMillis()),
        OFFSET,
        String.valueOf(ASKED_BEFORE.toMillis()));
  }

  /** The same options for who asks nobody again, and would take the end for one. */
  public static Map<String, String> withoutEnd(Map<String, String> storage) {
    Map<String, String> lasting = new HashMap<>(storage);
    lasting.keySet().removeAll(Set.of(END, OFFSET));
    return lasting;
  }

  /**
   * Where Lance gets keys that were lent once they end.
   *
   * @param storage what it was given; nobody lent keys where they have no end
   */
  public static Optional<StorageOptionsProvider> renewed(
      Map<String, String> storage, URI root, Configuration hadoop) {
    return Optional.of(storage)
        .filter(given -> given.containsKey(END))
        .map(given -> new Renewed(root, said(hadoop)));
  }

  /** What somebody set; the rest every machine knows. */
  private static HashMap<String, String> said(Configuration hadoop) {
    HashMap<String, String> said = new HashMap<>();
    hadoop.forEach(
        entry -> {
          if (isNamed(hadoop, entry.getKey())) {
            said.put(entry.getKey(), entry.getValue());
          }
        });
    return said;
  }

  /** Asks Hadoop's providers, on whatever machine it is. */
  private static final class Renewed implements StorageOptionsProvider, Serializable {
    private static final long serialVersionUID = 1L;
    private final URI root;
    private final HashMap<String, String> hadoop;

    Renewed(URI root, HashMap<String, String> hadoop) {
      this.root = root;
      this.hadoop = hadoop;
    }

    @Override
    public Map<String, String> fetchStorageOptions() {
      return LanceStorage.s3(root, HadoopSettings.configuration(hadoop));
    }
  }

  /**
   * Keys in Lance's words; none where nobody named providers, where these have none, or where the
   * cluster's S3 client is of another kind: Lance then looks for keys itself.
   *
   * @param root whose bucket they are for
   */
  static Map<String, String> of(URI root, Configuration hadoop) {
    String ofBucket = "fs.s3a.bucket." + root.getHost() + "." + PROVIDERS;
    if (!isNamed(hadoop, ofBucket) && !isNamed(hadoop, "fs.s3a." + PROVIDERS)) {
      return Map.of();
    }
    try {
      return HadoopS3Keys.of(root, hadoop);
    } catch (LinkageError e) {
      LOG.debug("Hadoop's S3 client is of another kind; Lance looks for keys itself", e);
      return Map.of();
    }
  }

  private static boolean isNamed(Configuration hadoop, String key) {
    String @Nullable [] sources = hadoop.getPropertySources(key);
    return hadoop.get(key) != null && (sources == null || !List.of(sources).contains(DEFAULTS));
  }
}
