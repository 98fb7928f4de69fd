// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.embed;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.batch.Pump;
import dev.lakehouse.core.batch.PumpFigures;
import dev.lakehouse.core.batch.Session;
import dev.lakehouse.core.bundle.Lease;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The pumps of this JVM: one for each encoder, device and way to pump, shared by all tasks that
 * want it now. A pump leases its encoder while it has sessions, and until its last thread has
 * ended.
 */
public final class WarmPumps {

  private record Key(String encoder, PumpPlan plan) {}

  private static final Map<Key, Pump<EmbedInput, EmbedOutcome>> PUMPS = new HashMap<>();
  private static PumpFigures ended = PumpFigures.NONE; // of pumps that are not there any more

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
      session = open(new Key(spec.encoder(), plan), encoder, alive);
    } catch (Throwable e) {
      encoder.close();
      throw e;
    }
    if (loaded.get()) {
      session.countLoad();
    }
    return session;
  }

  /** Joins a pump, or makes one, which then owns the lease. */
  private static Session<EmbedInput, EmbedOutcome> open(
      Key key, Lease<Encoder> encoder, Runnable alive) {
    synchronized (PUMPS) {
      Optional<Session<EmbedInput, EmbedOutcome>> joined =
          Optional.ofNullable(PUMPS.get(key)).flatMap(pump -> pump.open(alive));
      if (joined.isPresent()) {
        encoder.close(); // the pump has its own
        return joined.get();
      }
      Encoder steps = encoder.value();
      Pump<EmbedInput, EmbedOutcome> pump =
          Pump.of(steps.steps(), key.plan().options(steps), () -> end(encoder));
      Pump<EmbedInput, EmbedOutcome> former = PUMPS.put(key, pump);
      if (former != null) {
        ended = ended.plus(former.figures());
      }
      return pump.open(alive).orElseThrow();
    }
  }

  /** After the last thread of a pump: nothing here holds on to what it used. */
  private static void end(Lease<Encoder> encoder) {
    synchronized (PUMPS) {
      for (Pump<EmbedInput, EmbedOutcome> pump : List.copyOf(PUMPS.values())) {
        if (pump.hasEnded()) {
          ended = ended.plus(pump.figures());
          PUMPS.values().remove(pump);
        }
      }
    }
    encoder.close();
  }

  /** What all pumps of this JVM did since it started. */
  public static PumpFigures figures() {
    synchronized (PUMPS) {
      PumpFigures sum = ended;
      for (Pump<EmbedInput, EmbedOutcome> pump : PUMPS.values()) {
        sum = sum.plus(pump.figures());
      }
      return sum;
    }
  }

  /** Bytes in flight in this JVM now. */
  public static long bytesInFlight() {
    synchronized (PUMPS) {
      return PUMPS.values().stream().mapToLong(Pump::bytesInFlight).sum();
    }
  }
}
