// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Hindrance;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Shapes;
import dev.lakehouse.core.curate.Policy;
import dev.lakehouse.jobs.pipeline.JudgeResult;
import dev.lakehouse.jobs.pipeline.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
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
  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "The policy. Default: setting lakehouse.policy, else the built-in one.")
  private Optional<Path> policy = Optional.empty();

  @Option(names = "--full", description = "Judge anew, also where nothing changed.")
  private boolean full;

  @Override
  Report report() {
    Optional<Policy> chosen = policy.map(JudgeCommand::read);
    JudgeResult result = lakehouse().judge(chosen, full ? Scope.ALL : Scope.CHANGED);
    return Report.of(Shapes.of(result), Words.of(result));
  }

  private static Policy read(Path file) {
    try {
      return Policy.parse(Files.readString(file), file.toString());
    } catch (IOException e) {
      throw LakehouseException.because(
          e,
          ErrorCode.CONFIG_INVALID,
          "Cannot read policy %s: %s. conf/policy.yaml is a commented example",
          file,
          Hindrance.words(e));
    }
  }
}
