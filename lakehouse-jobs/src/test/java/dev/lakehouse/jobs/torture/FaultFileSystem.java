// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.torture;

import dev.lakehouse.jobs.torture.Faults.Verb;
import java.io.File;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.util.EnumSet;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.Syncable;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * Local folders behind a scheme of their own, {@code fault:/folder}, with the rule of HDFS that a
 * rename never overwrites; operations go wrong as {@link Faults} says.
 */
public final class FaultFileSystem extends RawLocalFileSystem {
  /** Settings under which Hadoop serves the scheme, through both of its interfaces. */
  public static final Map<String, String> CONF =
      Map.of(
          "fs.fault.impl", FaultFileSystem.class.getName(),
          "fs.AbstractFileSystem.fault.impl", FaultFileContext.class.getName());

  static final URI NAME = URI.create("fault:///");

  @Override
  public void initialize(URI uri, Configuration conf) throws IOException {
    super.initialize(uri, conf);
    setConf(conf);
  }

  @Override
  public URI getUri() {
    return NAME;
  }

  @Override
  public String getScheme() {
    return "fault";
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    return Faults.around(Verb.OPEN, text(path), () -> super.open(path, bufferSize));
  }

  @Override
  public FSDataOutputStream create(
      Path path, boolean overwrite, int buffer, short copies, long block, Progressable progress)
      throws IOException {
    return created(path, () -> super.create(path, overwrite, buffer, copies, block, progress));
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int buffer,
      short copies,
      long block,
      Progressable progress)
      throws IOException {
    return created(
        path, () -> super.create(path, permission, overwrite, buffer, copies, block, progress));
  }

  @Override
  public FSDataOutputStream createNonRecursive(
      Path path,
      FsPermission permission,
      EnumSet<CreateFlag> flags,
      int buffer,
      short copies,
      long block,
      Progressable progress)
      throws IOException {
    return created(
        path,
        () -> super.createNonRecursive(path, permission, flags, buffer, copies, block, progress));
  }

  private FSDataOutputStream created(Path path, Faults.Act<FSDataOutputStream> create)
      throws IOException {
    FSDataOutputStream out = Faults.around(Verb.CREATE, text(path), create);
    return new FSDataOutputStream(new FaultOutput(out, pathToFile(path)), null);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    return Faults.around(
        Verb.RENAME,
        text(to),
        () -> {
          synchronized (FaultFileSystem.class) {
            return !exists(to) && super.rename(from, to);
          }
        });
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    return Faults.around(Verb.DELETE, text(path), () -> super.delete(path, recursive));
  }

  @Override
  protected boolean mkOneDirWithMode(Path path, File folder, FsPermission permission)
      throws IOException {
    return Faults.around(
        Verb.MKDIR, text(path), () -> super.mkOneDirWithMode(path, folder, permission));
  }

  /** Without permissions, which Hadoop looks up for the scheme {@code file} alone. */
  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    FileStatus found = super.getFileStatus(path);
    return new FileStatus(
        found.getLen(),
        found.isDirectory(),
        found.getReplication(),
        found.getBlockSize(),
        found.getModificationTime(),
        found.getPath());
  }

  private static String text(Path path) {
    return path.toUri().getPath();
  }

  /** Bytes on their way; a close that fails leaves half of them. */
  private static final class FaultOutput extends FilterOutputStream implements Syncable {
    private final FSDataOutputStream stream;
    private final File file;
    private boolean closed;

    FaultOutput(FSDataOutputStream stream, File file) {
      super(stream);
      this.stream = stream;
      this.file = file;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      stream.write(bytes, offset, length);
    }

    @Override
    public void hflush() throws IOException {
      stream.hflush();
    }

    @Override
    public void hsync() throws IOException {
      stream.hsync();
    }

    @Override
    public void close() throws IOException {
      if (closed) {
        return;
      }
      closed = true;
      Faults.around(Verb.CLOSE, file.getPath(), this::closeWhole, this::closeHalf);
    }

    private boolean closeWhole() throws IOException {
      stream.close();
      return true;
    }

    private void closeHalf() throws IOException {
      stream.close();
      try (FileChannel channel = new FileOutputStream(file, true).getChannel()) {
        channel.truncate(file.length() / 2);
      }
    }
  }
}
