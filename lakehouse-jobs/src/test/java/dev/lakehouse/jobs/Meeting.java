// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.jobs.watch.ReleaseChoice;
import dev.lakehouse.jobs.watch.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Two drivers at one lake.
 *
 * @param pair what they do
 * @param offsetMillis by how much the second comes later; earlier where negative
 */
record Meeting(Pair pair, long offsetMillis) {

  /** How it ended. */
  enum Outcome {
    BOTH_APPLIED,
    CLEAN_CONFLICT,
    OTHER
  }

  /**
   * What came of it.
   *
   * @param outcome by the contract
   * @param words what the loser was told, or what is wrong
   */
  record Result(Outcome outcome, String words) {}

  /** Lets them meet, repeats what lost, and compares with what one after the other makes. */
  Result at(DriverLakes lakes, Path lake) throws Exception {
    Lakehouse first = DriverLakes.open(lake);
    Lakehouse second = DriverLakes.open(lake);
    Optional<Failure> failure = meet(lakes, first, second);
    if (failure
        .filter(told -> told.exitCode() != ErrorCode.COMMIT_CONFLICT.exitCode())
        .isPresent()) {
      return new Result(Outcome.OTHER, failure.get().toString());
    }
    Optional<String> wrong = wrong(lakes, first, lake);
    if (wrong.isPresent()) {
      return new Result(Outcome.OTHER, wrong.get());
    }
    return failure
        .map(told -> new Result(Outcome.CLEAN_CONFLICT, told.message()))
        .orElseGet(() -> new Result(Outcome.BOTH_APPLIED, ""));
  }

  private Optional<Failure> meet(DriverLakes lakes, Lakehouse first, Lakehouse second)
      throws InterruptedException {
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService drivers = Executors.newFixedThreadPool(2);
    try {
      Future<?> one =
          drivers.submit(() -> come(start, -offsetMillis, () -> pair.first.run(lakes, first)));
      Future<?> other =
          drivers.submit(() -> come(start, offsetMillis, () -> pair.second.run(lakes, second)));
      start.countDown();
      Optional<Failure> ofOne = failure(one);
      Optional<Failure> ofOther = failure(other);
      ofOne.filter(Meeting::mayBeRepeated).ifPresent(told -> pair.first.run(lakes, first));
      ofOther.filter(Meeting::mayBeRepeated).ifPresent(told -> pair.second.run(lakes, second));
      return ofOne.or(() -> ofOther);
    } finally {
      drivers.shutdown();
    }
  }

  private static boolean mayBeRepeated(Failure failure) {
    return failure.code().retriable();
  }

  private static void come(CountDownLatch start, long afterMillis, Runnable command) {
    try {
      start.await();
      TimeUnit.MILLISECONDS.sleep(Math.max(0, afterMillis));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    command.run();
  }

  private static Optional<Failure> failure(Future<?> command) throws InterruptedException {
    try {
      command.get();
      return Optional.empty();
    } catch (ExecutionException e) {
      return Optional.of(Failure.of(e.getCause()));
    }
  }

  private Optional<String> wrong(DriverLakes lakes, Lakehouse driver, Path lake)
      throws IOException {
    pair.settle(driver);
    List<String> expected = pair.expected(lakes);
    List<String> found = LakeState.of(driver, lake);
    if (!found.equals(expected)) {
      List<String> lost = minus(expected, found);
      return Optional.of("lost %s, not expected %s".formatted(lost, minus(found, expected)));
    }
    return driver.audit(ReleaseChoice.ALL, Sample.ALL).stream()
        .filter(report -> !report.clean())
        .map(report -> "audit: " + report.violations())
        .findFirst();
  }

  private static List<String> minus(List<String> some, List<String> others) {
    List<String> left = new ArrayList<>(some);
    others.forEach(left::remove);
    return left;
  }
}
