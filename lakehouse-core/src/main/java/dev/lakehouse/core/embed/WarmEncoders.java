// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.embed;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.NativeLoading;
import dev.lakehouse.core.bundle.description.ModelBundle;
import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.bundle.engine.Bundles;
import dev.lakehouse.core.bundle.engine.Lease;
import dev.lakehouse.core.bundle.engine.LoadedTower;
import dev.lakehouse.core.bundle.engine.WarmPool;

/**
 * The encoders that this JVM keeps warm: one native session for each encoder and device, whatever
 * the number of tasks. Loaded by whoever leases it first, shared by all, closed only when nobody
 * leases it and room is needed.
 */
public final class WarmEncoders {
  /** Bytes of models kept warm where nobody sets another budget. */
  public static final long DEFAULT_BUDGET = 4L << 30;

  private record Key(String encoder, String tower, String device) {}

  private static final WarmPool<Key, LoadedTower> POOL =
      new WarmPool<>(LoadedTower::bytes, DEFAULT_BUDGET);

  private WarmEncoders() {}

  /**
   * Leases an encoder, loading it where it is not warm.
   *
   * @param device cpu, cuda:0, …
   * @throws LakehouseException if the bundle is absent, is not the one that the spec names, or
   *     cannot be loaded; the next call tries again
   */
  public static Lease<Encoder> lease(EncoderSpec spec, String device) {
    return lease(spec, device, () -> {});
  }

  /** As the other, and says if it was this call that loaded it. */
  static Lease<Encoder> lease(EncoderSpec spec, String device, Runnable loaded) {
    Lease<LoadedTower> tower =
        POOL.lease(
            new Key(spec.encoder(), spec.tower(), device),
            () -> {
              loaded.run();
              return load(spec, device);
            });
    return new EncoderLease(tower, encoder(spec, tower.value()));
  }

  private static LoadedTower load(EncoderSpec spec, String device) {
    ModelBundle bundle = Bundles.resolve(spec.bundle(), spec.models());
    if (!bundle.digest().equals(spec.bundleDigest())) {
      throw LakehouseException.of(
          ErrorCode.INTEGRITY,
          "Model bundle %s in %s has digest %s but %s is needed. Another model was imported under"
              + " its name; import the former one again, or embed and publish with the new one",
          spec.bundle(),
          bundle.place(),
          bundle.digest(),
          spec.bundleDigest());
    }
    Tower tower = bundle.tower(spec.tower(), spec.precision());
    if (!tower.graph().networkDigest().equals(spec.network())) {
      throw LakehouseException.of(
          ErrorCode.INTEGRITY,
          "The %s network of the %s tower of %s is not the one that encoder %s names. Its model.yaml"
              + " was changed; import the model again",
          spec.precision().word(),
          spec.tower(),
          bundle,
          spec.encoder());
    }
    return NativeLoading.get(() -> LoadedTower.load(bundle, tower, device));
  }

  private static Encoder encoder(EncoderSpec spec, LoadedTower loaded) {
    return encoder(spec, loaded, spec.kind().preparation(loaded, spec.limits()));
  }

  private static <P> Encoder encoder(
      EncoderSpec spec, LoadedTower loaded, Preparation<P> preparation) {
    return new TowerEncoder<>(spec, loaded, preparation);
  }

  /** Gives up the memory of an encoder that nobody leases. */
  public static void close(EncoderSpec spec, String device) {
    POOL.close(new Key(spec.encoder(), spec.tower(), device));
  }

  /** Keeps models of at most so many bytes warm; leased ones stay even above it. */
  public static void limit(long bytes) {
    POOL.limit(bytes);
  }

  /** How many native sessions this JVM opened since it started. */
  public static long nativeSessions() {
    return LoadedTower.sessionsOpened();
  }

  /** About how many bytes the warm models of this JVM hold. */
  public static long bytes() {
    return POOL.bytes();
  }

  /** How many leases are open now. */
  public static int leases() {
    return POOL.leases();
  }

  private record EncoderLease(Lease<LoadedTower> tower, Encoder encoder) implements Lease<Encoder> {

    @Override
    public Encoder value() {
      tower.value(); // says so if the lease is over
      return encoder;
    }

    @Override
    public void close() {
      tower.close();
    }
  }
}
