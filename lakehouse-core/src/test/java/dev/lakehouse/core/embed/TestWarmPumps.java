// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.batch.PumpFigures;
import dev.lakehouse.core.batch.PumpLimits;
import dev.lakehouse.core.batch.Session;
import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.codec.picture.Pictures;
import dev.lakehouse.core.content.BlobStore;
import dev.lakehouse.core.content.BlobStores;
import dev.lakehouse.core.content.Content;
import dev.lakehouse.core.content.Contents;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(1200)
class TestWarmPumps {
  private static final EncoderSpec IMAGES = Vectors.shapesClip(Tower.IMAGE);
  private static final EncoderSpec TEXTS = Vectors.shapesClip(Tower.TEXT);
  private static final long MIB = 1 << 20;

  @TempDir Path folder;

  @AfterEach
  void everyLeaseIsReturned() {
    assertThat(WarmEncoders.leases()).isZero();
  }

  private static PumpPlan plan(int rows, int window, long bytesInFlight) {
    return new PumpPlan(
        "cpu",
        2,
        1,
        new Batching(rows, 64 * MIB, 8192, window),
        new PumpLimits(
            bytesInFlight, Duration.ofMillis(50), Duration.ofSeconds(60), Duration.ofMinutes(5)));
  }

  private static Session<EmbedInput, EmbedOutcome> open(EncoderSpec spec, PumpPlan plan) {
    return WarmPumps.open(spec, plan, () -> {});
  }

  private static List<EmbedOutcome> outcomes(
      Session<EmbedInput, EmbedOutcome> session, List<EmbedInput> inputs) {
    List<EmbedOutcome> outcomes = new ArrayList<>();
    session.outcomes(inputs.iterator()).forEachRemaining(outcomes::add);
    return outcomes;
  }

  private static List<float[]> vectors(EncoderSpec spec, PumpPlan plan, List<EmbedInput> inputs) {
    try (Session<EmbedInput, EmbedOutcome> session = open(spec, plan)) {
      return outcomes(session, inputs).stream()
          .map(outcome -> outcome.vector().orElseThrow())
          .toList();
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "7, 1, 8", "64, 64, 1", "1, 50, 8", "7, 2048, 1", "64, 2048, 8"})
  void vectorsDoNotDependOnHowTheyArePumped(int rows, int window, int sessions) throws Exception {
    PumpPlan plan = plan(rows, window, 64 * MIB);
    for (EncoderSpec spec : List.of(IMAGES, TEXTS)) {
      List<EmbedInput> inputs = repeated(spec, 30);
      List<float[]> expected = Vectors.encode(spec, inputs, 64);

      for (List<float[]> found : together(sessions, () -> vectors(spec, plan, inputs))) {
        assertThat(Vectors.largestDifference(found, expected)).isLessThan(1e-5);
      }
    }
  }

  private static List<EmbedInput> repeated(EncoderSpec spec, int count) {
    List<EmbedInput> golden = spec == IMAGES ? ShapesClipGolden.images() : ShapesClipGolden.texts();
    return IntStream.range(0, count).mapToObj(i -> golden.get(i % golden.size())).toList();
  }

  private interface Task<T> {
    T run() throws Exception;
  }

