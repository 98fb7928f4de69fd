// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.volume;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.Path;

/** Delta's own way to commit: a rename by the newer of Hadoop's two interfaces. */
public final class CommitByRename {
  private CommitByRename() {}

  /** Whether there is such an interface, which many a file system does not have. */
  public static boolean isOffered(Path folder, Configuration hadoop) {
    try {
      FileContext unused = FileContext.getFileContext(folder.toUri(), hadoop);
      return true;
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  /** Whether it is not offered, or a trial shows that it does not go. */
  public static boolean isImpossible(Path folder, Configuration hadoop) {
    return !isOffered(folder, hadoop) || Volume.lacks(Ability.RENAME, folder, hadoop);
  }
}
