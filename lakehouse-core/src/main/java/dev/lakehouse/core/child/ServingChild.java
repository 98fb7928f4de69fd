// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.child;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.JvmFolder;
import dev.lakehouse.core.LakehouseException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that answers one question after the other until one of them is its last. For one thread
 * at a time.
 *
 * <p>It ends by itself when we do, because its standard input ends.
 */
final class ServingChild implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(ServingChild.class);

  /** What a JVM exits with that was told to exit when it has no memory left. */
  private static final int OUT_OF_MEMORY = 3;

  /** Java may be slow on a machine that is busy with other things. */
  /** Say how names of files are written, which it must do as we do. */
  private static final List<String> LOCALE = List.of("LC_ALL", "LC_CTYPE", "LANG");

  private static final Duration TO_START = Duration.ofSeconds(60);

  private final Process process;
  private final Path folder;
  private final DataOutputStream questions;
  private final DataInputStream answers;
  private final ServingChildOutput complaints;
  private int asked;

  private ServingChild(Process process, Path folder) {
    this.process = process;
    this.folder = folder;
    this.questions = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    this.answers = new DataInputStream(new BufferedInputStream(process.getInputStream(), 1 << 16));
    this.complaints =
        ServingChildOutput.drain(process.getErrorStream(), "complaints-of-" + process.pid());
  }

  /**
   * Starts one and waits for it to say so.
   *
   * @throws LakehouseException if it does not come up
   */
  static ServingChild start(ChildCommand command) {
    try {
      Path folder = JvmFolder.newFolder("child");
      List<String> line = command.line(folder);
      ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
      builder.environment().keySet().retainAll(LOCALE); // no agent or option of ours is for it
      ServingChild child = new ServingChild(builder.start(), folder);
      child.awaitReady(line);
      return child;
    } catch (IOException e) {
      throw LakehouseException.because(
          e,
          ErrorCode.CONFIG_INVALID,
          "Cannot start a process to read with: expected to run %s in java.io.tmpdir, found %s."
              + " Check that the JDK is whole and that the folder can be written to and has room",
          command.java(),
          e.getMessage());
    }
  }

  private void awaitReady(List<String> line) {
    ScheduledFuture<?> limit = ChildDeadlines.after(TO_START, process::destroyForcibly);
    try {
      Frames.read(answers, 0);
    } catch (IOException e) {
      close();
      throw LakehouseException.because(
          e,
          ErrorCode.CONFIG_INVALID,
          "Cannot start a process to read with: expected %s to answer within %d s, found that it"
              + " ended with %d and said: %s. Check the memory of the machine",
          String.join(" ", line.subList(0, Math.min(line.size(), 3))),
          TO_START.toSeconds(),
          exitCode(),
          complaints.tail());
    } finally {
      limit.cancel(false);
    }
  }

  /**
   * Asks. After an exception the child is of no use any more.
   *
   * @throws ItemException TIME_LIMIT, MEMORY_LIMIT, OUTPUT_LIMIT or DECODER_CRASHED
   */
  byte[] ask(byte[] question, Duration limit, int maxAnswer) throws ItemException {
    asked++;
    AtomicBoolean settled = new AtomicBoolean(); // by the answer or by the clock, not by both
    ScheduledFuture<?> deadline = ChildDeadlines.after(limit, () -> giveUp(settled));
    try {
      Frames.write(questions, question);
      byte[] answer = Frames.read(answers, maxAnswer);
      if (!settled.compareAndSet(false, true)) {
        throw new IOException("The answer came when the time was over");
      }
      return answer;
    } catch (Frames.TooLongException e) {
      throw new ItemException(
          ItemError.OUTPUT_LIMIT, "More than %d bytes came out of it".formatted(maxAnswer), e);
    } catch (IOException e) {
      throw settled.compareAndSet(false, true) ? ended(e) : late(limit, e);
    } finally {
      deadline.cancel(false);
    }
  }

  private void giveUp(AtomicBoolean settled) {
    if (settled.compareAndSet(false, true)) {
      process.destroyForcibly();
    }
  }

  private static ItemException late(Duration limit, IOException cause) {
    return new ItemException(
        ItemError.TIME_LIMIT, "Not read within %d s".formatted(limit.toSeconds()), cause);
  }

  private ItemException ended(IOException cause) {
    int code = exitCode();
    LOG.debug("Child {} ended with {}: {}", process.pid(), code, complaints.tail());
    return code == OUT_OF_MEMORY
        ? new ItemException(ItemError.MEMORY_LIMIT, "Reading it takes too much memory", cause)
        : new ItemException(
            ItemError.DECODER_CRASHED,
            "The process that read it ended with %d".formatted(code),
            cause);
  }

  /** Of a process that has ended or now has to. */
  private int exitCode() {
    try {
      if (!process.waitFor(2, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  int asked() {
    return asked;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    JvmFolder.delete(folder);
  }
}
