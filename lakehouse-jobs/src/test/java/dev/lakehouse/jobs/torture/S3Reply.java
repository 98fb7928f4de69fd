// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.torture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/**
 * An answer of HTTP as a whole.
 *
 * @param status line, without its end
 * @param headers without those that tell how long the body is
 * @param length that a header told of what is not sent, as for HEAD; else of the body
 */
public record S3Reply(String status, List<String> headers, byte[] body, String length) {
  private static final String LENGTH = "content-length:";
  private static final List<String> OF_THE_CONNECTION =
      List.of(LENGTH, "transfer-encoding:", "connection:", "keep-alive:");

  public S3Reply {
    headers = List.copyOf(headers);
  }

  static S3Reply refusal(int status, String code, String message) {
    byte[] body =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <Error><Code>%s</Code><Message>%s</Message><RequestId>1</RequestId></Error>
        """
            .formatted(code, message)
            .getBytes(StandardCharsets.UTF_8);
    return of("HTTP/1.1 " + status + " " + code, List.of("Content-Type: application/xml"), body);
  }

  private static S3Reply of(String status, List<String> headers, byte[] body) {
    return new S3Reply(status, headers, body, String.valueOf(body.length));
  }

  /** Reads what a server sent until it closed the connection. */
  static S3Reply parse(byte[] sent, String method) throws IOException {
    String text = new String(sent, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      throw new IOException("The server closed the connection within its answer: " + text);
    }
    List<String> lines = List.of(text.substring(0, end).split("\r\n"));
    if (lines.get(0).startsWith("HTTP/1.1 100")) {
      return parse(text.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1), method);
    }
    List<String> headers = lines.subList(1, lines.size());
    byte[] raw = text.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1);
    boolean chunked = header(headers, "transfer-encoding:").anyMatch(it -> it.contains("chunked"));
    byte[] body = chunked ? unchunked(raw) : raw;
    List<String> kept =
        headers.stream().filter(line -> OF_THE_CONNECTION.stream().noneMatch(is(line))).toList();
    String length = String.valueOf(body.length);
    if (method.equals("HEAD")) {
      length = header(headers, LENGTH).findFirst().orElse("0");
    }
    return new S3Reply(lines.get(0), kept, body, length);
  }

  private static java.util.function.Predicate<String> is(String line) {
    return name -> line.toLowerCase(Locale.ROOT).startsWith(name);
  }

  private static Stream<String> header(List<String> headers, String name) {
    return headers.stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name))
        .map(line -> line.substring(name.length()).strip());
  }

  private static byte[] unchunked(byte[] raw) {
    String text = new String(raw, StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int at = 0;
    while (true) {
      int lineEnd = text.indexOf("\r\n", at);
      int size = Integer.parseInt(text.substring(at, lineEnd).split(";")[0].strip(), 16);
      if (size == 0) {
        return body.toByteArray();
      }
      body.write(raw, lineEnd + 2, size);
      at = lineEnd + 2 + size + 2;
    }
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** With something else in all places that match. */
  S3Reply withText(Function<String, Matcher> matcher, String other) {
    return with(matcher.apply(text()).replaceAll(Matcher.quoteReplacement(other)));
  }

  /** With something else in the first place that matches. */
  S3Reply withFirst(Function<String, Matcher> matcher, String other) {
    return with(matcher.apply(text()).replaceFirst(Matcher.quoteReplacement(other)));
  }

  private S3Reply with(String text) {
    return of(status, headers, text.getBytes(StandardCharsets.UTF_8));
  }

  void send(OutputStream out, String method) throws IOException {
    StringBuilder head = new StringBuilder(status).append("\r\n");
    headers.forEach(line -> head.append(line).append("\r\n"));
    if (!status.startsWith("HTTP/1.1 204") && !status.startsWith("HTTP/1.1 304")) {
      head.append("Content-Length: ").append(length).append("\r\n");
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    if (!method.equals("HEAD")) {
      whole.writeBytes(body);
    }
    whole.writeTo(out);
    out.flush();
  }
}
