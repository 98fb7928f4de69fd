// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.auth.AWSCredentials;
import com.amazonaws.auth.AWSCredentialsProvider;
import com.amazonaws.auth.BasicSessionCredentials;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.s3a.AnonymousAWSCredentialsProvider;
import org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider;
import org.junit.jupiter.api.Test;

class TestS3Keys {
  private static final URI ROOT = URI.create("s3a://bucket/lake/index");
  private static final String PROVIDERS = "fs.s3a.aws.credentials.provider";
  private static final Map<String, String> LENT =
      Map.of(
          "aws_access_key_id", "lent",
          "aws_secret_access_key", "hidden",
          "aws_session_token", "until noon");

  /** Keys that somebody's own code gets from somewhere, as of an assumed role. */
  public static final class Lender implements AWSCredentialsProvider {
    @Override
    public AWSCredentials getCredentials() {
      return new BasicSessionCredentials("lent", "hidden", "until noon");
    }

    @Override
    public void refresh() {}
  }

  @Test
  void aProviderOfSomebodysOwnIsAsked() {
    assertThat(keys(Map.of(PROVIDERS, Lender.class.getName()))).containsAllEntriesOf(LENT);
  }

  @Test
  void keysThatAreLentAreAskedForAgain() {
    Configuration hadoop = new Configuration();
    hadoop.set(PROVIDERS, Lender.class.getName());
    Map<String, String> storage = LanceStorage.s3(ROOT, hadoop);

    assertThat(Long.parseLong(storage.get("expires_at_millis")))
        .isBetween(System.currentTimeMillis(), System.currentTimeMillis() + 60_000);
    assertThat(S3Keys.renewed(storage, ROOT, hadoop).orElseThrow().fetchStorageOptions())
        .containsAllEntriesOf(LENT)
        .containsKey("expires_at_millis");

    hadoop.set("fs.s3a.access.key", "set");
    hadoop.set("fs.s3a.secret.key", "too");
    assertThat(S3Keys.renewed(LanceStorage.s3(ROOT, hadoop), ROOT, hadoop)).isEmpty();
  }

  @Test
  void aBucketMayHaveItsOwnProvider() {
    String ofBucket = "fs.s3a.bucket.bucket.aws.credentials.provider";

    assertThat(keys(Map.of(ofBucket, Lender.class.getName()))).containsAllEntriesOf(LENT);
    assertThat(
            keys(
                Map.of(
                    PROVIDERS,
                    SimpleAWSCredentialsProvider.class.getName(),
                    ofBucket,
                    Lender.class.getName())))
        .containsAllEntriesOf(LENT);
  }

  @Test
  void whereNobodyNamedAProviderLanceLooksItself() {
    assertThat(keys(Map.of())).isEmpty();
  }

  @Test
  void whereAProviderHasNoneLanceLooksItself() {
    assertThat(keys(Map.of(PROVIDERS, SimpleAWSCredentialsProvider.class.getName()))).isEmpty();
    assertThat(keys(Map.of(PROVIDERS, "no.such.Provider"))).isEmpty();
  }

  @Test
  void whoAsksWithoutANameSignsNothing() {
    assertThat(keys(Map.of(PROVIDERS, AnonymousAWSCredentialsProvider.class.getName())))
        .isEqualTo(Map.of("aws_skip_signature", "true"));
  }

  @Test
  void keysThatSettingsNameComeFirst() {
    Configuration hadoop = new Configuration();
    hadoop.set("fs.s3a.access.key", "set");
    hadoop.set("fs.s3a.secret.key", "too");
    hadoop.set(PROVIDERS, Lender.class.getName());

    assertThat(LanceStorage.s3(ROOT, hadoop))
        .containsEntry("aws_access_key_id", "set")
        .doesNotContainKey("aws_session_token");
  }

  @Test
  void whereHadoopHasAnotherClientLanceLooksItself() throws Exception {
    try (WithoutAmazon loader = new WithoutAmazon()) {
      Method of =
          loader
              .loadClass(S3Keys.class.getName())
              .getDeclaredMethod("of", URI.class, Configuration.class);
      of.setAccessible(true);
      Configuration hadoop = new Configuration();
      hadoop.set(PROVIDERS, Lender.class.getName());

      assertThat(of.invoke(null, ROOT, hadoop)).isEqualTo(Map.of());
    }
  }

  /** Loads our classes anew, and sees nothing of Amazon's library or of the client that uses it. */
  private static final class WithoutAmazon extends URLClassLoader {
    private static final String OURS = S3Keys.class.getPackageName();

    WithoutAmazon() {
      super(new URL[] {S3Keys.class.getProtectionDomain().getCodeSource().getLocation()});
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("com.amazonaws") || name.startsWith("org.apache.hadoop.fs.s3a")) {
        throw new ClassNotFoundException(name);
      }
      return name.startsWith(OURS) ? findClass(name) : super.loadClass(name, resolve);
    }
  }

  @Test
  void plainHttpIsAllowedWhereTheAddressSaysSo() {
    Configuration hadoop = new Configuration();
    hadoop.set("fs.s3a.endpoint", "http://store:9000");
    assertThat(LanceStorage.s3(ROOT, hadoop))
        .containsEntry("allow_http", "true")
        .containsEntry("aws_region", "us-east-1");
    hadoop.set("fs.s3a.endpoint", "s3.eu-central-1.amazonaws.com");
    assertThat(LanceStorage.s3(ROOT, hadoop)).doesNotContainKey("aws_region");
    hadoop.set("fs.s3a.endpoint", "https://store:9000");
    assertThat(LanceStorage.s3(ROOT, hadoop)).containsEntry("allow_http", "false");
    hadoop.set("fs.s3a.endpoint", "store:9000");
    hadoop.set("fs.s3a.connection.ssl.enabled", "false");
    assertThat(LanceStorage.s3(ROOT, hadoop))
        .containsEntry("aws_endpoint", "http://store:9000")
        .containsEntry("allow_http", "true");
  }

  @Test
  void lanceIsAsPatientAsHadoopWhereThereAreTooManyRequests() {
    Configuration hadoop = new Configuration();
    hadoop.set("fs.s3a.retry.throttle.limit", "12");
    assertThat(LanceStorage.s3(ROOT, hadoop)).containsEntry("client_retry_timeout", "409");
    hadoop.set("fs.s3a.bucket.bucket.retry.throttle.interval", "10ms");
    assertThat(LanceStorage.s3(ROOT, hadoop))
        .containsEntry("client_retry_timeout", "40")
        .containsEntry("client_max_retries", "400");
    hadoop.set("fs.s3a.retry.throttle.limit", "1000");
    assertThat(LanceStorage.s3(ROOT, hadoop)).containsEntry("client_retry_timeout", "600");
  }

  private static Map<String, String> keys(Map<String, String> said) {
    Configuration hadoop = new Configuration();
    said.forEach(hadoop::set);
    return S3Keys.of(ROOT, hadoop);
  }
}
