// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.index;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Access to object stores: what Hadoop's settings say, in the words of Lance. */
final class LanceStorage {

  private LanceStorage() {}

  /**
   * Access to S3 and what speaks like it; settings of the bucket go before those of all buckets.
   */
  static Map<String, String> s3(URI root, Configuration hadoop) {
    S3Settings s3 = new S3Settings(String.valueOf(root.getAuthority()), hadoop);
    Map<String, String> storage = new HashMap<>();
    s3.secret("access.key").ifPresent(key -> storage.put("aws_access_key_id", key));
    s3.secret("secret.key").ifPresent(key -> storage.put("aws_secret_access_key", key));
    s3.secret("session.token").ifPresent(token -> storage.put("aws_session_token", token));
    if (storage.isEmpty()) {
      storage.putAll(S3Keys.of(root, hadoop));
    }
    s3.text("endpoint.region").ifPresent(region -> storage.put("aws_region", region));
    boolean encrypted = s3.text("connection.ssl.enabled").map(Boolean::parseBoolean).orElse(true);
    s3.text("endpoint")
        .map(at -> endpoint(at, encrypted))
        .ifPresent(
            at -> {
              storage.put("aws_endpoint", at);
              storage.put("allow_http", String.valueOf(at.startsWith("http:")));
            });
    s3.text("path.style.access")
        .filter(Boolean::parseBoolean)
        .ifPresent(path -> storage.put("aws_virtual_hosted_style_request", "false"));
    return storage;
  }

  private static String endpoint(String endpoint, boolean encrypted) {
    return endpoint.contains("://") ? endpoint : (encrypted ? "https://" : "http://") + endpoint;
  }

  private record S3Settings(String bucket, Configuration hadoop) {
    Optional<String> text(String key) {
      return Optional.ofNullable(hadoop.getTrimmed("fs.s3a.bucket." + bucket + "." + key))
          .or(() -> Optional.ofNullable(hadoop.getTrimmed("fs.s3a." + key)))
          .filter(value -> !value.isEmpty());
    }

    Optional<String> secret(String key) {
      return LanceStorage.secret(hadoop, "fs.s3a.bucket." + bucket + "." + key)
          .or(() -> LanceStorage.secret(hadoop, "fs.s3a." + key));
    }
  }

  /**
   * Access to Google Cloud Storage: a key file where one is set, else the machine's own account.
   */
  static Map<String, String> gs(Configuration hadoop) {
    return Optional.ofNullable(hadoop.get("fs.gs.auth.service.account.json.keyfile"))
        .or(() -> Optional.ofNullable(hadoop.get("google.cloud.auth.service.account.json.keyfile")))
        .map(file -> Map.of("google_service_account", file))
        .orElse(Map.of());
  }

  /** {@code abfss://container@account.dfs…/path} as {@code az://container/path}. */
  static String azUri(String uri) {
    return uri.replaceFirst("^abfss?://([^@/]+)@[^/]+", "az://$1");
  }

  /** Access to Azure: the account of the URI and its key where one is set. */
  static Map<String, String> az(URI root, Configuration hadoop) {
    String host = root.getHost();
    Map<String, String> storage = new HashMap<>();
    storage.put("account_name", host.substring(0, host.indexOf('.')));
    secret(hadoop, "fs.azure.account.key." + host)
        .ifPresent(key -> storage.put("account_key", key));
    return storage;
  }

  /** A setting that may stand in a credential store instead of the configuration. */
  private static Optional<String> secret(Configuration hadoop, String key) {
    try {
      return Optional.ofNullable(hadoop.getPassword(key)).map(String::new);
    } catch (IOException e) {
      throw LakehouseException.because(
          e, ErrorCode.CONFIG_INVALID, "Cannot read %s from its credential store", key);
    }
  }
}
