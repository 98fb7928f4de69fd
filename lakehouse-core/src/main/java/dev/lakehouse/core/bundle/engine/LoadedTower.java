// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.engine;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.bundle.description.Graph;
import dev.lakehouse.core.bundle.description.Input;
import dev.lakehouse.core.bundle.description.ModelBundle;
import dev.lakehouse.core.bundle.description.PinnedFile;
import dev.lakehouse.core.bundle.description.Tower;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A tower with its session open. Threads share one. */
public final class LoadedTower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LoadedTower.class);

  private final Tower tower;
  private final NetworkSession session;
  private final @Nullable TextTokenizer tokenizer;
  private final long bytes;
  private final boolean batchDependent;
  private final DenseLayers dense;
  private final Map<String, Tensor> constants;
  private final Queue<Scratch> scratch = new ConcurrentLinkedQueue<>();

  private LoadedTower(
      Tower tower,
      NetworkSession session,
      @Nullable TextTokenizer tokenizer,
      long bytes,
      boolean batchDependent,
      DenseLayers dense) {
    this.tower = tower;
    this.session = session;
    this.tokenizer = tokenizer;
    this.bytes = bytes;
    this.batchDependent = batchDependent;
    this.dense = dense;
    this.constants = constants(tower.graph().inputs(), tower.graph().idle());
  }

  /**
   * Checks every byte of a tower and opens it.
   *
   * @param device cpu, cuda:0, …
   * @throws LakehouseException if bytes differ, the device is absent or the runtime refuses
   */
  public static LoadedTower load(ModelBundle bundle, Tower tower, String device) {
    long start = System.nanoTime();
    try (VerifiedFiles files = VerifiedFiles.of(bundle, tower)) {
      NetworkSession session = NetworkSession.open(files.folder(), tower.graph(), device);
      try {
        boolean batchDependent = files.quantisesAtRun(tower);
        LoadedTower loaded =
            new LoadedTower(
                tower,
                session,
                tokenizer(tower, files),
                size(tower, files),
                batchDependent,
                DenseLayers.read(files.folder(), tower.graph()));
        LOG.info(
            "Loaded {} tower of {} in {} on {} in {} ms{}",
            tower.name(),
            bundle,
            tower.graph().precision().word(),
            device,
            (System.nanoTime() - start) / 1_000_000,
            batchDependent ? "; it quantises as it runs and is given one item at a time" : "");
        return loaded;
      } catch (IOException e) {
        session.close();
        throw new UncheckedIOException("Cannot read a file that was just read", e);
      } catch (RuntimeException e) {
        session.close();
        throw e;
      }
    }
  }

  private static @Nullable TextTokenizer tokenizer(Tower tower, VerifiedFiles files) {
    return tower
        .tokenizer()
        .map(spec -> TextTokenizer.open(files.path(spec.file()), spec.maxTokens()))
        .orElse(null);
  }

  private static long size(Tower tower, VerifiedFiles files) throws IOException {
    long total = 0;
    for (PinnedFile content : tower.contents()) {
      total += Files.size(files.path(content.file()));
    }
    return total;
  }

  /** What runs a network, and its version; part of the name of every encoder. */
  public static String runtime(Graph graph) {
    return graph.isScript() ? TorchRuntime.RUNTIME : NativeRuntime.RUNTIME;
  }

  /** How many native sessions this JVM opened since it started. */
  public static long sessionsOpened() {
    return NativeSession.opened();
  }

  /** What it is. */
  public Tower tower() {
    return tower;
  }

  /** About how much memory it holds: the size of its files. */
  public long bytes() {
    return bytes;
  }

  /** The device that it runs on: cpu, cuda:0, … */
  public String device() {
    return session.device();
  }

  /**
   * Whether a vector depends on what else is in its batch, because the network quantises numbers by
   * the largest among all items. Such a tower is to be given one item at a time.
   */
  public boolean isBatchDependent() {
    return batchDependent;
  }

  /** Memory for a batch, to be given back after it: as many are kept as batches ran at once. */
  public Scratch borrow() {
    Scratch free = scratch.poll();
    return free == null ? new Scratch() : free;
  }

  /** Takes back what was borrowed. */
  public void giveBack(Scratch borrowed) {
    scratch.add(borrowed);
  }

  /**
   * Cuts a text into tokens.
   *
   * @throws InferenceException if the tokenizer cannot take it
   * @throws IllegalStateException if this is not a text tower
   */
  public Tokens tokens(String text) {
    if (tokenizer == null) {
      throw new IllegalStateException("The %s tower reads no text".formatted(tower.name()));
    }
    return tokenizer.encode(text);
  }

  /**
   * Runs a batch of items, read as one vector each, not yet normalised.
   *
   * @param inputs by what they hold; those that the network does not take are left out
   * @param mask which positions count, for outputs with positions; all of them without
   * @throws InferenceException if the runtime fails, or gives another shape than it should
   */
  public float[][] vectors(Map<Input, Tensor> inputs, int rows, Optional<LongBuffer> mask) {
    return dense.of(Pooled.of(run(inputs), tower.graph(), rows, mask));
  }

  /**
   * Runs a batch.
   *
   * @param inputs by what they hold; those that the network does not take are left out
   * @return the output that the bundle names
   * @throws InferenceException if the runtime fails
   */
  public Tensor.Floats run(Map<Input, Tensor> inputs) {
    return session.run(joined(tower.graph().inputs(), constants, inputs), tower.graph().output());
  }

  /**
   * Inputs by the network's own names, with constants for those of another tower.
   *
   * @param inputs what each of the network's inputs holds
   * @param idle shapes of the constants
   */
  public static Map<String, Tensor> named(
      Map<String, Input> inputs, Map<String, List<Long>> idle, Map<Input, Tensor> tensors) {
    return joined(inputs, constants(inputs, idle), tensors);
  }

  private static Map<String, Tensor> constants(
      Map<String, Input> inputs, Map<String, List<Long>> idle) {
    Map<String, Tensor> constants = new HashMap<>();
    inputs.forEach(
        (name, input) -> {
          List<Long> shape = idle.get(name);
          if (shape != null) {
            constants.put(name, constant(input, shape));
          }
        });
    return constants;
  }

  private static Map<String, Tensor> joined(
      Map<String, Input> inputs, Map<String, Tensor> constants, Map<Input, Tensor> tensors) {
    Map<String, Tensor> named = new HashMap<>();
    inputs.forEach(
        (name, input) -> {
          Tensor constant = constants.get(name);
          Tensor tensor = constant == null ? tensors.get(input) : constant.view();
          if (tensor == null) {
            throw new IllegalArgumentException("Nothing to feed to input " + name);
          }
          named.put(name, tensor);
        });
    return named;
  }

  private static Tensor constant(Input input, List<Long> shape) {
    long[] lengths = shape.stream().mapToLong(Long::longValue).toArray();
    if (input == Input.PIXELS || input == Input.MEL) {
      return Tensor.Floats.zeros(lengths);
    }
    Tensor.Longs ones = Tensor.Longs.zeros(lengths);
    while (ones.values().hasRemaining()) {
      ones.values().put(1);
    }
    return ones;
  }

  @Override
  public void close() {
    session.close();
    if (tokenizer != null) {
      tokenizer.close();
    }
  }
}
