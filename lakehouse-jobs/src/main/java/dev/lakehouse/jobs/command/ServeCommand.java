// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.jobs.Interruption;
import dev.lakehouse.jobs.command.option.LakePlace;
import dev.lakehouse.jobs.command.terminal.Report;
import dev.lakehouse.jobs.serve.Service;
import dev.lakehouse.jobs.serve.ServiceOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code serve}: answers over HTTP until it is told to end. */
@Command(
    name = "serve",
    header = "Answer searches over HTTP, with a page to look at what is published.",
    description = {
      "",
      "Answers from the current release, and takes up the next by itself. Listens on this machine",
      "alone; elsewhere only with a token. Ctrl-C or SIGTERM ends it after the answers under way, with",
      "130 or 143. Each request is a line of JSON on standard error. Starts no Spark.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  lakehouse serve --lake ./lake",
      "  lakehouse serve --lake ./lake --review",
      "  lakehouse serve --lake ./lake --port 8080 --host 0.0.0.0 --token-file token.txt",
      "  curl 'http://localhost:7878/search?q=two+red+circles&k=5'"
    })
@NeedsNoSpark
final class ServeCommand extends LakehouseCommand {
  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Port to listen on; 0 for any that is free. Default: 7878.")
  private int port = ServiceOptions.PORT;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description =
          "Name or address to listen on. Default: 127.0.0.1, which this machine alone can reach.")
  private String host = ServiceOptions.LOOPBACK;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "File with the token that everybody has to show.")
  private Optional<Path> tokenFile = Optional.empty();

  @Option(
      names = "--log-queries",
      description = "Write what is looked for into the log of requests too.")
  private boolean logQueries;

  @Option(
      names = "--review",
      description =
          "Let reviewers look at what waits for them, which is not published, and decide on it.")
  private boolean review;

  @Override
  Report report() {
    requireLibraries();
    Settings settings = common.settings();
    LakeLayout layout = LakeLayout.of(common.lake(), settings);
    LakePlace.requireLake(layout);
    Map<String, String> hadoop = common.hadoop();
    ServiceOptions options =
        ServiceOptions.from(settings)
            .at(host, port, tokenFile.map(ServiceOptions::token))
            .with(logQueries ? ServiceOptions.QueryLog.SHOWN : ServiceOptions.QueryLog.HIDDEN)
            .with(review ? ServiceOptions.Reviewing.ALLOWED : ServiceOptions.Reviewing.REFUSED);
    PrintWriter err = spec.commandLine().getErr();
    CountDownLatch told = new CountDownLatch(1);
    Interruption.cancels(told::countDown, () -> {});
    try (Service service =
        Service.start(
            layout,
            settings,
            common.models(hadoop),
            hadoop,
            options,
            err::println,
            this::progress)) {
      progress("serving  http://%s:%d".formatted(inUrl(host), service.port()));
      await(told);
      service.drain();
      return report(service.answered());
    }
  }

  private static String inUrl(String host) {
    return host.contains(":") ? "[" + host + "]" : host;
  }

  private static void await(CountDownLatch told) {
    try {
      told.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Report report(long answered) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("answered", answered);
    return new Report(
        json,
        List.of("served   %,d requests".formatted(answered)),
        Interruption.happened().map(ErrorCode::exitCode).orElse(0));
  }

  /** A cluster's Spark brings no server that this could use, and the jar for it none either. */
  private static void requireLibraries() {
    if (ServeCommand.class.getResource("/io/javalin/Javalin.class") == null) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Cannot serve from the jar for spark-submit: its HTTP server is not in it. Start"
              + " 'submit/lakehouse serve' without SPARK_HOME");
    }
  }
}
