// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.url;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ServerSocketFactory;

/**
 * A web server on this machine that answers byte for byte what a test says, and tells all it saw.
 */
public final class ScriptedServer implements AutoCloseable {
  private final ServerSocket socket;
  private final Map<String, Script> scripts = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "scripted-server");
            thread.setDaemon(true);
            return thread;
          });

  /** What is answered; the connection ends when it returns. */
  public interface Script {
    void answer(Request request, OutputStream out) throws Exception;
  }

  /**
   * A request as it came over the wire.
   *
   * @param target of the request line
   * @param headers by name in lower case
   */
  public record Request(String target, Map<String, String> headers) {}

  private ScriptedServer(ServerSocket socket) {
    this.socket = socket;
    threads.execute(this::accept);
  }

  /** A server at 127.0.0.1. */
  public static ScriptedServer start() throws IOException {
    return at("127.0.0.1");
  }

  /** A server at an address of this machine. */
  public static ScriptedServer at(String address) throws IOException {
    return at(address, ServerSocketFactory.getDefault());
  }

  static ScriptedServer at(String address, ServerSocketFactory sockets) throws IOException {
    return new ScriptedServer(sockets.createServerSocket(0, 100, InetAddress.getByName(address)));
  }

  /** Says what a path answers. */
  public ScriptedServer on(String path, Script script) {
    scripts.put(path, script);
    return this;
  }

  /** The same for content with headers such as {@code ETag: "1"}. */
  public ScriptedServer on(String path, byte[] body, String... headers) {
    return on(path, (request, out) -> send(out, "200 OK", body, headers));
  }

  /** Writes an answer. */
  public static void send(OutputStream out, String status, byte[] body, String... headers)
      throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + "\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    out.write(body);
    out.flush();
  }

  /** A URL of this server. */
  public String url(String target) {
    return "http://%s:%d%s"
        .formatted(socket.getInetAddress().getHostAddress(), socket.getLocalPort(), target);
  }

  int port() {
    return socket.getLocalPort();
  }

  /** All that was asked, in order. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** How often a path was asked for. */
  public long asked(String path) {
    return requests.stream().filter(request -> request.target().equals(path)).count();
  }

  /** Forgets what was asked. */
  public void forget() {
    requests.clear();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        threads.execute(() -> serve(connection));
      } catch (IOException e) {
        if (!socket.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
      String first = in.readLine();
      if (first == null) {
        return;
      }
      Map<String, String> headers = new TreeMap<>();
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        int colon = line.indexOf(':');
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
      Request request = new Request(first.split(" ")[1], headers);
      requests.add(request);
      OutputStream out = connection.getOutputStream();
      Script script = scripts.get(request.target().replaceFirst("\\?.*$", ""));
      if (script == null) {
        send(out, "404 Not Found", new byte[0]);
      } else {
        script.answer(request, out);
      }
    } catch (Exception e) {
      // the client left, as it should from what never ends
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    threads.shutdownNow();
  }
}
