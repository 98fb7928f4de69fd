// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content;

import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * A real folder behind a scheme of its own, with the one rule of HDFS that a local file system does
 * not have: a rename never overwrites.
 */
public final class ServerFileSystem extends RawLocalFileSystem {
  /** Settings under which Hadoop serves {@code server:///folder}. */
  public static final Map<String, String> CONF =
      Map.of("fs.server.impl", ServerFileSystem.class.getName());

  private static final URI NAME = URI.create("server:///");

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
    return "server";
  }

  @Override
  public synchronized boolean rename(Path from, Path to) throws IOException {
    return !exists(to) && super.rename(from, to);
  }

  /** Without permissions, which the parent class looks up by the path of a {@code file:} URI. */
  @Override
  public FileStatus[] listStatus(Path folder) throws IOException {
    return Arrays.stream(super.listStatus(folder))
        .map(
            file ->
                new FileStatus(
                    file.getLen(),
                    file.isDirectory(),
                    1,
                    file.getBlockSize(),
                    file.getModificationTime(),
                    file.getPath()))
        .toArray(FileStatus[]::new);
  }
}
