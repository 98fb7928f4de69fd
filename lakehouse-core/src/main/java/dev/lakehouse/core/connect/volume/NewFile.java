// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.volume;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A file that is created under its own name, where nothing can be renamed or linked: of several who
 * do so at once one does. Others may see a part of it for a moment; one that could not be written
 * to its end is removed.
 */
public final class NewFile {
  private NewFile() {}

  /**
   * Writes it.
   *
   * @throws FileAlreadyExistsException if there is such a file
   */
  public static void write(Path path, byte[] bytes, Configuration hadoop) throws IOException {
    if (Volume.isLocal(path)) {
      writeLocal(java.nio.file.Path.of(path.toUri().getPath()), bytes);
      return;
    }
    FileSystem files = path.getFileSystem(hadoop);
    try (FSDataOutputStream out = created(files, path)) {
      out.write(bytes);
      out.hflush();
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (IOException e) {
      files.delete(path, false);
      throw e;
    }
    long found = files.getFileStatus(path).getLen();
    if (found != bytes.length) {
      throw new IOException(
          "Wrote %d bytes to %s but found %d".formatted(bytes.length, path, found));
    }
  }

  private static FSDataOutputStream created(FileSystem files, Path path) throws IOException {
    try {
      return files.create(path, false);
    } catch (org.apache.hadoop.fs.FileAlreadyExistsException e) {
      FileAlreadyExistsException known = new FileAlreadyExistsException(path.toString());
      known.initCause(e);
      throw known;
    } catch (IOException e) {
      if (files.exists(path)) { // some have no type of their own for it
        FileAlreadyExistsException known = new FileAlreadyExistsException(path.toString());
        known.initCause(e);
        throw known;
      }
      throw e;
    }
  }

  private static void writeLocal(java.nio.file.Path path, byte[] bytes) throws IOException {
    FileChannel channel = FileChannel.open(path, CREATE_NEW, WRITE);
    try (channel) {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    } catch (IOException e) {
      Files.deleteIfExists(path);
      throw e;
    }
  }
}
