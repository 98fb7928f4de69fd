// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.access;

import com.amazonaws.SdkBaseException;
import com.amazonaws.auth.AWSCredentials;
import com.amazonaws.auth.AWSSessionCredentials;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.s3a.AWSCredentialProviderList;
import org.apache.hadoop.fs.s3a.S3AUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks Hadoop's providers. Cannot even be loaded where Hadoop's S3 client is of another kind. */
final class HadoopS3Keys {
  private static final Logger LOG = LoggerFactory.getLogger(HadoopS3Keys.class);

  private HadoopS3Keys() {}

  /** Keys in Lance's words; none where the providers have none. */
  static Map<String, String> of(URI root, Configuration hadoop) {
    Configuration ofBucket = S3AUtils.propagateBucketOptions(hadoop, root.getHost());
    try (AWSCredentialProviderList providers =
        S3AUtils.createAWSCredentialProviderSet(root, ofBucket)) {
      return inLancesWords(providers.getCredentials());
    } catch (IOException | SdkBaseException e) {
      LOG.debug("Hadoop's providers have no keys of S3; Lance looks for them itself", e);
      return Map.of();
    }
  }

  private static Map<String, String> inLancesWords(AWSCredentials keys) {
    if (keys.getAWSAccessKeyId() == null) {
      return Map.of("aws_skip_signature", "true"); // who asks without a name
    }
    Map<String, String> storage = new HashMap<>();
    storage.put("aws_access_key_id", keys.getAWSAccessKeyId());
    storage.put("aws_secret_access_key", keys.getAWSSecretKey());
    if (keys instanceof AWSSessionCredentials session) {
      storage.put("aws_session_token", session.getSessionToken());
      storage.putAll(S3Keys.life());
    }
    return storage;
  }
}
