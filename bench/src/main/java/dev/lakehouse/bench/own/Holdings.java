// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench.own;

import dev.lakehouse.core.embed.WarmEncoders;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What this process holds, after a full collection.
 *
 * @param rssMib resident memory
 * @param peakRssMib the most of it so far
 * @param heapMib used heap
 * @param threads threads of the process, those of natives too, but for Spark's pools of a hundred
 *     that end after a minute of rest: they are there where rounds take less than that
 * @param files open file handles
 * @param tensors arrays of the models' library that are alive
 * @param managers owners of such arrays that are alive
 * @param sessions native sessions opened so far
 * @param leases of models
 */
public record Holdings(
    long rssMib,
    long peakRssMib,
    long heapMib,
    long threads,
    long files,
    long tensors,
    long managers,
    long sessions,
    long leases) {
  private static final long MIB = 1 << 20;
  private static final List<String> SPARKS_POOLS = List.of("block-manager-", "broadcast-exchange-");

  static Holdings now() throws IOException {
    String histogram = histogram(); // collects first
    Runtime heap = Runtime.getRuntime();
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return new Holdings(
          status("VmRSS:") / 1024,
          status("VmHWM:") / 1024,
          (heap.totalMemory() - heap.freeMemory()) / MIB,
          status("Threads:") - pooled(),
          files.count(),
          instances(histogram, "OrtNDArray"),
          instances(histogram, "OrtNDManager"),
          WarmEncoders.nativeSessions(),
          WarmEncoders.leases());
    }
  }

  private static long pooled() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> SPARKS_POOLS.stream().anyMatch(name::startsWith))
        .count();
  }

  private static long status(String key) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith(key))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }

  /** Classes with the number of their objects that are alive, as {@code jcmd} prints them. */
  private static String histogram() {
    try {
      return (String)
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  new ObjectName("com.sun.management:type=DiagnosticCommand"),
                  "gcClassHistogram",
                  new Object[] {new String[0]},
                  new String[] {String[].class.getName()});
    } catch (JMException e) {
      throw new IllegalStateException("This Java counts no objects", e);
    }
  }

  private static long instances(String histogram, String simpleName) {
    return Arrays.stream(histogram.split("\n"))
        .map(line -> line.trim().split("\\s+"))
        .filter(part -> part.length > 3 && part[3].endsWith("." + simpleName))
        .mapToLong(part -> Long.parseLong(part[1]))
        .sum();
  }
}
