// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.access;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFs;
import org.apache.hadoop.fs.DelegateToFileSystem;

/** {@link LocalFiles} through the interface by which Delta renames its commits. */
public final class LocalFileContext extends ChecksumFs {
  /** Called by Hadoop. */
  public LocalFileContext(URI uri, Configuration configuration)
      throws IOException, URISyntaxException {
    super(new Raw(uri, configuration));
  }

  private static final class Raw extends DelegateToFileSystem {
    Raw(URI uri, Configuration configuration) throws IOException, URISyntaxException {
      super(uri, new LocalFiles.Raw(), configuration, "file", false);
    }

    /** Local files have none. */
    @Override
    public int getUriDefaultPort() {
      return -1;
    }

    @Override
    public boolean isValidName(String name) {
      return true; // as the operating system says when it is asked
    }
  }
}
