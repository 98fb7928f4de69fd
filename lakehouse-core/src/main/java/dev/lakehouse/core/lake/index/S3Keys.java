// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.index;

import com.amazonaws.SdkBaseException;
import com.amazonaws.auth.AWSCredentials;
import com.amazonaws.auth.AWSSessionCredentials;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.s3a.AWSCredentialProviderList;
import org.apache.hadoop.fs.s3a.S3AUtils;
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
    String bucket = String.valueOf(root.getHost());
    boolean named =
        isNamed(hadoop, "fs.s3a.bucket." + bucket + "." + PROVIDERS)
            || isNamed(hadoop, "fs.s3a." + PROVIDERS);
    if (!named) {
      return Map.of();
    }
    try {
      return asked(root, S3AUtils.propagateBucketOptions(hadoop, bucket));
    } catch (LinkageError e) {
      LOG.debug("Hadoop's S3 client is of another kind; Lance looks for keys itself", e);
      return Map.of();
    }
  }

  private static boolean isNamed(Configuration hadoop, String key) {
    String @Nullable [] sources = hadoop.getPropertySources(key);
    return hadoop.get(key) != null && (sources == null || !List.of(sources).contains(DEFAULTS));
  }

  private static Map<String, String> asked(URI root, Configuration hadoop) {
    try (AWSCredentialProviderList providers =
        S3AUtils.createAWSCredentialProviderSet(root, hadoop)) {
      AWSCredentials keys = providers.getCredentials();
      if (keys.getAWSAccessKeyId() == null) {
        return Map.of("aws_skip_signature", "true"); // who asks without a name
      }
      Map<String, String> storage = new HashMap<>();
      storage.put("aws_access_key_id", keys.getAWSAccessKeyId());
      storage.put("aws_secret_access_key", keys.getAWSSecretKey());
      Optional.of(keys)
          .filter(AWSSessionCredentials.class::isInstance)
          .map(session -> ((AWSSessionCredentials) session).getSessionToken())
          .ifPresent(token -> storage.put("aws_session_token", token));
      return storage;
    } catch (IOException | SdkBaseException e) {
      LOG.debug("Hadoop's providers have no keys of S3; Lance looks for them itself", e);
      return Map.of();
    }
  }
}
