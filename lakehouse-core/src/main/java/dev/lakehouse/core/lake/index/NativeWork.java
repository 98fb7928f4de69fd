// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.index;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much the native threads of Lance have done so far: processor time spent, bytes read and
 * written. A number that stands still means that nothing is being done.
 *
 * <p>Linux tells it of each thread. Elsewhere it is the processor time of the process in steps of a
 * twentieth of the patience, since an idle JVM takes a little too.
 */
final class NativeWork {
  private static final Path TASKS = Path.of("/proc/self/task");

  /**
   * Names as the system keeps them, cut to 15 characters: ours, from which unnamed threads inherit,
   * and those of Lance and of the runtime under it.
   */
  private static final Set<String> NAMES =
      Set.of(LanceCall.THREAD, "lance-cpu", "tokio-runtime-w", "lance_background", "lance-io");

  private static final Pattern TIMES = Pattern.compile("\\) \\S(?: \\S+){10} (\\d+) (\\d+) ");
  private static final Pattern BYTES = Pattern.compile("(?:rchar|wchar): (\\d+)");

  private final long step;

  NativeWork(Duration patience) {
    this.step = Math.max(1, patience.toNanos() / 20);
  }

  /** What was done since the process began; comparable with an earlier reading only. */
  long done() {
    return Files.isDirectory(TASKS) ? ofThreads() : ofProcess() / step;
  }

  private static long ofThreads() {
    long done = 0;
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(TASKS)) {
      for (Path thread : threads) {
        done += of(thread);
      }
    } catch (IOException e) {
      return System.nanoTime(); // who cannot look must not call it standing still
    }
    return done;
  }

  private static long of(Path thread) {
    try {
      if (!NAMES.contains(Files.readString(thread.resolve("comm")).strip())) {
        return 0;
      }
      return sum(TIMES, Files.readString(thread.resolve("stat")))
          + sum(BYTES, Files.readString(thread.resolve("io")));
    } catch (IOException e) {
      return 0; // it has ended meanwhile
    }
  }

  private static long sum(Pattern numbers, String text) {
    long sum = 0;
    for (Matcher found = numbers.matcher(text); found.find(); ) {
      for (String number : groups(found)) {
        sum += Long.parseLong(number);
      }
    }
    return sum;
  }

  private static List<String> groups(Matcher found) {
    return found.groupCount() == 1
        ? List.of(found.group(1))
        : List.of(found.group(1), found.group(2));
  }

  private static long ofProcess() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : System.nanoTime();
  }
}
