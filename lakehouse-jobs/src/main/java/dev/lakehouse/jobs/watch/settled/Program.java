// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.watch.settled;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.udfs.ItemsDone;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which build of the program this is: another may do more with the same lake. */
final class Program {
  private Program() {}

  /** What tells this build from the next: the jars of it, each with its size and time. */
  static String mark() {
    return Stream.of(LakehouseException.class, ItemsDone.class, Program.class)
        .map(Program::mark)
        .collect(Collectors.joining("\n"));
  }

  private static String mark(Class<?> part) {
    CodeSource source = part.getProtectionDomain().getCodeSource();
    if (source == null) { // nobody but a class loader of its own has none
      return part.getName();
    }
    try {
      Path jar = Path.of(source.getLocation().toURI());
      return "%s %d %s".formatted(jar, Files.size(jar), Files.getLastModifiedTime(jar));
    } catch (IOException | URISyntaxException | RuntimeException e) {
      return source.getLocation().toString();
    }
  }
}
