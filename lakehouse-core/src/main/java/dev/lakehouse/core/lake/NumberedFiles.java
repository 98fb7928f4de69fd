// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * Versions of something small: {@code <number>.json} in a folder, of which the newest is in force.
 * No file is ever changed, so a reader sees one version or the next, and of two that write a number
 * at once one does.
 *
 * @param folder of the files
 * @param hadoop settings of the storage
 */
public record NumberedFiles(String folder, Configuration hadoop) {
  private static final String NAME = "%020d.json";

  /** All numbers, the least first. */
  public List<Long> numbers() {
    Path root = new Path(folder);
    try {
      return Arrays.stream(root.getFileSystem(hadoop).listStatus(root))
          .map(FileStatus::getPath)
          .map(Path::getName)
          .filter(name -> name.matches("\\d{20}[.]json"))
          .map(name -> Long.valueOf(name.substring(0, 20)))
          .sorted()
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw LakehouseException.because(
          e, ErrorCode.TRANSIENT, "Cannot list %s: %s", folder, e.getMessage());
    }
  }

  /** The number of the newest, if there is one. */
  public OptionalLong newest() {
    return numbers().stream().mapToLong(Long::longValue).max();
  }

  /** What one says, if it is there. */
  public Optional<String> read(long number) {
    return file(number).read();
  }

  /** Writes one, and returns whether it was not there before. */
  public boolean put(long number, String text) {
    return file(number).put(text);
  }

  /** Where one is, for messages. */
  public String place(long number) {
    return file(number).path().toString();
  }

  private FirstFile file(long number) {
    return new FirstFile(new Path(folder, NAME.formatted(number)), hadoop);
  }
}
