// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.dist;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Spark's own standalone master and workers, as processes of this test. */
public final class StandaloneCluster implements AutoCloseable {
  private static final String EXECUTOR = "CoarseGrainedExecutorBackend";

  private final Path sparkHome;
  private final Path folder;
  private final int port;
  private final List<Process> processes = new ArrayList<>();

  private StandaloneCluster(Path sparkHome, Path folder, int port) {
    this.sparkHome = sparkHome;
    this.folder = folder;
    this.port = port;
  }

  /**
   * Starts a master and workers of one core and 2 GiB each, and waits until they know each other.
   */
  public static StandaloneCluster start(Path sparkHome, Path folder, int workers) throws Exception {
    StandaloneCluster cluster = new StandaloneCluster(sparkHome, folder, freePort());
    cluster.process("master", "master.Master", "--port", String.valueOf(cluster.port));
    cluster.awaitInLog("master", "I have been elected leader", 1);
    for (int i = 0; i < workers; i++) {
      cluster.process(
          "worker" + i,
          "worker.Worker",
          "--cores",
          "1",
          "--memory",
          "2g",
          "--work-dir",
          folder.resolve("work" + i).toString(),
          "spark://" + cluster.address());
    }
    cluster.awaitInLog("master", "Registering worker", workers);
    return cluster;
  }

  public String address() {
    return "127.0.0.1:" + port;
  }

  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void process(String name, String daemon, String... args) throws IOException {
    Path log4j = folder.resolve("log4j2.properties");
    Files.writeString(
        log4j,
        """
        rootLogger.level = info
        rootLogger.appenderRef.stderr.ref = stderr
        appender.stderr.type = Console
        appender.stderr.name = stderr
        appender.stderr.target = SYSTEM_ERR
        appender.stderr.layout.type = PatternLayout
        appender.stderr.layout.pattern = %m%n
        """);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(SparkHome.javaOpens().split("\\s+")));
    command.addAll(
        List.of(
            "-Xmx256m",
            "-Dlog4j2.configurationFile=" + log4j,
            "-cp",
            sparkHome.resolve("jars") + "/*",
            "org.apache.spark.deploy." + daemon,
            "--host",
            "127.0.0.1",
            "--webui-port",
            "0"));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("SPARK_HOME", sparkHome.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.12");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    processes.add(builder.redirectErrorStream(true).redirectOutput(log(name).toFile()).start());
  }

  private Path log(String name) {
    return folder.resolve(name + ".log");
  }

  private void awaitInLog(String name, String words, int times) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(10);
    while (System.nanoTime() < deadline) {
      String text = Files.readString(log(name), StandardCharsets.UTF_8);
      if (text.split(words, -1).length > times) {
        return;
      }
      Thread.sleep(200);
    }
    throw new IllegalStateException("Not in time: " + Files.readString(log(name)));
  }

  /** The executors that run now. */
  public List<ProcessHandle> executors() {
    return processes.stream()
        .flatMap(Process::descendants)
        .filter(child -> commandLine(child).contains(EXECUTOR))
        .toList();
  }

  private static String commandLine(ProcessHandle process) {
    try (Stream<String> words =
        Stream.of(
            Files.readString(Path.of("/proc", String.valueOf(process.pid()), "cmdline"))
                .split("\0"))) {
      return words.reduce("", (a, b) -> a + " " + b);
    } catch (IOException e) {
      return ""; // gone meanwhile
    }
  }

  @Override
  public void close() throws InterruptedException {
    executors().forEach(ProcessHandle::destroyForcibly);
    for (Process process : processes) {
      process.destroyForcibly().waitFor();
    }
  }
}
