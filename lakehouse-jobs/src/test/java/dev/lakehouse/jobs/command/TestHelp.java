// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TestHelp {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }

  static Iterable<String> commands() {
    return Main.commands();
  }

  @Test
  void theLauncherKnowsTheHelpBeforeAnythingIsBuilt() throws IOException {
    Path file = Path.of(System.getProperty("lakehouse.home"), "submit", "help.txt");

    assertThat(run("--help")).isZero();
    assertThat(Files.readString(file))
        .as("submit/help.txt; renew it with: submit/lakehouse --help > submit/help.txt")
        .isEqualTo(out.toString());
  }

  @Test
  void theLauncherKnowsWhichCommandsStartSpark() throws IOException {
    Path file = Path.of(System.getProperty("lakehouse.home"), "submit", "spark-commands.txt");

    assertThat(Files.readAllLines(file))
        .as("submit/spark-commands.txt, a command a line, in the order of the help")
        .isEqualTo(Main.commandsOfSpark());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandExplainsItselfWithAnExample(String command) {
    assertThat(run(command, "--help")).isZero();
    assertThat(out.toString()).contains("Usage: lakehouse " + command, "Example");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandRefusesUnknownOptions(String command) {
    assertThat(run(command, "--no-such-option")).isEqualTo(2);
    assertThat(err.toString())
        .containsAnyOf(
            "Unknown option: '--no-such-option'",
            "Missing required parameter",
            "Missing required option")
        .contains("Try 'lakehouse %s --help'".formatted(command));
  }

  @Test
  void aMistypedCommandIsAnsweredWithASuggestion() {
    assertThat(run("doctr")).isEqualTo(2);
    assertThat(err.toString()).contains("Did you mean: lakehouse doctor?");
  }

  @Test
  void aMistypedOptionIsAnsweredWithASuggestion() {
    assertThat(run("doctor", "--verbos")).isEqualTo(2);
    assertThat(err.toString()).contains("Did you mean: --verbose?");
  }

  @Test
  void aFailureIsOneJsonDocument() {
    assertThat(run("doctor", "--json", "--set", "lakehouse.embed.batchsize=3")).isEqualTo(2);
    assertThat(out.toString())
        .isEqualToIgnoringNewLines(
            """
            {
              "error" : {
                "code" : "CONFIG_INVALID",
                "message" : "Unknown setting lakehouse.embed.batchsize (from --set). Did you mean\
             lakehouse.embed.batch-size? 'lakehouse doctor' lists all"
              }
            }
            """);
  }

  @Test
  void noCommandIsAMistake() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).contains("No command was given");
  }
}
