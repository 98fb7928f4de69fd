// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.url;

import java.io.IOException;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.SSLConnectionSocketFactory;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends one request and hands its answer back as it comes: no redirect, no retry, no cookie, no
 * proxy, no unpacking, and a connection of its own for each, so that the address of each is checked
 * and nothing is left over from the one before.
 */
final class HttpDoor {
  private static final int MAX_HEADERS = 200;
  private static final int MAX_HEADER_BYTES = 32 << 10;
  private static final int CONNECTIONS = 1_024;

  private final CloseableHttpClient client;

  HttpDoor(FetchRules rules, AddressGuard guard, SSLContext tls) {
    Timeout stall = Timeout.of(rules.stall());
    PoolingHttpClientConnectionManager connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setDnsResolver(guard)
            .setSSLSocketFactory(new SSLConnectionSocketFactory(tls))
            .setConnectionFactory(
                ManagedHttpClientConnectionFactory.builder()
                    .http1Config(
                        Http1Config.custom()
                            .setMaxHeaderCount(MAX_HEADERS)
                            .setMaxLineLength(MAX_HEADER_BYTES)
                            .build())
                    .build())
            .setDefaultConnectionConfig(
                ConnectionConfig.custom().setConnectTimeout(stall).setSocketTimeout(stall).build())
            .setDefaultTlsConfig(TlsConfig.custom().setHandshakeTimeout(stall).build())
            .setMaxConnTotal(CONNECTIONS)
            .setMaxConnPerRoute(CONNECTIONS) // turns at a host are had before
            .build();
    this.client =
        HttpClientBuilder.create()
            .setConnectionManager(connections)
            .setConnectionReuseStrategy((request, response, context) -> false)
            .setDefaultRequestConfig(RequestConfig.custom().setResponseTimeout(stall).build())
            .setUserAgent(rules.agent())
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableContentCompression()
            .disableCookieManagement()
            .disableAuthCaching()
            .build();
  }

  /** A request of a URL as it is written, which goes over the wire so. */
  static HttpGet request(Url url) {
    HttpGet get = new HttpGet("/");
    get.setScheme(url.scheme());
    get.setAuthority(new URIAuthority(url.host(), url.hasOwnPort() ? url.port() : -1));
    get.setPath(url.target());
    get.setHeader(HttpHeaders.ACCEPT, "*/*");
    get.setHeader(HttpHeaders.ACCEPT_ENCODING, "identity");
    return get;
  }

  /** Sends it and reads the head of the answer, which is to be closed. */
  ClassicHttpResponse send(Url url, HttpGet request) throws IOException {
    return client.executeOpen(
        new HttpHost(url.scheme(), url.host(), url.port()), request, HttpClientContext.create());
  }
}
