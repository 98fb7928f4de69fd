// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.dist;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/** A real S3 server with one bucket, as a process of its own. */
final class S3Server implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String BUCKET = "data";
  private static final String KEY = "someone";
  private static final String SECRET = "not-a-secret";

  private final Path folder;
  private final int port;
  private final Process process;

  private S3Server(Path folder, int port, Process process) {
    this.folder = folder;
    this.port = port;
    this.process = process;
  }

  /** Starts one over an empty bucket. */
  static S3Server in(Path folder) throws Exception {
    Path jars = Path.of(System.getProperty("lakehouse.test.s3"));
    assertThat(jars).as("mvn -f test-servers/s3 generate-resources puts it there").exists();
    Files.createDirectories(folder.resolve("store").resolve(BUCKET));
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
    S3Server server = new S3Server(folder, port, process);
    server.awaitStart();
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
        assertThat(process.isAlive() && System.nanoTime() < end)
            .as(Files.readString(folder.resolve("server.log")))
            .isTrue();
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
  }

  /** Where something is in the bucket. */
  String uri(String path) {
    return "s3a://" + BUCKET + "/" + path;
  }

  /** What tells a Spark of this server, as README.md has it; its keys stand in {@link #profile}. */
  List<String> settings() {
    return List.of(
        "--spark-conf",
        "spark.hadoop.fs.s3a.endpoint=http://127.0.0.1:" + port,
        "--spark-conf",
        "spark.hadoop.fs.s3a.path.style.access=true");
  }

  /** An environment that names a file with the keys, and no keys. */
  Map<String, String> profile() throws IOException {
    Path profile =
        Files.write(
            folder.resolve("credentials"),
            List.of("[default]", "aws_access_key_id=" + KEY, "aws_secret_access_key=" + SECRET));
    return Map.of("AWS_CREDENTIAL_PROFILES_FILE", profile.toString());
  }

  /** Puts an object into the bucket. */
  void put(String path, byte[] bytes) throws IOException {
    Configuration hadoop = new Configuration();
    hadoop.set("fs.s3a.endpoint", "http://127.0.0.1:" + port);
    hadoop.set("fs.s3a.path.style.access", "true");
    hadoop.set("fs.s3a.access.key", KEY);
    hadoop.set("fs.s3a.secret.key", SECRET);
    try (FileSystem files = FileSystem.newInstance(URI.create(uri("")), hadoop);
        OutputStream out = files.create(new org.apache.hadoop.fs.Path(uri(path)))) {
      out.write(bytes);
    }
  }

  void put(String path, String text) throws IOException {
    put(path, text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
