// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.torture;

import dev.lakehouse.core.access.HadoopSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/**
 * A real S3 server with one bucket, as a process of its own, and the way to it, on which requests
 * may go wrong.
 */
public final class S3Server implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String KEY = "someone";
  private static final String SECRET = "not-a-secret";

  private final Path folder;

  /** Of its own, since Hadoop keeps its client of a bucket for as long as the JVM lives. */
  private final String bucket = "data-" + UUID.randomUUID();

  private final int port;
  private final S3Proxy way;
  private final Process process;

  private S3Server(Path folder, int port, S3Proxy way, Process process) {
    this.folder = folder;
    this.port = port;
    this.way = way;
    this.process = process;
  }

  /**
   * Starts one over an empty bucket.
   *
   * @param folder for its files
   */
  public static S3Server in(Path folder) throws Exception {
    return in(folder, Path.of(System.getProperty("lakehouse.test.s3")));
  }

  /**
   * The same.
   *
   * @param jars of the server, as {@code mvn -f test-servers/s3 generate-resources} puts them
   */
  public static S3Server in(Path folder, Path jars) throws Exception {
    Files.createDirectories(folder.resolve("store"));
    int port = freePort();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Dlogback.configurationFile=" + quiet(folder),
                "-cp",
                jars.resolve("*").toString(),
                "org.gaul.s3proxy.Main",
                "--properties",
                settings(folder, port).toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("server.log").toFile())
            .start();
    S3Server server = new S3Server(folder, port, S3Proxy.before(port), process);
    server.awaitStart();
    Files.createDirectory(folder.resolve("store").resolve(server.bucket));
    return server;
  }

  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return any.getLocalPort();
    }
  }

  private static Path quiet(Path folder) throws IOException {
    return Files.writeString(
        folder.resolve("logback.xml"),
        """
        <configuration>
          <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
            <encoder><pattern>%d %-5level %logger{20} %msg%n</pattern></encoder>
          </appender>
          <root level="WARN"><appender-ref ref="out"/></root>
        </configuration>
        """);
  }

  private static Path settings(Path folder, int port) throws IOException {
    return Files.write(
        folder.resolve("server.properties"),
        List.of(
            "s3proxy.endpoint=http://127.0.0.1:" + port,
            "s3proxy.authorization=aws-v2-or-v4",
            "s3proxy.identity=" + KEY,
            "s3proxy.ignore-unknown-headers=true", // the token of keys that are lent
            "s3proxy.credential=" + SECRET,
            "jclouds.provider=filesystem-nio2",
            "jclouds.identity=local",
            "jclouds.credential=local",
            "jclouds.filesystem.basedir=" + folder.resolve("store")));
  }

  private void awaitStart() throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try (Socket ignored = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() > end) {
          throw new IllegalStateException(
              "The S3 server did not start: " + Files.readString(folder.resolve("server.log")), e);
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
  }

  /** The way to it that clients take. */
  public S3Proxy way() {
    return way;
  }

  /** Where something is in the bucket. */
  public String uri(String path) {
    return "s3a://" + bucket + "/" + path;
  }

  /** What tells Hadoop of this server; no keys. */
  public Map<String, String> place() {
    return Map.of(
        "fs.s3a.endpoint", "http://127.0.0.1:" + way.port(), "fs.s3a.path.style.access", "true");
  }

  /** What tells Hadoop of this server, keys included. */
  public Map<String, String> access() {
    Map<String, String> access = new HashMap<>(place());
    access.put("fs.s3a.access.key", KEY);
    access.put("fs.s3a.secret.key", SECRET);
    return access;
  }

  /** What tells the launcher of this server, as README.md has it; keys are {@link #profile}. */
  public List<String> settings() {
    return place().entrySet().stream()
        .flatMap(
            entry ->
                Stream.of(
                    "--spark-conf", "spark.hadoop." + entry.getKey() + "=" + entry.getValue()))
        .toList();
  }

  /** An environment that names a file with the keys, and no keys. */
  public Map<String, String> profile() throws IOException {
    Path profile =
        Files.write(
            folder.resolve("credentials"),
            List.of("[default]", "aws_access_key_id=" + KEY, "aws_secret_access_key=" + SECRET));
    return Map.of("AWS_CREDENTIAL_PROFILES_FILE", profile.toString());
  }

  /** Puts an object into the bucket, past the way. */
  public void put(String path, byte[] bytes) throws IOException {
    Configuration hadoop = HadoopSettings.configuration(access());
    hadoop.set("fs.s3a.endpoint", "http://127.0.0.1:" + port);
    try (FileSystem files = FileSystem.newInstance(URI.create(uri("")), hadoop);
        OutputStream out = files.create(new org.apache.hadoop.fs.Path(uri(path)))) {
      out.write(bytes);
    }
  }

  public void put(String path, String text) throws IOException {
    put(path, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Puts the files of a folder into the bucket, those below others too. */
  public void putAll(Path folder, String path) throws IOException {
    Configuration hadoop = HadoopSettings.configuration(access());
    try (FileSystem files = FileSystem.newInstance(URI.create(uri("")), hadoop)) {
      files.copyFromLocalFile(
          new org.apache.hadoop.fs.Path(folder.toUri()), new org.apache.hadoop.fs.Path(uri(path)));
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    way.close();
    process.destroyForcibly().waitFor();
  }
}
