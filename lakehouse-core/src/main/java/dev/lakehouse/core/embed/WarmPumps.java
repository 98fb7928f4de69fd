// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.embed;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.batch.Pump;
import dev.lakehouse.core.batch.PumpFigures;
import dev.lakehouse.core.batch.Session;
import dev.lakehouse.core.batch.SharedPumps;
import dev.lakehouse.core.bundle.engine.Lease;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The pumps of this JVM: one for each encoder, device and way to pump, shared by all tasks that
 * want it now. A pump leases its encoder while it has sessions, and until its last thread has
 * ended.
 */
public final class WarmPumps {

  /** Limits count too: what a picture may not exceed decides what becomes of it. */
  private record Key(EncoderSpec spec, PumpPlan plan) {}

  private static final SharedPumps<Key, EmbedInput, EmbedOutcome> PUMPS = new SharedPumps<>();

  private WarmPumps() {}

  /**
   * Opens a session for one task, loading the encoder where it is not warm.
   *
   * @param alive called about ten times a second while the task waits; may throw to end the wait
   * @throws LakehouseException as {@link WarmEncoders#lease} does; the next call tries again
   */
  public static Session<EmbedInput, EmbedOutcome> open(
      EncoderSpec spec, PumpPlan plan, Runnable alive) {
    AtomicBoolean loaded = new AtomicBoolean();
    // loading may take long: no lock is held meanwhile
    Lease<Encoder> encoder = WarmEncoders.lease(spec, plan.device(), () -> loaded.set(true));
    Session<EmbedInput, EmbedOutcome> session;
    try {
      Encoder steps = encoder.value();
      session =
          PUMPS.open(
              new Key(spec, plan),
              encoder::close,
              end -> Pump.of(steps.steps(), plan.options(steps), end),
              alive);
    } catch (Throwable e) {
      encoder.close();
      throw e;
    }
    if (loaded.get()) {
      session.countLoad();
    }
    return session;
  }

  /** What all pumps of this JVM did since it started. */
  public static PumpFigures figures() {
    return PUMPS.figures();
  }

  /** Bytes in flight in this JVM now. */
  public static long bytesInFlight() {
    return PUMPS.bytesInFlight();
  }
}
