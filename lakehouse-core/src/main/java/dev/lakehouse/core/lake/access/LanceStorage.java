// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.access;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Access to object stores: what Hadoop's settings say, in the words of Lance. */
public final class LanceStorage {

  /** Servers that are not Amazon's have no regions; without one Lance asks the machine for it. */
  private static final String ANY_REGION = "us-east-1";

  private static final String REGION = "aws_region";
  private static final String AMAZON = ".amazonaws.com";

  /** Hadoop's defaults would go on for days. */
  private static final Duration MOST_PATIENCE = Duration.ofMinutes(10);

  /** Lance pauses for a tenth of a second at least. */
  private static final int TRIES_A_SECOND = 10;

  private LanceStorage() {}

  /**
   * Access to S3 and what speaks like it; settings of the bucket go before those of all buckets.
   */
  public static Map<String, String> s3(URI root, Configuration hadoop) {
    S3Settings s3 = new S3Settings(String.valueOf(root.getAuthority()), hadoop);
    Map<String, String> storage = new HashMap<>();
    s3.secret("access.key").ifPresent(key -> storage.put("aws_access_key_id", key));
    s3.secret("secret.key").ifPresent(key -> storage.put("aws_secret_access_key", key));
    s3.secret("session.token").ifPresent(token -> storage.put("aws_session_token", token));
    if (storage.isEmpty()) {
      storage.putAll(S3Keys.of(root, hadoop));
    }
    s3.text("endpoint.region").ifPresent(region -> storage.put(REGION, region));
    s3.endpoint().ifPresent(at -> storage.putAll(server(at, storage)));
    s3.text("path.style.access")
        .filter(Boolean::parseBoolean)
        .ifPresent(path -> storage.put("aws_virtual_hosted_style_request", "false"));
    storage.putAll(patience(s3));
    return storage;
  }

  /**
   * As long as Hadoop's client would try where there are too many requests: Lance's own ten tries
   * end within seconds. Time decides and not a number of tries, which no two seconds have alike.
   */
  private static Map<String, String> patience(S3Settings s3) {
    int tries = Math.min(s3.throttledTries(), 30); // beyond, it is the most in any case
    long millis = Math.min(s3.throttledPause() << tries, MOST_PATIENCE.toMillis());
    long seconds = Math.max(1, millis / 1000);
    return Map.of(
        "client_retry_timeout",
        String.valueOf(seconds),
        "client_max_retries",
        String.valueOf(seconds * TRIES_A_SECOND));
  }

  private static Map<String, String> server(String endpoint, Map<String, String> known) {
    Map<String, String> server = new HashMap<>();
    server.put("aws_endpoint", endpoint);
    server.put("allow_http", String.valueOf(endpoint.startsWith("http:")));
    if (!endpoint.contains(AMAZON) && !known.containsKey(REGION)) {
      server.put(REGION, ANY_REGION);
    }
    return server;
  }

  private record S3Settings(String bucket, Configuration hadoop) {
    Optional<String> text(String key) {
      return Optional.ofNullable(hadoop.getTrimmed("fs.s3a.bucket." + bucket + "." + key))
          .or(() -> Optional.ofNullable(hadoop.getTrimmed("fs.s3a." + key)))
          .filter(value -> !value.isEmpty());
    }

    int throttledTries() {
      return text("retry.throttle.limit").map(Integer::parseInt).orElse(20);
    }

    /** Milliseconds before the second try; each is twice as long as the one before. */
    long throttledPause() {
      String key = "fs.s3a.bucket." + bucket + ".retry.throttle.interval";
      long ofAll = hadoop.getTimeDuration("fs.s3a.retry.throttle.interval", 100, MILLISECONDS);
      return hadoop.getTimeDuration(key, ofAll, MILLISECONDS);
    }

    /** A URL; its scheme is that of the settings where it has none. */
    Optional<String> endpoint() {
      boolean encrypted = text("connection.ssl.enabled").map(Boolean::parseBoolean).orElse(true);
      return text("endpoint")
          .map(at -> at.contains("://") ? at : (encrypted ? "https://" : "http://") + at);
    }

    Optional<String> secret(String key) {
      return LanceStorage.secret(hadoop, "fs.s3a.bucket." + bucket + "." + key)
          .or(() -> LanceStorage.secret(hadoop, "fs.s3a." + key));
    }
  }

  /**
   * Access to Google Cloud Storage: a key file where one is set, else the machine's own account.
   */
  public static Map<String, String> gs(Configuration hadoop) {
    return Optional.ofNullable(hadoop.get("fs.gs.auth.service.account.json.keyfile"))
        .or(() -> Optional.ofNullable(hadoop.get("google.cloud.auth.service.account.json.keyfile")))
        .map(file -> Map.of("google_service_account", file))
        .orElse(Map.of());
  }

  /** {@code abfss://container@account.dfs…/path} as {@code az://container/path}. */
  public static String azUri(String uri) {
    return uri.replaceFirst("^abfss?://([^@/]+)@[^/]+", "az://$1");
  }

  /** Access to Azure: the account of the URI and its key where one is set. */
  public static Map<String, String> az(URI root, Configuration hadoop) {
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
