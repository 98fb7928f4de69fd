// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.volume;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.Path;

/** Delta's own way to commit: a rename by the newer of Hadoop's two interfaces. */
public final class CommitByRename {
  private CommitByRename() {}

  /** Whether a trial shows that it cannot be had in a folder. */
  public static boolean isImpossible(Path folder, Configuration hadoop) {
    try {
      FileContext unused = FileContext.getFileContext(folder.toUri(), hadoop);
    } catch (IOException | RuntimeException e) {
      return true; // many a file system has but the older interface
    }
    return Volume.lacks(Ability.RENAME, folder, hadoop);
  }
}
