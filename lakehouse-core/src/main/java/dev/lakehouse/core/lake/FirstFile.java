// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.util.Objects.requireNonNull;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.connect.volume.CommitByRename;
import dev.lakehouse.core.connect.volume.NewFile;
import io.delta.kernel.defaults.internal.logstore.LogStoreProvider;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A small file that is never changed: others see it whole or not at all, and of several who write
 * it at once one does.
 *
 * <p>On a local disk that is a hard link; elsewhere whatever Delta commits by there. Where nothing
 * can be linked or renamed it is created under its own name, and a part of it may be seen for a
 * moment.
 *
 * @param path of the file
 * @param hadoop settings of the storage
 */
record FirstFile(Path path, Configuration hadoop) {

  /** What it says, if it is there. */
  Optional<String> read() {
    try (InputStream in = path.getFileSystem(hadoop).open(path)) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw LakehouseException.because(
          e, ErrorCode.TRANSIENT, "Cannot read %s: %s", path, e.getMessage());
    }
  }

  /** Writes it, and returns whether it was not there before. */
  boolean put(String text) {
    try {
      if ("file".equals(path.toUri().getScheme())) {
        link(text);
      } else {
        path.getFileSystem(hadoop).mkdirs(path.getParent());
        commit(text);
      }
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      throw LakehouseException.because(
          e, ErrorCode.TRANSIENT, "Cannot write %s: %s", path, e.getMessage());
    }
  }

  private void commit(String text) throws IOException {
    if (!CommitByRename.isOffered(path.getParent(), hadoop)) {
      NewFile.write(path, text.getBytes(StandardCharsets.UTF_8), hadoop);
      return;
    }
    try {
      LogStoreProvider.getLogStore(hadoop, path.toUri().getScheme())
          .write(path, List.of(text).iterator(), false, hadoop);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (IOException | RuntimeException e) { // as each file system says that it cannot
      if (!CommitByRename.isImpossible(path.getParent(), hadoop)) {
        throw e;
      }
      NewFile.write(path, text.getBytes(StandardCharsets.UTF_8), hadoop);
    }
  }

  private void link(String text) throws IOException {
    java.nio.file.Path target = java.nio.file.Path.of(path.toUri());
    java.nio.file.Path folder = requireNonNull(target.getParent());
    Files.createDirectories(folder);
    java.nio.file.Path draft = folder.resolve("." + path.getName() + "-" + UUID.randomUUID());
    try {
      try (FileChannel out = FileChannel.open(draft, CREATE_NEW, WRITE)) {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        out.force(true);
      }
      linkOrMove(draft, target);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /** Where a disk has no links, a move that looks first is the best that can be had. */
  private void linkOrMove(java.nio.file.Path draft, java.nio.file.Path target) throws IOException {
    try {
      Files.createLink(target, draft);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException e) {
      try {
        Files.move(draft, target);
      } catch (FileAlreadyExistsException f) {
        throw f;
      } catch (FileSystemException f) {
        NewFile.write(path, Files.readAllBytes(draft), hadoop);
      }
    }
  }
}
