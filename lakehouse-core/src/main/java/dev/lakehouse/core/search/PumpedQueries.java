// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.search;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.batch.PumpLimits;
import dev.lakehouse.core.batch.Session;
import dev.lakehouse.core.embed.Batching;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.embed.EmbedOutcome;
import dev.lakehouse.core.embed.EncoderSpec;
import dev.lakehouse.core.embed.PumpPlan;
import dev.lakehouse.core.embed.WarmPumps;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Queries of many threads, prepared and inferred by the pump that embeds a corpus: what comes at
 * the same time goes through a model together, and the memory of what is decoded has one bound.
 */
final class PumpedQueries implements QueryWork {
  /** How long a prepared query waits for others that are on their way. */
  private static final Duration MAX_WAIT = Duration.ofMillis(2);

  private final PumpPlan plan;

  /** A session of each encoder that stays open, so that its pump keeps threads and model. */
  private final Map<EncoderSpec, Session<EmbedInput, EmbedOutcome>> kept = new HashMap<>();

  PumpedQueries(Settings settings) {
    this.plan =
        new PumpPlan(
            DEVICE,
            Runtime.getRuntime().availableProcessors(),
            1,
            Batching.from(settings),
            new PumpLimits(
                settings.integer(Setting.EMBED_BYTES_IN_FLIGHT),
                MAX_WAIT,
                Duration.ofSeconds(settings.integer(Setting.EMBED_ITEM_SECONDS)),
                Duration.ofSeconds(settings.integer(Setting.EMBED_STALL_SECONDS))));
  }

  @Override
  public EmbedOutcome embed(EncoderSpec spec, EmbedInput query) {
    keep(spec);
    try (Session<EmbedInput, EmbedOutcome> session = open(spec)) {
      return session.outcomes(List.of(query).iterator()).next();
    } catch (LakehouseException e) {
      letGo(spec); // a pump that failed is over; the next query starts another
      throw e;
    }
  }

  private Session<EmbedInput, EmbedOutcome> open(EncoderSpec spec) {
    return WarmPumps.open(spec, plan, () -> {});
  }

  @Override
  public void load(EncoderSpec spec) {
    keep(spec);
  }

  private void keep(EncoderSpec spec) {
    synchronized (kept) {
      if (kept.containsKey(spec)) {
        return;
      }
    }
    Session<EmbedInput, EmbedOutcome> session = open(spec); // loads the model: no lock meanwhile
    session.finish();
    Session<EmbedInput, EmbedOutcome> another;
    synchronized (kept) {
      another = kept.putIfAbsent(spec, session);
    }
    if (another != null) {
      session.close();
    }
  }

  private void letGo(EncoderSpec spec) {
    Session<EmbedInput, EmbedOutcome> former;
    synchronized (kept) {
      former = kept.remove(spec);
    }
    if (former != null) {
      former.close();
    }
  }

  @Override
  public void close() {
    List<EncoderSpec> specs;
    synchronized (kept) {
      specs = List.copyOf(kept.keySet());
    }
    specs.forEach(this::letGo);
  }
}
