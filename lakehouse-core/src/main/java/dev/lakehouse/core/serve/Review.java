// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.serve;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.content.Content;
import dev.lakehouse.core.curate.Decision;
import dev.lakehouse.core.lake.DeltaAppend;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.LakeReader;
import dev.lakehouse.core.serve.WaitingList.Cursor;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * What waits for a reviewer in a lake, and what reviewers decide of it. Nothing of what does not
 * wait is told. Decisions are rows as {@code lakehouse review} writes them, and come into force
 * with the next judgement. Threads may share one.
 */
public final class Review {
  private static final long FRESH_NANOS = 1_000_000_000;

  private final LakeLayout layout;
  private final Configuration hadoop;
  private final Clock clock;
  private final String run;
  private final DeltaAppend decisions;
  private final Object deciding = new Object();
  private Instant last = Instant.EPOCH; // guarded by deciding
  private @Nullable WaitingView view; // guarded by this
  private long lookedAt; // guarded by this

  /** Which of those that wait. */
  public enum Which {
    /** Those that nobody decided on since they were judged. */
    OPEN,
    /** Those that somebody decided on, until the next judgement takes that up. */
    DECIDED
  }

  /**
   * Looks at nothing yet.
   *
   * @param run that decisions are kept under
   */
  public Review(LakeLayout layout, Configuration hadoop, Clock clock, String run) {
    this.layout = layout;
    this.hadoop = hadoop;
    this.clock = clock;
    this.run = run;
    this.decisions = new DeltaAppend(layout, Tables.DECISIONS, hadoop);
  }

  /** A lake as it was a second ago at most. */
  private synchronized WaitingView now() {
    WaitingView before = view;
    long now = System.nanoTime();
    if (before != null && now - lookedAt < FRESH_NANOS) {
      return before;
    }
    WaitingView next = WaitingView.of(new LakeReader(layout, hadoop), Optional.ofNullable(before));
    view = next;
    lookedAt = now;
    return next;
  }

  private synchronized void lookAgain() {
    lookedAt = System.nanoTime() - FRESH_NANOS;
  }

  /**
   * Some of those that wait, by place: {@code {"judged", "count", "open", "decided", "reasons":
   * {code: n}, "next", "waiting": […]}}, where reasons are those of all that are wanted so.
   *
   * @param which of them
   * @param reason that they wait for, or empty for any
   * @param after what {@code next} of the page before said, or empty; what was decided meanwhile
   *     moves nothing
   * @param most of a page
   * @throws IllegalArgumentException if {@code after} is nothing that was said
   * @throws LakehouseException if the lake cannot be read
   */
  public Map<String, Object> page(Which which, String reason, String after, int most) {
    WaitingView seen = now();
    List<WaitingAsset> wanted =
        (after.isEmpty() ? seen.list().all() : seen.list().after(cursor(after)))
            .stream()
                .filter(asset -> is(seen, asset, which))
                .filter(asset -> reason.isEmpty() || asset.reasons().contains(reason))
                .limit(most + 1L)
                .toList();
    List<WaitingAsset> page = wanted.subList(0, Math.min(most, wanted.size()));
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("judged", seen.isJudged());
    json.put("count", seen.list().count());
    json.put("open", seen.list().count() - seen.decided());
    json.put("decided", seen.decided());
    json.put("reasons", reasons(seen, which));
    json.put("next", wanted.size() > most ? text(Cursor.of(page.get(page.size() - 1))) : null);
    json.put("waiting", seen.describe(page));
    return json;
  }

  private static boolean is(WaitingView seen, WaitingAsset asset, Which which) {
    return seen.decision(asset.assetId()).isPresent() == (which == Which.DECIDED);
  }

  private static Map<String, Long> reasons(WaitingView seen, Which which) {
    Map<String, Long> reasons = new TreeMap<>();
    seen.list().all().stream()
        .filter(asset -> is(seen, asset, which))
        .flatMap(asset -> asset.reasons().stream())
        .forEach(reason -> reasons.merge(reason, 1L, Long::sum));
    return reasons;
  }

  private static String text(Cursor cursor) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            (cursor.assetId() + " " + cursor.sourceUri()).getBytes(StandardCharsets.UTF_8));
  }

  private static Cursor cursor(String text) {
    String[] parts =
        new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ", 2);
    if (parts.length != 2) {
      throw new IllegalArgumentException("No place in the list: " + text);
    }
    return new Cursor(parts[1], parts[0]);
  }

  /** The row of an asset that waits, with the content that was judged; of no other. */
  public Optional<Values> find(String assetId) {
    WaitingView seen = now();
    return seen.list().find(assetId).flatMap(seen::row);
  }

  /** Where the content of such an asset is. */
  public static Content content(Values row) {
    return new Content(row.text("text"), row.text("blob"), row.text("blob_uri"));
  }

  /**
   * Keeps what a reviewer says of some assets.
   *
   * @param word one of {@link Decision#WORDS}
   * @param reason in words, or empty
   * @return those that do not wait, or whose content is not the judged one any more; if there are
   *     any, nothing is kept
   * @throws LakehouseException if it cannot be kept
   */
  public List<String> decide(List<String> assets, String word, String reason, String reviewer) {
    synchronized (deciding) {
      lookAgain();
      WaitingView seen = now();
      List<String> others =
          assets.stream().filter(id -> seen.list().find(id).flatMap(seen::row).isEmpty()).toList();
      if (others.isEmpty()) {
        Instant at = afterAll(assets, seen);
        decisions.add(
            assets.stream()
                .map(id -> Decision.of(id, word, reason, reviewer, at, run).row())
                .toList(),
            run,
            "review");
        lookAgain();
      }
      return others;
    }
  }

  /** The last word counts by its time, whatever the clocks of others say. */
  private Instant afterAll(List<String> assets, WaitingView seen) {
    Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS); // as tables keep it
    Instant before =
        assets.stream()
            .flatMap(id -> seen.decision(id).stream())
            .map(Decision::decidedAt)
            .reduce(last, (one, other) -> one.isAfter(other) ? one : other);
    last = at.isAfter(before) ? at : before.plus(1, ChronoUnit.MICROS);
    return last;
  }
}
