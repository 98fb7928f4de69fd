// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.torture;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;

/** {@link FaultFileSystem} through the interface by which Delta renames its commits. */
public final class FaultFileContext extends DelegateToFileSystem {
  public FaultFileContext(URI uri, Configuration conf) throws IOException, URISyntaxException {
    super(uri, new FaultFileSystem(), conf, "fault", false);
  }
}
