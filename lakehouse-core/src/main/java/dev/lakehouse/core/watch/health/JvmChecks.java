// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.health;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.codec.picture.ImageCodec;
import dev.lakehouse.core.lake.index.LanceThreads;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The JVM and the machine under it. */
final class JvmChecks {
  private static final long MIB = 1L << 20;
  private static final long MIN_HEAP = 1024 * MIB;

  /** Lance and ONNX Runtime unpack about 200 MiB of natives in each JVM. */
  private static final long MIN_SCRATCH = 512 * MIB;

  private JvmChecks() {}

  static List<Check> all() {
    return List.of(java(), heap(), scratch(), decoders(), lance());
  }

  private static Check java() {
    int feature = Runtime.version().feature();
    String found = "%s (%s)".formatted(Runtime.version(), System.getProperty("java.vendor"));
    return feature == 17
        ? Check.ok("java", "version", found)
        : Check.fail("java", "version", found, "Run with Java 17: Spark 3.5 supports no newer one");
  }

  private static Check heap() {
    long heap = Runtime.getRuntime().maxMemory();
    String found =
        "%d MiB heap, %d cores".formatted(heap / MIB, Runtime.getRuntime().availableProcessors());
    return heap >= MIN_HEAP
        ? Check.ok("memory", "heap", found)
        : Check.warn(
            "memory", "heap", found, "Give at least 1 GiB: --spark-conf spark.driver.memory=2g");
  }

  private static Check scratch() {
    Path scratch = Path.of(System.getProperty("java.io.tmpdir"));
    try {
      FileStore store = Files.getFileStore(scratch);
      String found = "%d MiB free in %s".formatted(store.getUsableSpace() / MIB, scratch);
      return store.getUsableSpace() >= MIN_SCRATCH
          ? Check.ok("java", "scratch space", found)
          : Check.fail("java", "scratch space", found, "Point LAKEHOUSE_TMP to a larger disk");
    } catch (IOException e) {
      return Check.fail(
          "java", "scratch space", scratch + " cannot be used", "Point LAKEHOUSE_TMP elsewhere");
    }
  }

  private static Check decoders() {
    try {
      return Check.ok("natives", "picture decoders", ImageCodec.nativeDecoders());
    } catch (LinkageError e) {
      return Check.fail(
          "natives",
          "picture decoders",
          String.valueOf(e.getMessage()),
          "Run on Linux with glibc or on macOS with ARM, and give LAKEHOUSE_TMP some space");
    }
  }

  private static Check lance() {
    try {
      return lance(LanceThreads.inForce());
    } catch (LakehouseException | LinkageError e) {
      return Check.fail(
          "natives",
          "Lance",
          String.valueOf(e.getMessage()),
          "Run on Linux or on macOS with ARM, and give LAKEHOUSE_TMP some space");
    }
  }

  static Check lance(LanceThreads threads) {
    String found =
        "%d threads, %d workers of a full-text index".formatted(threads.pool(), threads.workers());
    return threads
        .refused()
        .map(
            why ->
                Check.fail(
                    "natives",
                    "Lance",
                    "%s; took %s".formatted(why, found),
                    "Unset both in the environment, or set %s".formatted(threads.assignment())))
        .orElseGet(() -> Check.ok("natives", "Lance", found));
  }
}
