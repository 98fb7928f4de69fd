// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.embed;

import static java.util.Objects.requireNonNull;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.batch.PumpSteps;
import dev.lakehouse.core.bundle.description.PrecisionChoice;
import dev.lakehouse.core.bundle.engine.DeviceChoice;
import dev.lakehouse.core.bundle.engine.InferenceException;
import dev.lakehouse.core.bundle.engine.Lease;
import dev.lakehouse.core.bundle.engine.Pooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * Tries the networks of a tower on the device of this machine: which of them are near enough to the
 * one that is run when nobody says anything, and faster.
 *
 * <p>Each is run beside that one, turn by turn, so that whatever else the machine does slows both.
 *
 * @param choice the best, and why
 * @param tried how each of the others did, for people
 */
public record PrecisionTrial(PrecisionChoice choice, List<String> tried) {
  private static final int ON_CPU = 16; // items; a device of its own is given more at once
  private static final int ROWS_ON_CPU = 8;
  private static final int ON_DEVICE = 64;
  private static final int TURNS = 5;
  private static final int TURNS_AT_LEAST = 2;
  private static final Duration ENOUGH = Duration.ofSeconds(4);

  /** Items whose vectors are compared alone and in their batch. */
  private static final int ALONE = 4;

  private static final double SAME = 0.9999;

  /** What says that a network is not for this machine; all else is a fault to be told. */
  private static final Set<ErrorCode> NOT_HERE =
      Set.of(ErrorCode.DEVICE_UNAVAILABLE, ErrorCode.MODEL_INVALID);

  public PrecisionTrial {
    requireNonNull(choice, "choice is null");
    tried = List.copyOf(tried);
  }

  /**
   * Tries them; only the best one stays warm.
   *
   * @param encoders of one tower, first the one that is run when nobody says anything
   * @param device cpu, cuda:0, …
   * @param rows items of a batch at most
   */
  public static PrecisionTrial run(List<EncoderSpec> encoders, String device, int rows) {
    EncoderSpec own = encoders.get(0);
    boolean onCpu = device.equals(DeviceChoice.CPU);
    List<EmbedInput> items = own.kind().samples(onCpu ? ON_CPU : ON_DEVICE);
    int size = Math.min(rows, onCpu ? ROWS_ON_CPU : ON_DEVICE);
    List<TriedPrecision> tried = new ArrayList<>();
    try (Lease<Encoder> lease = WarmEncoders.lease(own, device)) {
      Runner<?> runner = Runner.of(lease.value(), items, size);
      List<float[]> expected = runner.vectors();
      for (EncoderSpec other : encoders.subList(1, encoders.size())) {
        tried.add(beside(runner, expected, other, device, items, size));
      }
    } catch (InferenceException e) {
      String why = "auto: nothing to compare with, since it fails: " + e.getMessage();
      return new PrecisionTrial(new PrecisionChoice(own.precision(), why), List.of());
    }
    PrecisionChoice choice = TriedPrecision.best(own.precision(), tried);
    encoders.stream()
        .filter(spec -> spec.precision() != choice.precision())
        .forEach(spec -> WarmEncoders.close(spec, device));
    return new PrecisionTrial(
        choice, tried.stream().map(each -> each.inWords(own.precision())).toList());
  }

  private static TriedPrecision beside(
      Runner<?> own,
      List<float[]> expected,
      EncoderSpec other,
      String device,
      List<EmbedInput> items,
      int size) {
    try (Lease<Encoder> lease = WarmEncoders.lease(other, device)) {
      if (lease.value().isBatchDependent()) {
        return TriedPrecision.hindered(
            other.precision(), "quantises as it runs, so that vectors depend on their batch");
      }
      Runner<?> runner = Runner.of(lease.value(), items, size);
      List<float[]> found = runner.vectors();
      double alone = least(runner.alone(ALONE), found.subList(0, ALONE));
      if (alone < SAME) {
        return TriedPrecision.hindered(
            other.precision(), "gives vectors that depend on their batch");
      }
      return TriedPrecision.measured(other.precision(), speed(own, runner), least(expected, found));
    } catch (InferenceException e) {
      return TriedPrecision.hindered(other.precision(), "fails: " + e.getMessage());
    } catch (LakehouseException e) {
      if (NOT_HERE.contains(e.code())) {
        return TriedPrecision.hindered(other.precision(), "cannot be run: " + e.getMessage());
      }
      throw e;
    }
  }

  private static double least(List<float[]> a, List<float[]> b) {
    double least = 1;
    for (int i = 0; i < a.size(); i++) {
      least = Math.min(least, Pooled.cosine(a.get(i), b.get(i)));
    }
    return least;
  }

  private static double speed(Runner<?> own, Runner<?> other) {
    long start = System.nanoTime();
    long ownBest = Long.MAX_VALUE;
    long otherBest = Long.MAX_VALUE;
    for (int turn = 0; turn < TURNS; turn++) {
      ownBest = Math.min(ownBest, own.nanos());
      otherBest = Math.min(otherBest, other.nanos());
      boolean enough = System.nanoTime() - start > ENOUGH.toNanos();
      if (enough && turn + 1 >= TURNS_AT_LEAST) {
        break;
      }
    }
    return ownBest / (double) Math.max(1, otherBest);
  }

  /** Prepared items in batches, for one encoder. */
  private record Runner<P>(PumpSteps<EmbedInput, P, EmbedOutcome> steps, List<P> items, int size) {

    static Runner<?> of(Encoder encoder, List<EmbedInput> items, int size) {
      return of(encoder.steps(), items, size);
    }

    private static <P> Runner<P> of(
        PumpSteps<EmbedInput, P, EmbedOutcome> steps, List<EmbedInput> items, int size) {
      List<P> prepared = new ArrayList<>();
      for (EmbedInput item : items) {
        prepared.add(attempt(() -> steps.prepare(item)));
      }
      return new Runner<>(steps, prepared, size);
    }

    List<float[]> vectors() {
      return vectors(items.size(), size);
    }

    /** Of the first items, each in a batch of its own. */
    List<float[]> alone(int count) {
      return vectors(count, 1);
    }

    private List<float[]> vectors(int count, int rows) {
      List<float[]> vectors = new ArrayList<>();
      for (int from = 0; from < count; from += rows) {
        List<P> batch = items.subList(from, Math.min(count, from + rows));
        for (EmbedOutcome outcome : attempt(() -> steps.infer(batch))) {
          vectors.add(
              outcome
                  .vector()
                  .orElseThrow(() -> new InferenceException("no vector: " + outcome.failure())));
        }
      }
      return vectors;
    }

    long nanos() {
      long start = System.nanoTime();
      vectors();
      return System.nanoTime() - start;
    }

    private static <T> T attempt(Callable<T> step) {
      try {
        return step.call();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException("Cannot prepare an item of our own", e);
      }
    }
  }
}
