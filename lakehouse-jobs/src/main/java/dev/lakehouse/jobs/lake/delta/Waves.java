// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.delta;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.jobs.lake.Progress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Long work, committed piece by piece, so that a kill costs no more than {@code
 * lakehouse.wave.seconds} of it.
 *
 * <p>Items fall into half waves by the hash of their key. While one half commits the next is
 * computed, so that warm models stay busy: a kill costs the two of them, which is one wave. The
 * first half is small and shows the pace.
 */
public final class Waves {
  private static final long BUCKETS = 1 << 20;
  private static final double MAX_GROWTH = 16;

  /** So many may be computed and not committed. */
  public static final int HALVES = 2;

  private static final int TASKS_PER_CORE = 3;

  /** Writes what a half wave computed. */
  @FunctionalInterface
  public interface Commit {
    /**
     * Writes half a wave.
     *
     * @param rows the outcomes, kept until this returns
     * @param complete whether nothing is left to do once they are written
     */
    void write(Dataset<Row> rows, boolean complete);
  }

  /**
   * What is to be done.
   *
   * @param name for people
   * @param items to be computed; evaluated once a half, so it should read fixed versions
   * @param total how many items there are
   * @param key the column whose hash spreads them
   * @param compute from items to outcome rows, lazily
   * @param settles which rows settle an item; others belong to one
   * @param commit writes the rows of a half
   */
  public record Work(
      String name,
      Dataset<Row> items,
      long total,
      String key,
      UnaryOperator<Dataset<Row>> compute,
      Column settles,
      Commit commit) {}

  /**
   * What work took.
   *
   * @param rows that were computed
   * @param computeSeconds while rows were computed
   * @param writeSeconds while rows were committed, most of it beside the computing of others
   */
  public record Spent(long rows, double computeSeconds, double writeSeconds) {
    /** There was nothing to do. */
    public static final Spent NOTHING = new Spent(0, 0, 0);

    private Spent and(Half half) {
      return new Spent(rows + half.count(), computeSeconds + half.seconds(), writeSeconds);
    }

    private Spent wrote(double seconds) {
      return new Spent(rows, computeSeconds, writeSeconds + seconds);
    }
  }

  /** Half a wave, computed: buckets up to an exclusive bound. */
  private record Half(long upTo, KeptRows kept, long count, double seconds) {}

  private final SparkSession spark;
  private final double targetSeconds;
  private final long firstPerCore;
  private final Progress progress;

  public Waves(SparkSession spark, Settings settings, Progress progress) {
    this.spark = spark;
    this.targetSeconds = settings.integer(Setting.WAVE_SECONDS) / (double) HALVES;
    this.firstPerCore = settings.integer(Setting.WAVE_FIRST_ITEMS);
    this.progress = progress;
  }

  /**
   * Computes and commits every item.
   *
   * @return how much was computed, and what it took
   */
  public Spent run(Work work) {
    ExecutorService committer =
        Executors.newSingleThreadExecutor(task -> new Thread(task, "lakehouse-wave-commit"));
    try {
      return run(work, committer);
    } finally {
      close(committer);
    }
  }

  private Spent run(Work work, ExecutorService committer) {
    Future<Double> committing = CompletableFuture.completedFuture(0.0);
    Spent spent = Spent.NOTHING;
    long width = firstWidth(work.total());
    progress.reached(work.name(), 0, work.total());
    for (long from = 0; from < BUCKETS; ) {
      Half half = compute(work, from, Math.min(BUCKETS, from + width));
      spent = spent.and(half);
      report(work, spent.rows(), half);
      progress.reached(work.name(), spent.rows(), work.total());
      spent = spent.wrote(before(half, committing));
      committing = committer.submit(() -> write(work, half));
      from = half.upTo();
      width = nextWidth(work, width, half.seconds());
    }
    return spent.wrote(await(committing));
  }

  private Half compute(Work work, long from, long upTo) {
    Column bucket = pmod(xxhash64(col(work.key())), lit(BUCKETS));
    Dataset<Row> items = work.items().where(bucket.geq(from).and(bucket.lt(upTo)));
    KeptRows kept =
        KeptRows.computed(work.compute().apply(items.repartition(tasks(), col(work.key()))));
    long started = System.nanoTime();
    try {
      Row counted =
          kept.rows().agg(count(lit(1)), count_if(work.settles())).head(); // makes all of them
      long count = counted.getLong(1);
      return new Half(upTo, kept, count, (System.nanoTime() - started) / 1e9);
    } catch (Throwable e) {
      kept.close();
      throw e;
    }
  }

  private int tasks() {
    return spark.sparkContext().defaultParallelism() * TASKS_PER_CORE;
  }

  private void report(Work work, long done, Half half) {
    progress.say(
        "%s: %,d of %,d (%.1f/s)"
            .formatted(work.name(), done, work.total(), half.count() / half.seconds()));
  }

  /** Returns the seconds that it took. */
  private static double write(Work work, Half half) {
    long started = System.nanoTime();
    try {
      if (half.count() > 0) {
        work.commit().write(half.kept().rows(), half.upTo() == BUCKETS);
      }
    } finally {
      half.kept().close();
    }
    return (System.nanoTime() - started) / 1e9;
  }

  private long firstWidth(long total) {
    long first = firstPerCore * spark.sparkContext().defaultParallelism();
    return total <= 2 * first ? BUCKETS : Math.max(1, BUCKETS * first / total);
  }

  private long nextWidth(Work work, long width, double seconds) {
    double growth = Math.min(MAX_GROWTH, targetSeconds / Math.max(seconds, 0.001));
    return Math.max(leastWidth(work.total()), (long) (width * growth));
  }

  /** An item for each task: what a smaller half takes is overhead, and would shrink it further. */
  private long leastWidth(long total) {
    return Math.max(1, BUCKETS * tasks() / total);
  }

  /** Waits for the commit before that of a half, which is dropped where that one fails. */
  private static double before(Half half, Future<Double> committing) {
    try {
      return await(committing);
    } catch (Throwable e) {
      half.kept().close();
      throw e;
    }
  }

  private static double await(Future<Double> committing) {
    try {
      return committing.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("A wave could not be committed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while a wave was being committed", e);
    }
  }

  /** Lets a commit that is under way come to its end, whatever happened beside it. */
  private static void close(ExecutorService committer) {
    committer.shutdown();
    boolean interrupted = false;
    while (!committer.isTerminated()) {
      try {
        var unused = committer.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true; // told again below: the lake is not to change after this returns
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
