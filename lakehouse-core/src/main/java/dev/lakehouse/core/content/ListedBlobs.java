// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** The files of a store in a Hadoop file system. */
final class ListedBlobs {

  private ListedBlobs() {}

  static void below(FileSystem files, Path root, Consumer<StoredFile> seen) throws IOException {
    int prefix = files.makeQualified(root).toUri().getPath().length() + 1;
    try {
      RemoteIterator<LocatedFileStatus> listing = files.listFiles(root, true);
      while (listing.hasNext()) {
        LocatedFileStatus file = listing.next();
        seen.accept(
            new StoredFile(
                file.getPath().toUri().getPath().substring(prefix),
                file.getLen(),
                Instant.ofEpochMilli(file.getModificationTime())));
      }
    } catch (FileNotFoundException e) {
      return; // nothing was ever stored
    }
  }
}
