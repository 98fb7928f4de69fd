// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.child;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.LakehouseException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A program to be run as a child process that reads one file and answers on its output.
 *
 * <p>The file is its standard input, so that it can seek in it and needs no name. Its environment
 * has nothing of ours. It is ended when it works for too long, says nothing for too long, answers
 * with too much, or when this JVM ends.
 *
 * @param program words of the program and its arguments
 * @param input what it reads
 * @param environment all of its variables
 * @param limits what it may take
 */
public record Command(
    List<String> program, Path input, Map<String, String> environment, ChildLimits limits) {
  private static final int SIGNALLED = 128;
  private static final int LAST_SIGNAL = 31; // beyond are statuses that a program chose itself
  private static final int SIGXCPU = 24;
  private static final int NOT_STARTED = 126;
  private static final int NOT_FOUND = 127;

  public Command {
    program = List.copyOf(program);
    environment = Map.copyOf(environment);
  }

  /** Reads what a program answers; what it leaves unread is thrown away. */
  @FunctionalInterface
  public interface Answer<T> {
    T read(InputStream answer) throws IOException, ItemException;
  }

  /**
   * Runs it to its end.
   *
   * @param complaint is given each line that it writes beside its answer, from another thread
   * @throws ItemException TIME_LIMIT, OUTPUT_LIMIT, or DECODER_CRASHED if it was ended by a signal
   * @throws LakehouseException if it cannot be started at all
   */
  public <T> Finished<T> run(Answer<T> answer, Consumer<String> complaint) throws ItemException {
    List<String> words = new ArrayList<>(Cage.words(limits));
    words.addAll(program);
    ProcessBuilder builder = new ProcessBuilder(words).redirectInput(input.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw unstartable(String.valueOf(e.getMessage()), e);
    }
    try (ChildRun run = new ChildRun(process, limits, complaint)) {
      T value = run.read(answer);
      int exit = run.exit();
      requireEndedByItself(exit, run.complaints());
      return new Finished<>(value, exit, run.complaints());
    }
  }

  private void requireEndedByItself(int exit, String complaints) throws ItemException {
    if (exit == NOT_STARTED || exit == NOT_FOUND) {
      throw unstartable(complaints, null);
    }
    if (exit == SIGNALLED + SIGXCPU) {
      throw new ItemException(
          ItemError.TIME_LIMIT,
          "%s took more than %d s of processor time".formatted(name(), limits.item().toSeconds()));
    }
    if (exit > SIGNALLED && exit <= SIGNALLED + LAST_SIGNAL) {
      throw new ItemException(
          ItemError.DECODER_CRASHED,
          "%s ended by signal %d: %s".formatted(name(), exit - SIGNALLED, complaints));
    }
  }

  private LakehouseException unstartable(String found, @Nullable Throwable cause) {
    return LakehouseException.because(
        cause,
        ErrorCode.DECODER_UNAVAILABLE,
        "Cannot start %s: expected a program that this machine can run, found: %s. If it is one of"
            + " yours, correct lakehouse.media.tools; if %s forbids programs, give java.io.tmpdir"
            + " another folder. 'lakehouse doctor' tries it",
        program.get(0),
        found,
        System.getProperty("java.io.tmpdir"));
  }

  private String name() {
    return String.valueOf(Path.of(program.get(0)).getFileName());
  }
}
