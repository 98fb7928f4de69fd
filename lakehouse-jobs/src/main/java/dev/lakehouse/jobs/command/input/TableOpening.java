// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command.input;

import dev.lakehouse.core.connect.Source;
import dev.lakehouse.jobs.content.TableSource;
import dev.lakehouse.jobs.lake.delta.Sessions;

/** Opens what Spark reads, in the session of the process; nobody else here names Spark. */
final class TableOpening {
  private TableOpening() {}

  static Source open(TableSource.Options options) {
    return TableSource.open(Sessions.ofProcess("lakehouse"), options);
  }
}
