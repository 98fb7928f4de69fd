// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import dev.lakehouse.core.Shapes;
import dev.lakehouse.core.curate.Policy;
import dev.lakehouse.jobs.command.option.PolicyOption;
import dev.lakehouse.jobs.command.terminal.Report;
import dev.lakehouse.jobs.command.terminal.Words;
import dev.lakehouse.jobs.pipeline.JudgeResult;
import dev.lakehouse.jobs.pipeline.Scope;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code judge}: applies the quality policy to the kept figures. */
@Command(
    name = "judge",
    header = "Judge every asset by the quality policy, without touching media.",
    description = {
      "",
      "Prints what changed against the judgement before: newly passing, newly failing, and why.",
      ""
    },
    footer = {"", "Example:", "  lakehouse judge --lake ./lake --policy conf/policy.yaml"})
final class JudgeCommand extends LakehouseCommand {
  @Mixin private PolicyOption policy = new PolicyOption();

  @Option(names = "--full", description = "Judge anew, also where nothing changed.")
  private boolean full;

  @Override
  Report report() {
    Optional<Policy> chosen = policy.policy();
    JudgeResult result = lakehouse().judge(chosen, full ? Scope.ALL : Scope.CHANGED);
    return Report.of(Shapes.of(result), Words.of(result));
  }
}
