// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command.option;

import dev.lakehouse.core.curate.Policy;
import dev.lakehouse.jobs.pipeline.PolicyFiles;
import java.util.Optional;
import picocli.CommandLine.Option;

/** By which policy to judge, for the commands that do. */
public final class PolicyOption {
  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description =
          "The policy, in force from now on; 'built-in' for the one that comes with lakehouse."
              + " Default: setting lakehouse.policy, else the one in force.")
  private Optional<String> file = Optional.empty();

  /** The policy that was named. */
  public Optional<Policy> policy() {
    return file.map(PolicyFiles::local);
  }
}
