// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Json;
import dev.lakehouse.jobs.Failure;
import dev.lakehouse.jobs.Interruption;
import dev.lakehouse.jobs.command.terminal.Terminal;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The door of the house: reads the arguments, calls one command, leaves with its exit code. */
@Command(
    name = "lakehouse",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "",
      "From piles of images, texts, audio, video and documents to a corpus that can be trusted,",
      "searched and trained on.",
      ""
    },
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nEverywhere:%n",
    footer = {
      "  --master URL          Spark master, for example local[4] (default local[*]).",
      "  --spark-conf KEY=VAL  One Spark setting; may be repeated.",
      "",
      "Start here:  lakehouse demo",
      "Own data:    lakehouse run ./my-pictures",
      "",
      "Exit codes:  0 done · 1 unexpected · 2 usage or configuration · 3 nothing fit to publish",
      "             4 too many items failed · 5 transient, try again · 6 integrity · 7 run audit"
    },
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      IngestCommand.class,
      DeriveCommand.class,
      MeasureCommand.class,
      DedupCommand.class,
      JudgeCommand.class,
      ReviewCommand.class,
      EmbedCommand.class,
      PublishCommand.class,
      ReleaseCommand.class,
      SearchCommand.class,
      ReplayCommand.class,
      ServeCommand.class,
      SheetCommand.class,
      ReportCommand.class,
      ModelCommand.class,
      MapBatchesCommand.class,
      TableCommand.class,
      StatusCommand.class,
      AuditCommand.class,
      RepairCommand.class,
      GcCommand.class,
      DoctorCommand.class,
      TortureCommand.class,
    })
public final class Main implements Runnable {
  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  /** Runs a command as a process, or in the JVM of a platform, which it leaves as it was. */
  public static void main(String[] args) {
    PrintStream out = System.out;
    // whatever a library prints belongs to the log; standard output carries the answer alone
    System.setOut(System.err);
    int exitCode = run(writer(out), writer(System.err), args);
    Interruption.done();
    JvmOwner owner = JvmOwner.ofProcess();
    if (owner != JvmOwner.COMMAND) {
      System.setOut(out);
    }
    owner.end(exitCode);
  }

  private static PrintWriter writer(OutputStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }

  /** Runs one command and returns its exit code; the JVM lives on. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    boolean json = Arrays.asList(args).contains("--json");
    return new CommandLine(new Main())
        .setOut(out)
        .setErr(err)
        .setUsageHelpWidth(100)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((e, ignored) -> misused(e, json))
        .setExecutionExceptionHandler((e, command, parsed) -> failed(e, command, json))
        .execute(args);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "No command was given");
  }

  private static int misused(ParameterException e, boolean json) {
    CommandLine command = e.getCommandLine();
    Failure failure = new Failure(ErrorCode.CONFIG_INVALID, Misuse.words(e));
    tell(failure, command, json);
    command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'");
    return failure.exitCode();
  }

  private static int failed(Exception e, CommandLine command, boolean json) {
    Failure failure = Failure.of(e);
    tell(failure, command, json);
    if (command.getCommand() instanceof LakehouseCommand known && known.common.verbose()) {
      e.printStackTrace(command.getErr());
    }
    return failure.exitCode();
  }

  private static void tell(Failure failure, CommandLine command, boolean json) {
    if (json) {
      command.getOut().println(Json.pretty(failure.json()));
    }
    String name = Terminal.ofProcess().map(each -> each.bad("lakehouse:")).orElse("lakehouse:");
    command.getErr().println(name + " " + failure.message());
  }

  /** The commands that start Spark, with the words that call them: what the launcher goes by. */
  static List<String> commandsOfSpark() {
    List<String> words = new ArrayList<>();
    new CommandLine(new Main())
        .getSubcommands()
        .forEach(
            (name, command) -> {
              if (command.getSubcommands().isEmpty()) {
                addIfOfSpark(words, name, command);
              }
              command
                  .getSubcommands()
                  .forEach((part, inner) -> addIfOfSpark(words, name + " " + part, inner));
            });
    return words;
  }

  private static void addIfOfSpark(List<String> words, String name, CommandLine command) {
    if (!command.getCommand().getClass().isAnnotationPresent(NeedsNoSpark.class)) {
      words.add(name);
    }
  }

  /** Every command of the house, for tests. */
  static List<String> commands() {
    return List.copyOf(new CommandLine(new Main()).getSubcommands().keySet());
  }
}
