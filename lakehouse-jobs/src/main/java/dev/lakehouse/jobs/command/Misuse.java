// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import dev.lakehouse.core.Similar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with the arguments of a command, and what was probably meant. */
final class Misuse {
  /** What the launcher takes away before a command sees it. */
  private static final List<String> OF_THE_LAUNCHER = List.of("--master", "--spark-conf");

  private final CommandSpec spec;

  private Misuse(CommandSpec spec) {
    this.spec = spec;
  }

  /** In words. */
  static String words(ParameterException e) {
    Misuse misuse = new Misuse(e.getCommandLine().getCommandSpec());
    if (e instanceof UnmatchedArgumentException unmatched) {
      return misuse.unmatched(unmatched);
    }
    return String.valueOf(e.getMessage())
        .replace("option option", "option")
        .replace("is not an int", "is no whole number")
        .replace("is not a long", "is no whole number");
  }

  private String unmatched(UnmatchedArgumentException e) {
    String word = e.getUnmatched().get(0);
    if (word.startsWith("-") && word.length() > 1) {
      return "Unknown option: '%s'%s"
          .formatted(word, meant(word.replaceFirst("=.*", ""), options()));
    }
    return spec.subcommands().isEmpty() ? surplus(word) : noCommand(word);
  }

  private String noCommand(String word) {
    Map<String, String> commands = new LinkedHashMap<>();
    spec.subcommands().forEach((name, command) -> collect(name, command, commands));
    Optional<String> near = Similar.near(word, commands.keySet()).map(commands::get);
    return "There is no command '%s'%s"
        .formatted(
            spec.qualifiedName().replaceFirst("^lakehouse ?", "").concat(" " + word).strip(),
            near.map(name -> ". Did you mean: %s?".formatted(name))
                .orElse(": expected one of " + String.join(", ", spec.subcommands().keySet())));
  }

  /** Commands by their last word, those of groups too; what stands nearer to the root wins. */
  private static void collect(String name, CommandLine command, Map<String, String> into) {
    into.put(name, command.getCommandSpec().qualifiedName());
    command
        .getSubcommands()
        .forEach((inner, sub) -> into.putIfAbsent(inner, sub.getCommandSpec().qualifiedName()));
  }

  private String surplus(String word) {
    String takes =
        spec.positionalParameters().stream()
            .map(ArgSpec::paramLabel)
            .collect(Collectors.joining(" "));
    return takes.isEmpty()
        ? "'%s' is too much: %s takes options only%s"
            .formatted(word, spec.qualifiedName(), lakeOption(word))
        : "'%s' is too much: %s takes %s. Put words that belong together into quotes"
            .formatted(word, spec.qualifiedName(), takes);
  }

  private String lakeOption(String word) {
    return spec.findOption("--lake") == null ? "" : ". For the lake write --lake " + word;
  }

  private List<String> options() {
    return Stream.concat(
            spec.options().stream().flatMap(option -> Stream.of(option.names())),
            OF_THE_LAUNCHER.stream())
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static String meant(String word, List<String> known) {
    return Similar.near(word, known).map(". Did you mean: %s?"::formatted).orElse("");
  }
}
