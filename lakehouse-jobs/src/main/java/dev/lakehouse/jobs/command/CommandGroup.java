// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that does nothing itself: its subcommands do. */
abstract class CommandGroup implements Runnable {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public final void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Say what to do: lakehouse %s %s"
            .formatted(spec.name(), String.join("|", spec.subcommands().keySet())));
  }
}
