// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command.input;

import dev.lakehouse.core.connect.tar.TarSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What a folder of this machine is meant as, by the names of the files in it. */
final class FolderKind {
  /** What programs that write shards leave beside them. */
  private static final Set<String> BESIDE_SHARDS = Set.of("json", "parquet", "idx", "csv", "md");

  private FolderKind() {}

  /** Whether it holds tar shards and nothing that anybody would mean beside them. */
  static boolean isOfShards(Path folder) {
    List<String> names = names(folder);
    return names.stream().anyMatch(TarSource::isShard)
        && names.stream().allMatch(n -> TarSource.isShard(n) || BESIDE_SHARDS.contains(ending(n)));
  }

  /** Whether it is a Delta table. */
  static boolean isDelta(Path folder) {
    return Files.isDirectory(folder.resolve("_delta_log"));
  }

  /** Whether it is a Parquet file, or holds nothing but such. */
  static boolean isParquet(Path place) {
    List<String> names =
        Files.isRegularFile(place)
            ? List.of(place.getFileName().toString())
            : names(place).stream().filter(name -> !name.startsWith("_")).toList();
    return !names.isEmpty() && names.stream().allMatch(name -> ending(name).equals("parquet"));
  }

  private static String ending(String name) {
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  /** Of the files directly in a folder, hidden ones left out; none where it is no folder. */
  private static List<String> names(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of(); // opening the source tells what is wrong
    }
  }
}
