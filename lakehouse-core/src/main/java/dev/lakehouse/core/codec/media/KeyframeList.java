// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.media;

import java.util.ArrayList;
import java.util.List;

/**
 * Pictures of a film that is still running, thinned out while they come, so that those which are
 * kept spread over all of it and never need much memory.
 */
final class KeyframeList {
  /** How much two pictures differ where a shot begins, by FFmpeg's measure. */
  static final double CUT = 0.4;

  /** Seconds into a shot after which a picture shows it better than the one at the cut. */
  static final double SETTLED = 0.5;

  private record Taken(double seconds, byte[] jpeg) {}

  private final int atMost;
  private final boolean settles;
  private final List<Taken> taken = new ArrayList<>();
  private long offered; // shots, and more of long ones
  private long stride = 1; // of which one is taken
  private boolean offeredAtCut; // of the last one
  private boolean offeredIsTaken; // of the last one

  KeyframeList(FrameChoice choice) {
    this.atMost = choice.atMost();
    this.settles = choice.method() == FrameChoice.Method.SCENE;
  }

  /**
   * Another picture.
   *
   * @param change from the picture before, 0 to 1
   */
  void add(double seconds, double change, byte[] jpeg) {
    double at = Double.isNaN(seconds) ? last() : seconds;
    boolean cut = taken.isEmpty() || change > CUT;
    if (settles && offeredAtCut && !cut) {
      settle(jpeg);
    } else {
      offer(at, jpeg);
    }
    offeredAtCut = cut;
  }

  private void settle(byte[] jpeg) {
    if (offeredIsTaken) {
      taken.set(taken.size() - 1, new Taken(last(), jpeg));
    }
  }

  private void offer(double seconds, byte[] jpeg) {
    offeredIsTaken = offered++ % stride == 0;
    if (offeredIsTaken) {
      taken.add(new Taken(seconds, jpeg));
    }
    if (taken.size() > 2 * atMost) {
      thin();
    }
  }

  private double last() {
    return taken.isEmpty() ? 0 : taken.get(taken.size() - 1).seconds();
  }

  /** Every second one goes, of those to come too. The last one stays, which may yet settle. */
  private void thin() {
    for (int i = taken.size() - 2; i > 0; i -= 2) {
      taken.remove(i);
    }
    stride *= 2;
  }

  /**
   * Those that are kept.
   *
   * @param seconds that the film lasts
   */
  List<Keyframe> upTo(double seconds) {
    List<Taken> kept = new ArrayList<>();
    int count = Math.min(atMost, taken.size());
    for (int i = 0; i < count; i++) {
      kept.add(taken.get((int) ((long) i * taken.size() / count)));
    }
    List<Keyframe> frames = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double from = kept.get(i).seconds();
      double to = i + 1 < count ? kept.get(i + 1).seconds() : seconds;
      frames.add(new Keyframe(from, Math.max(from, to), kept.get(i).jpeg()));
    }
    return frames;
  }
}
