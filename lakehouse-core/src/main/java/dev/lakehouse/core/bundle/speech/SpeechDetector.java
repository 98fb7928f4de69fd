// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.speech;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.NativeLoading;
import dev.lakehouse.core.bundle.engine.InferenceException;
import dev.lakehouse.core.bundle.engine.Lease;
import dev.lakehouse.core.bundle.engine.OnnxSession;
import dev.lakehouse.core.bundle.engine.WarmPool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A network that tells speech, with its session open: one in a JVM, whatever the number of tasks.
 * Threads share it; what it heard so far belongs to a {@link SpeechStream}, of which each sound has
 * its own.
 */
public final class SpeechDetector implements AutoCloseable {
  /** Bytes of networks kept warm that nobody leases: the former one, while settings change. */
  private static final long WARM_BYTES = 64L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(SpeechDetector.class);
  private static final WarmPool<String, SpeechDetector> POOL =
      new WarmPool<>(SpeechDetector::bytes, WARM_BYTES);

  private final OnnxSession session;
  private final long bytes;

  private SpeechDetector(OnnxSession session, long bytes) {
    this.session = session;
    this.bytes = bytes;
  }

  /**
   * Leases a network, loading it where it is not warm.
   *
   * @throws LakehouseException if it is absent, has another digest than it should, or cannot be
   *     run; the next call tries again
   */
  public static Lease<SpeechDetector> lease(SpeechModel model) {
    return POOL.lease(model.sha256(), () -> NativeLoading.get(() -> load(model)));
  }

  private static SpeechDetector load(SpeechModel model) {
    SpeechPlace place = SpeechPlace.of(model.named(), model.models());
    long start = System.nanoTime();
    try (SpeechFile file = SpeechFile.of(model.named(), place)) {
      if (!file.sha256().equals(model.sha256())) {
        throw LakehouseException.of(
            ErrorCode.INTEGRITY,
            "The speech detector %s has sha256 %s but %s is needed. It was replaced while work was"
                + " under way, or is another one on this machine; put the same file everywhere and"
                + " repeat the command",
            place,
            file.sha256(),
            model.sha256());
      }
      SpeechSignature.require(file.path(), place.toString());
      SpeechDetector loaded =
          new SpeechDetector(
              OnnxSession.open(file.path(), place.toString()), Files.size(file.path()));
      loaded.requireAnswer(place.toString());
      LOG.info(
          "Loaded speech detector {} in {} ms", place, (System.nanoTime() - start) / 1_000_000);
      return loaded;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read a file that was just read", e);
    }
  }

  /** Refuses a network whose outputs are others than their names say. */
  private void requireAnswer(String place) {
    try {
      float unused = stream().probability(new float[SpeechStream.WINDOW]);
    } catch (InferenceException e) {
      close();
      throw SpeechSignature.refused(
          place, "a probability and a state of a window of silence", e.getMessage(), e);
    }
  }

  /** A sound that is about to be heard, from its beginning. */
  public SpeechStream stream() {
    return new SpeechStream(session);
  }

  /** About how much memory it holds: the size of its file. */
  long bytes() {
    return bytes;
  }

  @Override
  public void close() {
    session.close();
  }
}
