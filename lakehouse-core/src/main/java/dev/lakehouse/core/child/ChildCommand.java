// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.child;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * How a child JVM is started: small, quick to come up, without anything of ours.
 *
 * @param classPath asked for anew with each start, since what was unpacked may have gone
 */
record ChildCommand(Supplier<List<Path>> classPath, String main, long heapBytes) {
  private static final long KIB = 1024;

  String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /**
   * The command line.
   *
   * @param folder for what it writes; gone with it
   */
  List<String> line(Path folder) {
    List<String> line = new ArrayList<>();
    line.add(java());
    line.add("-Xmx%dk".formatted(heapBytes / KIB));
    line.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-UsePerfData",
            "-Xshare:auto",
            "-Djava.awt.headless=true",
            "-Dfile.encoding=UTF-8",
            "-Dsun.jnu.encoding=" + System.getProperty("sun.jnu.encoding"), // of names of files
            "-Djava.io.tmpdir=" + folder));
    line.add("-cp");
    line.add(
        classPath.get().stream()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator)));
    line.add(main);
    return line;
  }
}
