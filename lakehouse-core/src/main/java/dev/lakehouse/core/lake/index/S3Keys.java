// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.index;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that Hadoop's own providers give, whatever these are: a profile, an assumed role, a
 * class of somebody's own. So an index is reached by the same keys as the tables beside it.
 */
final class S3Keys {
  private static final Logger LOG = LoggerFactory.getLogger(S3Keys.class);
  private static final String PROVIDERS = "aws.credentials.provider";
  private static final String DEFAULTS = "core-default.xml";

  private S3Keys() {}

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
