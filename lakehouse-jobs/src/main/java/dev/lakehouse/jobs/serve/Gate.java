// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.serve;

import dev.lakehouse.core.Digests;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Who is answered. With a token, who shows it, or the cookie that it was exchanged for; without
 * one, who calls this machine by its own name: a page of somebody else, whose name leads here all
 * of a sudden, is not answered.
 */
final class Gate {
  static final String COOKIE = "lakehouse";

  private static final String BEARER = "Bearer ";

  private final Optional<byte[]> token;
  private final byte[] session;
  private final String cookie;
  private final Set<String> names;

  Gate(String host, Optional<String> token) {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    this.cookie = HexFormat.of().formatHex(secret);
    this.session = digest(cookie);
    this.token = token.map(Gate::digest);
    Set<String> known = new HashSet<>(List.of("localhost", "127.0.0.1", "[::1]"));
    known.add(host.contains(":") ? "[" + host + "]" : host.toLowerCase(Locale.ROOT));
    this.names = Set.copyOf(known);
  }

  /** Digests are of one length: comparing them tells nothing about it. */
  private static byte[] digest(String secret) {
    return Digests.newSha256().digest(secret.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Lets a request pass.
   *
   * @throws Refusal 401 or 421
   */
  void require(Exchange exchange) {
    if (!lets(exchange)) {
      throw token.isPresent()
          ? new Refusal(
              401, "This service asks for its token. Send it as 'Authorization: Bearer TOKEN'")
          : new Refusal(
              421,
              "This service answers this machine alone, as localhost or 127.0.0.1, and was called"
                  + " by another name. Start it with --host and --token-file to answer others");
    }
  }

  /** Whether a request may pass. */
  boolean lets(Exchange exchange) {
    return token.isPresent() ? shows(exchange) : isOwnName(exchange.header("Host").orElse(""));
  }

  /**
   * Lets a request pass that changes something: one of a program, or of a page that came from here.
   *
   * @throws Refusal 403 if a browser sends it for a page from elsewhere
   */
  void requireOwnPage(Exchange exchange) {
    boolean isOwn =
        exchange
            .header("Sec-Fetch-Site") // no page can send another, but not all browsers have it
            .map("same-origin"::equals)
            .orElseGet(
                () ->
                    exchange
                        .header("Origin")
                        .map(origin -> authority(origin).equals(exchange.header("Host").orElse("")))
                        .orElse(true));
    if (!isOwn) {
      throw new Refusal(403, "A page that does not come from this service may change nothing here");
    }
  }

  private static String authority(String origin) {
    return origin.replaceFirst("^https?://", "");
  }

  private boolean isOwnName(String host) {
    return names.contains(host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT));
  }

  private boolean shows(Exchange exchange) {
    boolean bearer =
        exchange
            .header("Authorization")
            .filter(header -> header.startsWith(BEARER))
            .map(header -> isToken(header.substring(BEARER.length()).strip()))
            .orElse(false);
    return bearer
        || Optional.ofNullable(exchange.context().cookie(COOKIE))
            .map(shown -> MessageDigest.isEqual(digest(shown), session))
            .orElse(false);
  }

  boolean isToken(String shown) {
    return token.map(known -> MessageDigest.isEqual(digest(shown), known)).orElse(false);
  }

  /** For browsers, which cannot send a header with a picture. */
  String setCookie() {
    return "%s=%s; Path=/; HttpOnly; SameSite=Strict".formatted(COOKIE, cookie);
  }
}
