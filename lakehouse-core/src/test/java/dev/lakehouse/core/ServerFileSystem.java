// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core;

import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.fs.Path;

/**
 * A real folder behind a scheme of its own, with the one rule of HDFS that a local file system does
 * not have: a rename never overwrites.
 */
public final class ServerFileSystem extends FolderFileSystem {
  /** Settings under which Hadoop serves {@code server:///folder}. */
  public static final Map<String, String> CONF =
      Map.of("fs.server.impl", ServerFileSystem.class.getName());

  /** For Hadoop. */
  public ServerFileSystem() {
    super("server");
  }

  @Override
  public synchronized boolean rename(Path from, Path to) throws IOException {
    return !exists(to) && super.rename(from, to);
  }
}
