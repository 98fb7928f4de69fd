// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline.sweep;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.jobs.pipeline.sweep.Leftovers.Kind;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * What ingests that died had put aside of their listings.
 *
 * @param folder with a folder for each ingest
 */
record ListingSweep(Path folder, Configuration hadoop, Instant horizon) {

  List<Sweep> sweeps() {
    try {
      FileSystem files = folder.getFileSystem(hadoop);
      List<Path> dead = new ArrayList<>();
      long bytes = 0;
      long oldest = Long.MAX_VALUE;
      for (FileStatus ingest : files.listStatus(folder)) {
        Contents contents = contents(files, ingest);
        if (contents.newest() < horizon.toEpochMilli()) {
          dead.add(ingest.getPath());
          bytes += contents.bytes();
          oldest = Math.min(oldest, contents.newest());
        }
      }
      return dead.isEmpty() ? List.of() : List.of(sweep(files, dead, bytes, oldest));
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private record Contents(long newest, long bytes) {}

  private static Contents contents(FileSystem files, FileStatus ingest) throws IOException {
    long newest = ingest.getModificationTime();
    long bytes = 0;
    RemoteIterator<LocatedFileStatus> listing = files.listFiles(ingest.getPath(), true);
    while (listing.hasNext()) {
      FileStatus file = listing.next();
      newest = Math.max(newest, file.getModificationTime());
      bytes += file.getLen();
    }
    return new Contents(newest, bytes);
  }

  private Sweep sweep(FileSystem files, List<Path> dead, long bytes, long oldest) {
    Leftovers found =
        new Leftovers(
            Kind.LISTINGS,
            folder.toString(),
            dead.size(),
            bytes,
            Optional.of(Instant.ofEpochMilli(oldest)));
    return new Sweep(found, () -> dead.forEach(ingest -> delete(files, ingest)));
  }

  private void delete(FileSystem files, Path ingest) {
    try {
      files.delete(ingest, true);
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private LakehouseException unreachable(IOException e) {
    return LakehouseException.because(
        e, ErrorCode.TRANSIENT, "Cannot look through %s: %s", folder, e.getMessage());
  }
}
