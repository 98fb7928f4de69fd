// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.batch;

import static dev.lakehouse.core.batch.Numbers.item;
import static dev.lakehouse.core.batch.Numbers.items;
import static dev.lakehouse.core.batch.Numbers.square;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.batch.Numbers.Item;
import dev.lakehouse.core.batch.Numbers.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(600)
class TestPump {
  private static final Runnable ALIVE = () -> {};
  private static final Duration SOON = Duration.ofMillis(20);
  private static final Duration LONG = Duration.ofMinutes(10);

  private final Numbers numbers = new Numbers();
  private final AtomicInteger leases = new AtomicInteger(1);
  private PumpThreads threads = PumpThreads.onCpu(2);
  private BatchShape batches = new BatchShape(4, 1 << 20, 1 << 20, 16);
  private PumpLimits limits = new PumpLimits(10_000, SOON, LONG, LONG);

  @AfterEach
  void nothingIsLeftBehind() throws InterruptedException {
    numbers.release.countDown();
    for (int i = 0; i < 6_000 && (!pumpThreads().isEmpty() || Watch.hungThreads() > 0); i++) {
      Thread.sleep(10);
    }
    assertThat(pumpThreads()).isEmpty();
    assertThat(Watch.hungThreads()).isZero();
  }

  private static List<String> pumpThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("lakehouse-pump"))
        .toList();
  }

  private Pump<Item, String> pump() {
    return pump(numbers);
  }

  private Pump<Item, String> pump(Numbers steps) {
    return Pump.of(
        steps, new PumpOptions("numbers", threads, batches, limits), leases::decrementAndGet);
  }

  private static Session<Item, String> open(Pump<Item, String> pump) {
    return pump.open(ALIVE).orElseThrow();
  }

  private static List<String> all(Session<Item, String> session, List<Item> items) {
    return listed(session.outcomes(items.iterator()));
  }

  private static List<String> listed(Iterator<String> outcomes) {
    List<String> all = new ArrayList<>();
    outcomes.forEachRemaining(all::add);
    return all;
  }

  private static List<String> squares(int count) {
    return IntStream.range(0, count).mapToObj(Numbers::square).toList();
  }

  // order

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 64", "7, 16", "64, 64"})
  void outcomesComeInTheOrderOfTheItems(int rows, int window) {
    batches = new BatchShape(rows, 1 << 20, 1 << 20, window);
    List<Item> mixed =
        items(300).stream()
            .map(item -> item.number() % 3 == 0 ? item.fetchable() : item)
            .map(item -> item.ofLength(item.number() * 37 % 100))
            .toList();

    try (Session<Item, String> session = open(pump())) {
      assertThat(all(session, mixed)).isEqualTo(squares(300));
    }
    assertThat(leases).hasValue(0);
  }

  @Test
  void nothingComesOfNothing() {
    try (Session<Item, String> session = open(pump())) {
      assertThat(all(session, List.of())).isEmpty();
    }
  }

  @Test
  void eightSessionsKeepTheirOwnOrder() throws Exception {
    Pump<Item, String> pump = pump();

    for (List<String> outcomes : together(pump, 8, session -> all(session, items(200)))) {
      assertThat(outcomes).isEqualTo(squares(200));
    }
    assertThat(leases).hasValue(0);
  }

  /** Runs tasks at once, each with a session that was open before the first of them began. */
  private static <T> List<T> together(
      Pump<Item, String> pump, int tasks, Function<Session<Item, String>, T> task)
      throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(tasks);
    try {
      List<Session<Item, String>> sessions = new ArrayList<>();
      for (int i = 0; i < tasks; i++) {
        sessions.add(open(pump));
      }
      List<Future<T>> running = new ArrayList<>();
      for (Session<Item, String> session : sessions) {
        running.add(
            pool.submit(
                () -> {
                  try (session) {
                    return task.apply(session);
                  }
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> result : running) {
        results.add(result.get(500, TimeUnit.SECONDS));
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }

  // batches

  @Test
  void aWindowIsCutLongestFirst() {
    batches = new BatchShape(4, 1 << 20, 40, 8);
    limits = new PumpLimits(10_000, LONG, LONG, LONG);
    List<Item> window =
        IntStream.of(1, 10, 2, 20, 3, 10, 4, 10).mapToObj(TestPump::ofLength).toList();

    try (Session<Item, String> session = open(pump())) {
      all(session, window);
    }

    assertThat(numbers.batches.stream().flatMap(List::stream)).hasSize(8);
    // 2 x 20 and 4 x 10 cells are 40
    assertThat(numbers.batches.stream().map(TestPump::lengths))
        .containsExactlyInAnyOrder(List.of(20, 10), List.of(10, 10, 4, 3), List.of(2, 1));
  }

  /** A number of which the length can be told. */
  private static Item ofLength(int length) {
    return item(length * 1000 + SERIAL.incrementAndGet()).ofLength(length);
  }

  private static final AtomicInteger SERIAL = new AtomicInteger();

  private static List<Integer> lengths(List<Integer> batch) {
    return batch.stream().map(number -> number / 1000).toList();
  }

  @Test
  void batchesAreFullWhileThereIsMore() {
    batches = new BatchShape(8, 1 << 20, 1 << 20, 8);
    limits = new PumpLimits(10_000, LONG, LONG, LONG);
    threads = PumpThreads.onCpu(1); // more of them may end one item before the other

    try (Session<Item, String> session = open(pump())) {
      all(session, items(83));
      PumpFigures figures = session.figures();

      assertThat(figures.items()).isEqualTo(83);
      assertThat(figures.inferred()).isEqualTo(83);
      assertThat(Math.round(figures.batches())).isEqualTo(11);
      assertThat(figures.meanBatch()).isBetween(7.5, 8.0);
    }
  }

  @Test
  void aBusyDeviceIsNotGivenFragments() {
    batches = new BatchShape(8, 1 << 20, 1 << 20, 64);
    limits = new PumpLimits(100_000, Duration.ofMillis(1), LONG, LONG);
    threads = PumpThreads.besideDevice(2, 1); // preparers idle while the lane has a backlog
    numbers.pace = 15; // long enough for preparers that get little of a core

    try (Session<Item, String> session = open(pump())) {
      all(session, items(640));

      assertThat(session.figures().meanBatch()).isGreaterThan(6);
    }
  }

  @Test
  void aTailDoesNotWaitForOthers() {
    limits = new PumpLimits(10_000, LONG, LONG, LONG); // only the end of the input cuts it short

    try (Session<Item, String> session = open(pump())) {
      assertThat(all(session, items(1))).isEqualTo(squares(1));
    }
  }

  @Test
  void aSlowSourceGetsWhatIsReadyAfterTheMaximumWait() {
    Iterator<Item> slow =
        new Iterator<>() {
          private int next;

          @Override
          public boolean hasNext() {
            return next < 2;
          }

          @Override
          public Item next() {
            for (int i = 0; next == 1 && numbers.batches.isEmpty(); i++) {
              assertThat(i).as("the first item never ran").isLessThan(300_000);
              sleep(1);
            }
            return item(next++);
          }
        };

    try (Session<Item, String> session = open(pump())) {
      assertThat(listed(session.outcomes(slow))).isEqualTo(squares(2));
    }
  }

  private static void sleep(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void lanesBesideTheWorkersRunTheBatches() throws Exception {
    threads = PumpThreads.besideDevice(2, 2);
    Pump<Item, String> pump = pump();

    for (List<String> outcomes : together(pump, 4, session -> all(session, items(100)))) {
      assertThat(outcomes).isEqualTo(squares(100));
    }
  }

  // memory

  @Test
  void theBudgetIsKept() throws Exception {
    limits = new PumpLimits(400, SOON, LONG, LONG);
    Pump<Item, String> pump = pump();
    together(pump, 4, session -> mixedThrough(session, 200, 60));

    assertThat(pump.figures().peakBytes()).isBetween(100L, 400L);
    assertThat(pump.figures().items()).isEqualTo(800);
  }

  private static int mixedThrough(Session<Item, String> session, int count, long extra) {
    List<Item> mixed =
        items(count).stream()
            .map(item -> item.holding(20, extra))
            .map(item -> item.number() % 2 == 0 ? item.fetchable() : item)
            .toList();
    assertThat(all(session, mixed)).isEqualTo(squares(count));
    return count;
  }

  @Test
  void itemsAboveTheWholeBudgetArePreparedAlone() throws Exception {
    limits = new PumpLimits(50, SOON, LONG, LONG);
    threads = PumpThreads.onCpu(4);
    Pump<Item, String> pump = pump();
    together(pump, 8, session -> mixedThrough(session, 25, 1_000));

    assertThat(numbers.mostPreparing).hasValue(1);
    assertThat(pump.figures().peakBytes()).isLessThanOrEqualTo(1_020 + 50 / 4);
  }

  @RepeatedTest(20)
  void anyMixComesThrough(RepetitionInfo repetition) throws Exception {
    pumpAnyMix(new Random(repetition.getCurrentRepetition()));
  }

  @Tag("slow")
  @RepeatedTest(400)
  void anyMixComesThroughForLong(RepetitionInfo repetition) throws Exception {
    pumpAnyMix(new Random(1_000 + repetition.getCurrentRepetition()));
  }

  /** Sizes, threads, failures and readers that stop early, as the dice fall. */
  private void pumpAnyMix(Random random) throws Exception {
    limits = new PumpLimits(1 + random.nextInt(500), Duration.ofMillis(1), LONG, LONG);
    batches = new BatchShape(1 + random.nextInt(9), 200, 50, 1 + random.nextInt(40));
    threads = random.nextBoolean() ? PumpThreads.onCpu(3) : PumpThreads.besideDevice(2, 2);
    List<Item> items =
        items(150).stream()
            .map(item -> item.holding(random.nextInt(100), random.nextInt(300)))
            .map(item -> item.ofLength(1 + random.nextInt(30)))
            .map(item -> random.nextBoolean() ? item.fetchable() : item)
            .map(item -> random.nextInt(20) == 0 ? item.with(Trouble.CANNOT_BE_PREPARED) : item)
            .map(item -> random.nextInt(30) == 0 ? item.with(Trouble.CANNOT_BE_INFERRED) : item)
            .toList();
    AtomicInteger wanted = new AtomicInteger(random.nextBoolean() ? 150 : random.nextInt(150));
    Pump<Item, String> pump = pump();

    together(
        pump,
        4,
        session -> {
          Iterator<String> outcomes = session.outcomes(items.iterator());
          int count = wanted.getAndUpdate(before -> before == 150 ? 150 : before / 2);
          for (int i = 0; i < count; i++) {
            assertThat(outcomes.next()).isEqualTo(expected(items.get(i)));
          }
          return count;
        });
    assertThat(leases).hasValue(0);
    assertThat(pump.bytesInFlight()).isZero();
  }

  private static String expected(Item item) {
    return switch (item.trouble()) {
      case CANNOT_BE_PREPARED -> "damaged " + item.number();
      case CANNOT_BE_INFERRED -> "the device refuses " + item.number();
      default -> square(item.number());
    };
  }

  @Test
  void aTaskPullsNoFurtherThanThePumpHasRoom() {
    batches = new BatchShape(4, 1 << 20, 1 << 20, 4);
    AtomicInteger pulled = new AtomicInteger();
    Iterator<Item> counted =
        items(10_000).stream().peek(item -> pulled.incrementAndGet()).iterator();

    try (Session<Item, String> session = open(pump())) {
      assertThat(session.outcomes(counted).next()).isEqualTo(square(0));
    }
    assertThat(pulled).hasValueLessThanOrEqualTo(2 * 4 + 4 * 4 + 1);
    assertThat(leases).hasValue(0);
  }

  // failures

  @Test
  void oneItemFailsAlone() {
    List<Item> items = new ArrayList<>(items(40));
    items.set(7, item(7).with(Trouble.CANNOT_BE_PREPARED));
    items.set(21, item(21).with(Trouble.CANNOT_BE_INFERRED));

    try (Session<Item, String> session = open(pump())) {
      List<String> outcomes = all(session, items);

      assertThat(outcomes.get(7)).isEqualTo("damaged 7");
      assertThat(outcomes.get(21)).isEqualTo("the device refuses 21");
      assertThat(IntStream.range(0, 40).filter(i -> i != 7 && i != 21))
          .allMatch(i -> outcomes.get(i).equals(square(i)));
      assertThat(session.figures().halvings()).isPositive();
    }
  }

  @Test
  void aDeviceWithoutMemoryGetsHalves() {
    Numbers small = new Numbers(3);
    batches = new BatchShape(64, 1 << 20, 1 << 20, 64);

    try (Session<Item, String> session = open(pump(small))) {
      assertThat(all(session, items(64))).isEqualTo(squares(64));
      assertThat(small.batches).allMatch(batch -> batch.size() <= 3);
    }
  }

  @Test
  void aFailingStoreFailsItsOwnTaskOnly() {
    Pump<Item, String> pump = pump();
    List<Item> unreadable =
        items(20).stream()
            .map(Item::fetchable)
            .map(item -> item.number() < 5 ? item : item.with(Trouble.STORE_FAILS))
            .toList();

    try (Session<Item, String> healthy = open(pump);
        Session<Item, String> failing = open(pump)) {
      Iterator<String> outcomes = failing.outcomes(unreadable.iterator());
      for (int i = 0; i < 5; i++) {
        assertThat(outcomes.next()).isEqualTo(square(i));
      }
      assertThatThrownBy(outcomes::next)
          .isInstanceOf(LakehouseException.class)
          .hasMessage("Cannot read blob 5");
      assertThat(all(healthy, items(20))).isEqualTo(squares(20));
    }
  }

  @Test
  void aThreadThatHangsIsGivenUpAndReplaced() {
    limits = new PumpLimits(10_000, SOON, Duration.ofMillis(500), LONG);
    threads = PumpThreads.onCpu(1);
    List<Item> items = new ArrayList<>(items(10));
    items.set(3, item(3).with(Trouble.HANGS_IN_PREPARE));

    try (Session<Item, String> session = open(pump())) {
      List<String> outcomes = all(session, items);

      assertThat(outcomes.get(3)).startsWith("Not prepared within");
      assertThat(outcomes.get(9)).isEqualTo(square(9));
      assertThat(session.figures().givenUp()).isEqualTo(1);
      assertThat(Watch.hungThreads()).isEqualTo(1);
    }
    assertThat(leases).as("held by the thread that hangs").hasValue(1);
    numbers.release.countDown();
    for (int i = 0; i < 1_000 && leases.get() > 0; i++) {
      sleep(5);
    }
    assertThat(leases).hasValue(0);
  }

  @Test
  void aFourthThreadThatHangsFailsThePump() {
    limits = new PumpLimits(10_000, SOON, Duration.ofMillis(100), LONG);
    Pump<Item, String> pump = pump();
    List<Item> hanging =
        items(8).stream().map(item -> item.with(Trouble.HANGS_IN_PREPARE)).toList();

    try (Session<Item, String> session = open(pump)) {
      assertThatThrownBy(() -> all(session, hanging))
          .isInstanceOf(LakehouseException.class)
          .hasMessageContaining("threads of this executor hang in preparing items for numbers")
          .hasMessageContaining("at most 3");
      assertThat(pump.open(ALIVE)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"HANGS_IN_INFER, infer", "HANGS_IN_FETCH, fetch"})
  void aPumpThatStandsStillSaysWhere(Trouble trouble, String stage) {
    limits = new PumpLimits(10_000, SOON, LONG, Duration.ofMillis(200));
    List<Item> items = List.of(item(1).fetchable().with(trouble));

    try (Session<Item, String> session = open(pump())) {
      assertThatThrownBy(
              () -> {
                Iterator<String> outcomes = session.outcomes(items.iterator());
                try {
                  outcomes.next();
                } finally {
                  numbers.release.countDown();
                }
              })
          .isInstanceOf(LakehouseException.class)
          .hasMessageContaining("The pump of numbers stands still at " + stage)
          .hasMessageContaining("with 1 tasks")
          .hasMessageContaining("of 10000 bytes in flight");
    }
    assertThat(leases).hasValue(0);
  }

  // the end

  @Test
  void closingEarlyGivesEverythingBack() {
    Pump<Item, String> pump = pump();
    Session<Item, String> other = open(pump);
    Session<Item, String> early = open(pump);
    early.outcomes(items(500).iterator()).next();
    early.close();
    early.close();

    assertThat(all(other, items(50))).isEqualTo(squares(50));
    other.close();

    assertThat(leases).hasValue(0);
    assertThat(pump.bytesInFlight()).isZero();
    assertThat(pumpThreads()).isEmpty();
    assertThat(pump.open(ALIVE)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"HANGS_IN_FETCH", "WAITS_IN_INFER"})
  void aKilledTaskStopsWaiting(Trouble trouble) {
    List<Item> items = List.of(item(1).fetchable().with(trouble));
    AtomicInteger asked = new AtomicInteger();
    Runnable killedSoon =
        () -> {
          if (asked.incrementAndGet() > 2) {
            throw new IllegalArgumentException("killed");
          }
        };

    try (Session<Item, String> session = pump().open(killedSoon).orElseThrow()) {
      assertThatThrownBy(() -> session.outcomes(items.iterator()).next()).hasMessage("killed");
    }
    assertThat(leases).hasValue(0);
    assertThat(pumpThreads()).isEmpty();
  }

  @Test
  void anInterruptedTaskStopsWaiting() throws Exception {
    Pump<Item, String> pump = pump();
    List<Item> items = List.of(item(1).fetchable().with(Trouble.HANGS_IN_FETCH));
    ExecutorService task = Executors.newSingleThreadExecutor();
    Future<Boolean> interrupted =
        task.submit(
            () -> {
              try (Session<Item, String> session = open(pump)) {
                assertThatThrownBy(() -> session.outcomes(items.iterator()).next())
                    .hasMessage("Interrupted while waiting for numbers");
              }
              return Thread.interrupted();
            });
    task.shutdownNow(); // interrupts

    assertThat(task.awaitTermination(300, TimeUnit.SECONDS)).isTrue();
    assertThat(interrupted.get()).isTrue();
    assertThat(leases).hasValue(0);
    assertThat(pumpThreads()).isEmpty();
  }

  @Test
  void figuresOfSessionsAddUp() throws Exception {
    batches = new BatchShape(4, 1 << 20, 1 << 20, 16);
    Pump<Item, String> pump = pump();
    List<Item> mixed =
        items(100).stream().map(item -> item.ofLength(1 + item.number() % 7)).toList();
    List<PumpFigures> each =
        together(
            pump,
            3,
            session -> {
              assertThat(all(session, mixed)).isEqualTo(squares(100));
              return session.figures();
            });

    PumpFigures sum = each.stream().reduce(PumpFigures.NONE, PumpFigures::plus);
    assertThat(sum.items()).isEqualTo(300);
    assertThat(Math.round(sum.batches())).isEqualTo(numbers.batches.size());
    assertThat(sum.paddingShare()).isBetween(0.0, 0.5);
    assertThat(sum.inferNanos()).isPositive();
    assertThat(sum.laneNanos()).isGreaterThan(sum.inferNanos());
    assertThat(sum)
        .asString()
        .matches(
            "fetch 0\\.0 s, prepare .* s, infer .* s; .* batches of .*, padding .* %, device busy"
                + " .* %, wait .* s an item, at most 1 MiB in flight");
  }
}
