// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.Settings;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.hc.core5.ssl.SSLContexts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The address is chosen before, the certificate is checked against the name all the same. */
class TestFetcherTls {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir static Path folder;

  private static ScriptedServer server;
  private static SSLContext trusting;

  @BeforeAll
  static void start() throws Exception {
    Path keys = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "RSA",
                "-validity",
                "3650",
                "-dname",
                "CN=pictures.test",
                "-ext",
                "SAN=dns:pictures.test",
                "-keystore",
                keys.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes());
    assertThat(keytool.waitFor()).as(said).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD);
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
    own.init(store, PASSWORD);
    TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
    trusted.init(store);
    SSLContext serving = SSLContext.getInstance("TLS");
    serving.init(own.getKeyManagers(), null, null);
    trusting = SSLContext.getInstance("TLS");
    trusting.init(null, trusted.getTrustManagers(), null);
    server = ScriptedServer.at("127.0.0.1", serving.getServerSocketFactory());
    server.on("/a", new byte[] {1, 2, 3});
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Test
  void aTrustedCertificateOfTheNameIsTaken() throws Exception {
    byte[] body =
        fetcher(trusting)
            .fetch(
                url("pictures.test"),
                Validators.none(),
                answer -> ((Answer.Content) answer).body().readAllBytes());

    assertThat(body).containsExactly(1, 2, 3);
  }

  @Test
  void aCertificateOfAnotherNameIsNot() throws Exception {
    refused(fetcher(trusting), "others.test");
  }

  @Test
  void aCertificateThatNobodyVouchesForIsNot() throws Exception {
    refused(fetcher(SSLContexts.createDefault()), "pictures.test");
  }

  private static void refused(Fetcher fetcher, String host) throws Exception {
    int before = server.requests().size();
    Url url = url(host);

    FetchFailure failure =
        catchThrowableOfType(
            FetchFailure.class, () -> fetcher.fetch(url, Validators.none(), answer -> answer));

    assertThat(failure.code()).isEqualTo(ItemError.SOURCE_UNREADABLE);
    assertThat(failure)
        .hasMessageContaining("The certificate of " + url)
        .hasMessageNotContaining("tries");
    assertThat(server.requests()).hasSize(before);
  }

  private static Url url(String host) throws Exception {
    return Url.parse("https://%s:%d/a".formatted(host, server.port()));
  }

  private static Fetcher fetcher(SSLContext tls) {
    FetchRules rules =
        FetchRules.from(
            Settings.defaults().orElse(Map.of("lakehouse.urls.private", "127.0.0.1"), "test"));
    return new Fetcher(rules, host -> InetAddress.getAllByName("127.0.0.1"), tls);
  }
}
