// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.serve;

import static java.util.Objects.requireNonNull;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Hindrance;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a service listens, whom it answers, and what it may take.
 *
 * @param host name or address that it listens on
 * @param port 0 for any that is free
 * @param token that everybody has to show; empty where only this machine can reach it
 * @param queries whether the access log shows what was asked for
 * @param reviewing whether reviewers may look at what waits for them, and decide
 * @param limits what it may take
 */
public record ServiceOptions(
    String host,
    int port,
    Optional<String> token,
    QueryLog queries,
    Reviewing reviewing,
    ServiceLimits limits) {
  /** Where it listens when nobody says so. */
  public static final String LOOPBACK = "127.0.0.1";

  public static final int PORT = 7878;

  private static final int LEAST_TOKEN = 16;

  /** Whether the access log shows what was asked for. */
  public enum QueryLog {
    HIDDEN,
    SHOWN
  }

  /** Whether reviewers may look at what waits for them, and decide. */
  public enum Reviewing {
    /** Nothing of what is not published is shown, and nothing is written. */
    REFUSED,
    ALLOWED
  }

  public ServiceOptions {
    requireNonNull(host, "host is null");
    requireNonNull(queries, "queries is null");
    requireNonNull(reviewing, "reviewing is null");
    requireNonNull(limits, "limits is null");
    if (port < 0 || port > 65_535) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Invalid --port: %d (must be between 0 and 65535; 0 takes any that is free)",
          port);
    }
    if (token.isEmpty() && !isLoopback(host)) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Cannot listen on %s without a token: everybody who reaches this machine could read what is"
              + " published. Give a file with a token with --token-file, or leave --host out to"
              + " answer this machine alone",
          host);
    }
    token.ifPresent(ServiceOptions::requireLong);
  }

  private static void requireLong(String token) {
    if (token.length() < LEAST_TOKEN || !token.matches("[!-~]+")) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "The token is no good: expected at least %d visible ASCII characters, found %d. 'openssl"
              + " rand -hex 32' writes one",
          LEAST_TOKEN,
          token.length());
    }
  }

  /** As the settings say, for this machine alone. */
  public static ServiceOptions from(Settings settings) {
    return new ServiceOptions(
        LOOPBACK,
        PORT,
        Optional.empty(),
        QueryLog.HIDDEN,
        Reviewing.REFUSED,
        ServiceLimits.from(settings));
  }

  /** The same at another place. */
  public ServiceOptions at(String newHost, int newPort, Optional<String> newToken) {
    return new ServiceOptions(newHost, newPort, newToken, queries, reviewing, limits);
  }

  /** The same with another access log. */
  public ServiceOptions with(QueryLog newQueries) {
    return new ServiceOptions(host, port, token, newQueries, reviewing, limits);
  }

  /** The same for reviewers, or not. */
  public ServiceOptions with(Reviewing newReviewing) {
    return new ServiceOptions(host, port, token, queries, newReviewing, limits);
  }

  /**
   * The token in a file, without white space around it.
   *
   * @throws LakehouseException if the file cannot be read
   */
  public static String token(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw LakehouseException.because(
          e,
          ErrorCode.CONFIG_INVALID,
          "Cannot read token %s: %s. Name a file that holds nothing but the token",
          file,
          Hindrance.words(e));
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw LakehouseException.because(
          e,
          ErrorCode.CONFIG_INVALID,
          "Cannot listen on %s: nobody knows that host. Give an address of this machine with --host,"
              + " such as 0.0.0.0 for all of them",
          host);
    }
  }
}
