// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.torture;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a client asked an S3 server for.
 *
 * @param number 1, 2, 3, … since counting began
 * @param method of HTTP
 * @param path percent-encoded, with the bucket
 * @param query as it was sent; empty where there is none
 * @param headers by their names in lower case
 */
public record S3Request(
    long number, String method, String path, String query, Map<String, String> headers) {

  /** As who bills for requests counts them, with what is worth to be told apart. */
  public enum Kind {
    GET,
    HEAD,
    LIST,
    PUT,
    COPY,
    MULTIPART,
    DELETE
  }

  /** What kind of request it is. */
  public Kind kind() {
    return switch (method) {
      case "GET" -> isOfBucket() ? Kind.LIST : Kind.GET;
      case "HEAD" -> Kind.HEAD;
      case "PUT" -> put();
      case "POST" -> asks("delete") ? Kind.DELETE : Kind.MULTIPART;
      case "DELETE" -> asks("uploadId") ? Kind.MULTIPART : Kind.DELETE;
      default -> throw new IllegalArgumentException("Nobody asks S3 by " + method);
    };
  }

  private boolean isOfBucket() {
    return path.indexOf('/', 1) < 0 || path.indexOf('/', 1) == path.length() - 1;
  }

  private Kind put() {
    if (headers.containsKey("x-amz-copy-source")) {
      return Kind.COPY;
    }
    return asks("uploadId") ? Kind.MULTIPART : Kind.PUT;
  }

  private boolean asks(String parameter) {
    return Arrays.stream(query.split("&"))
        .anyMatch(each -> each.equals(parameter) || each.startsWith(parameter + "="));
  }

  /** A value of the query, percent-encoded. */
  Optional<String> parameter(String name) {
    return Arrays.stream(query.split("&"))
        .filter(each -> each.startsWith(name + "="))
        .map(each -> each.substring(name.length() + 1))
        .findFirst();
  }

  /** What a client repeats when it asks again. */
  String target() {
    return method + " " + path + "?" + query;
  }

  @Override
  public String toString() {
    return kind().name().toLowerCase(Locale.ROOT)
        + " "
        + path
        + (query.isEmpty() ? "" : "?" + query);
  }
}