  private static <T> List<T> together(int tasks, Task<T> task) throws Exception {
    CyclicBarrier start = new CyclicBarrier(tasks);
    ExecutorService pool = Executors.newFixedThreadPool(tasks);
    try {
      List<Future<T>> running = new ArrayList<>();
      for (int i = 0; i < tasks; i++) {
        running.add(
            pool.submit(
                () -> {
                  start.await();
                  return task.run();
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> one : running) {
        results.add(one.get(1000, TimeUnit.SECONDS));
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void textsOfMixedLengthAreSortedAndKeepTheirVectors() {
    EncoderSpec minilm = Vectors.minilm();
    List<EmbedInput> inputs =
        IntStream.range(0, 24)
            .mapToObj(i -> EmbedInput.text("A ferry " + "was late again ".repeat(i * 5 % 24)))
            .toList();
    List<float[]> expected = Vectors.encode(minilm, inputs, 1);

    PumpFigures sorted = assertSame(minilm, plan(4, 2048, 64 * MIB), inputs, expected);
    PumpFigures unsorted = assertSame(minilm, plan(4, 4, 64 * MIB), inputs, expected);

    assertThat(sorted.paddingShare()).isLessThan(0.15).isLessThan(unsorted.paddingShare() / 2);
  }

  private static PumpFigures assertSame(
      EncoderSpec spec, PumpPlan plan, List<EmbedInput> inputs, List<float[]> expected) {
    try (Session<EmbedInput, EmbedOutcome> session = open(spec, plan)) {
      List<float[]> found =
          outcomes(session, inputs).stream()
              .map(outcome -> outcome.vector().orElseThrow())
              .toList();
      assertThat(Vectors.largestDifference(found, expected)).isLessThan(1e-5);
      return session.figures();
    }
  }

  @Test
  void eightTasksShareOneSessionOfTheRuntime() throws Exception {
    EncoderSpec fresh = Vectors.unwarmed("eight tasks share one session");
    long before = WarmEncoders.nativeSessions();

    List<Long> loads =
        together(
            8,
            () -> {
              try (Session<EmbedInput, EmbedOutcome> session = open(fresh, plan(4, 16, MIB))) {
                outcomes(session, repeated(TEXTS, 20));
                return session.figures().loads();
              }
            });

    assertThat(WarmEncoders.nativeSessions() - before).isEqualTo(1);
    assertThat(loads.stream().mapToLong(Long::longValue).sum()).isEqualTo(1);
  }

  @Test
  void aLoadThatFailsIsTriedAgainByTheNext() {
    EncoderSpec sound = Vectors.unwarmed("a load that fails");
    EncoderSpec damaged =
        new EncoderSpec(
            sound.family(),
            sound.bundle(),
            "0".repeat(64),
            sound.models(),
            sound.kind(),
            sound.towers(),
            sound.precision(),
            sound.network(),
            sound.encoder(),
            sound.dimension(),
            sound.limits());

    assertThatThrownBy(() -> open(damaged, plan(4, 4, MIB))).isInstanceOf(LakehouseException.class);
    assertThat(WarmEncoders.leases()).isZero();
    assertThat(vectors(sound, plan(4, 4, MIB), repeated(TEXTS, 3))).hasSize(3);
  }

  @Test
  void storedPicturesAreReadWhenTheirTurnComes() throws IOException {
    BlobStore blobs = BlobStores.at(folder.toUri().toString(), Map.of());
    List<EmbedInput> inputs = new ArrayList<>();
    for (EmbedInput image : ShapesClipGolden.images()) {
      byte[] bytes = ((EmbedInput.Bytes) image).bytes();
      inputs.add(stored(blobs, blobs.put(new ByteArrayInputStream(bytes)), bytes.length));
    }
    inputs.add(3, stored(blobs, "0".repeat(64), 0));
    List<EmbedOutcome> found;
    try (Session<EmbedInput, EmbedOutcome> session = open(IMAGES, plan(8, 8, MIB))) {
      found = new ArrayList<>(outcomes(session, inputs));
      assertThat(session.figures().fetchNanos()).isPositive();
    }

    assertThat(found.remove(3).failure().orElseThrow().code()).isEqualTo(ItemError.BLOB_MISSING);
    assertThat(
            Vectors.largestDifference(
                found.stream().map(outcome -> outcome.vector().orElseThrow()).toList(),
                Vectors.encode(IMAGES, ShapesClipGolden.images(), 8)))
        .isLessThan(1e-5);
  }

  private static EmbedInput stored(BlobStore blobs, String sha256, long size) {
    return new EmbedInput.Stored(
        Tower.IMAGE,
        new Content(Optional.empty(), Optional.of(sha256), Optional.empty()),
        new Contents(blobs, Map.of(), MIB),
        size);
  }

  @Test
  void aDamagedStoreFailsItsOwnTaskOnly() throws IOException {
    BlobStore blobs = BlobStores.at(folder.toUri().toString(), Map.of());
    String sha256 = blobs.put(new ByteArrayInputStream(new byte[] {1, 2, 3}));
    Files.write(Path.of(URI.create(blobs.uri(sha256))), new byte[] {4, 5, 6});
    PumpPlan plan = plan(8, 8, MIB);

    try (Session<EmbedInput, EmbedOutcome> healthy = open(IMAGES, plan);
        Session<EmbedInput, EmbedOutcome> failing = open(IMAGES, plan)) {
      Iterator<EmbedOutcome> none = failing.outcomes(List.of(stored(blobs, sha256, 3)).iterator());
      assertThatThrownBy(none::next)
          .isInstanceOf(LakehouseException.class)
          .hasMessageContaining("expected sha256 " + sha256);
      assertThat(outcomes(healthy, repeated(IMAGES, 9)))
          .allMatch(outcome -> outcome.vector().isPresent());
    }
  }

  @Test
  void largePicturesStayWithinTheBudget() throws Exception {
    byte[] large = Pictures.file(Pictures.drawn(800, 600, BufferedImage.TYPE_INT_RGB, 5), "jpeg");
    long one = 7L * 800 * 600 + 2L * large.length; // decoded, and the file twice
    List<EmbedInput> inputs =
        IntStream.range(0, 12).mapToObj(i -> EmbedInput.image(large)).toList();

    assertThat(peak(inputs, 3 * one)).isBetween(2 * one, 3 * one);
    assertThat(peak(inputs, one / 2)).isBetween(one, one + one / 8);
  }

  private static long peak(List<EmbedInput> inputs, long budget) throws Exception {
    return together(
            4,
            () -> {
              try (Session<EmbedInput, EmbedOutcome> session = open(IMAGES, plan(4, 4, budget))) {
                assertThat(outcomes(session, inputs))
                    .allMatch(outcome -> outcome.vector().isPresent());
                return session.figures().peakBytes();
              }
            })
        .stream()
        .mapToLong(Long::longValue)
        .max()
        .orElseThrow();
  }
}
