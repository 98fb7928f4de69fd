// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.folder;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.connect.FileState;
import dev.lakehouse.core.connect.HadoopFileSystems;
import dev.lakehouse.core.connect.Offer;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RemoteIterator;

/** A folder of any file system that Hadoop reaches. */
final class HadoopTree extends TreeWalk<FileStatus> {
  private final FileSystem files;

  /** Before anything was listed: what changed after that may change again unseen. */
  private final Instant begun = Instant.now();

  HadoopTree(String rootUri, Map<String, String> conf) throws IOException {
    this.files = HadoopFileSystems.of(rootUri, conf);
    start(files.getFileStatus(HadoopFileSystems.path(rootUri)));
  }

  @Override
  List<FileStatus> entries(FileStatus folder) throws IOException {
    List<FileStatus> entries = new ArrayList<>();
    RemoteIterator<FileStatus> listing = files.listStatusIterator(folder.getPath());
    while (listing.hasNext()) {
      entries.add(listing.next());
    }
    Collections.sort(entries); // by path
    return entries;
  }

  @Override
  String name(FileStatus entry) {
    return entry.getPath().getName();
  }

  @Override
  boolean isFolder(FileStatus entry) {
    return entry.isDirectory();
  }

  @Override
  Optional<Found> look(FileStatus entry) {
    return Optional.of(
        entry.isFile()
            ? Found.file(uri(entry), FileState.of(entry).mark(begun))
            : Found.refused(
                uri(entry),
                new Offer.Refused(ItemError.SOURCE_UNREADABLE, "Neither a file nor a folder")));
  }

  @Override
  Found unreadable(FileStatus entry, IOException cause) {
    ItemError code =
        cause instanceof FileNotFoundException
            ? ItemError.SOURCE_GONE
            : ItemError.SOURCE_UNREADABLE;
    return Found.refused(uri(entry), new Offer.Refused(code, "Cannot be looked at: " + cause));
  }

  private static String uri(FileStatus entry) {
    return HadoopFileSystems.uri(entry.getPath());
  }
}
