// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.index;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;

/**
 * What of an index no release needs and nothing else can be about to use.
 *
 * @param tags of releases that there are not, or that were given up
 * @param versions that no kept tag names
 * @param files that only those versions hold, or none
 * @param oldest when the oldest of them was made
 */
public record IndexLeftovers(
    List<String> tags, List<Long> versions, List<FileStatus> files, Optional<Instant> oldest) {

  public IndexLeftovers {
    tags = List.copyOf(tags);
    versions = List.copyOf(versions);
    files = List.copyOf(files);
  }

  /** Whether there is nothing. */
  public boolean isEmpty() {
    return tags.isEmpty() && versions.isEmpty() && files.isEmpty();
  }

  /** How long the files are together. */
  public long bytes() {
    return files.stream().mapToLong(FileStatus::getLen).sum();
  }
}
