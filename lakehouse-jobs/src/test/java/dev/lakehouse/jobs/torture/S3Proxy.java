// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.torture;

import dev.lakehouse.jobs.torture.S3Request.Kind;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The way to a real S3 server: counts what passes, and lets requests go wrong. What it passes on is
 * what the client sent, with the host that was signed.
 */
public final class S3Proxy implements AutoCloseable {
  private static final byte[] GO_ON =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

  private final ServerSocket listener;
  private final int server;
  private final List<S3Request> seen = new ArrayList<>();
  private Predicate<S3Request> struck = request -> false;
  private S3Fault fault = S3Fault.slowDown();
  private int left;

  private S3Proxy(ServerSocket listener, int server) {
    this.listener = listener;
    this.server = server;
  }

  /**
   * A way on which nothing goes wrong yet.
   *
   * @param server port of this machine
   */
  public static S3Proxy before(int server) throws IOException {
    S3Proxy proxy = new S3Proxy(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()), server);
    daemon("s3-proxy", proxy::accept);
    return proxy;
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Where clients find it on this machine. */
  public int port() {
    return listener.getLocalPort();
  }

  /** From now on nothing goes wrong; counting begins anew. */
  public void peace() {
    strike(request -> false, S3Fault.slowDown(), 0);
  }

  /** Counting begins anew, and the first requests that fit go wrong. */
  public synchronized void strike(Predicate<S3Request> which, S3Fault how, int times) {
    seen.clear();
    struck = which;
    fault = how;
    left = times;
  }

  /** Fits each request when it is made for the first time, and none that is made again. */
  public static Predicate<S3Request> firstTime() {
    Set<String> before = new HashSet<>();
    return request -> before.add(request.target());
  }

  /** How many requests are still to go wrong. */
  public synchronized int left() {
    return left;
  }

  /** Everything that was asked since counting began. */
  public synchronized List<S3Request> seen() {
    return List.copyOf(seen);
  }

  /** How often since counting began. */
  public synchronized Map<Kind, Integer> counts() {
    Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    seen.forEach(request -> counts.merge(request.kind(), 1, Integer::sum));
    return counts;
  }

  private synchronized Optional<S3Fault> next(S3Request request) {
    seen.add(request);
    if (left == 0 || !struck.test(request)) {
      return Optional.empty();
    }
    left--;
    return Optional.of(fault);
  }

  private synchronized long number() {
    return seen.size() + 1L;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        daemon("s3-proxy-client", () -> serve(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      client.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(client.getInputStream());
      OutputStream out = new BufferedOutputStream(client.getOutputStream());
      boolean open = true;
      while (open) {
        open = pass(in, out);
      }
    } catch (IOException e) {
      // the client has gone, or is to think so
    }
  }

  /** One request; false where the connection is to be closed after it. */
  private boolean pass(InputStream in, OutputStream out) throws IOException {
    List<String> head = head(in);
    if (head.isEmpty()) {
      return false;
    }
    Map<String, String> headers = headers(head);
    if (headers.containsKey("transfer-encoding")) {
      throw new IOException("No client of S3 sends chunks of HTTP");
    }
    if (headers.containsKey("expect")) {
      out.write(GO_ON);
      out.flush();
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException();
    }
    String[] words = head.get(0).split(" ");
    String[] target = words[1].split("\\?", 2);
    Optional<S3Reply> reply;
    S3Request request;
    Optional<S3Fault> wrong;
    synchronized (this) {
      request =
          new S3Request(
              number(), words[0], target[0], target.length == 1 ? "" : target[1], headers);
      wrong = next(request);
    }
    S3Fault.Server asked = () -> ask(head, body, words[0]);
    reply = wrong.isPresent() ? wrong.get().reply(request, asked) : Optional.of(asked.ask());
    if (reply.isEmpty()) {
      return false;
    }
    reply.get().send(out, words[0]);
    return !"close".equalsIgnoreCase(headers.get("connection"));
  }

  private static List<String> head(InputStream in) throws IOException {
    List<String> lines = new ArrayList<>();
    while (true) {
      String line = line(in);
      if (line.isEmpty()) {
        return lines;
      }
      lines.add(line);
    }
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  private static Map<String, String> headers(List<String> head) {
    Map<String, String> headers = new HashMap<>();
    for (String line : head.subList(1, head.size())) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return headers;
  }

  /** Each request has a connection of its own behind this, which ends with the answer. */
  private S3Reply ask(List<String> head, byte[] body, String method) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server)) {
      socket.setTcpNoDelay(true);
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      for (String line : head) {
        String name = line.toLowerCase(Locale.ROOT);
        if (!name.startsWith("connection:") && !name.startsWith("expect:")) {
          whole.writeBytes((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        }
      }
      whole.writeBytes("Connection: close\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
      whole.writeBytes(body);
      whole.writeTo(socket.getOutputStream());
      socket.getOutputStream().flush();
      return S3Reply.parse(socket.getInputStream().readAllBytes(), method);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
