// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.media;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import java.io.Serializable;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Which pictures of a film are kept.
 *
 * @param method how they are found
 * @param everySeconds seconds between two of them
 * @param atMost how many of one film; more are thinned out evenly
 * @param side pixels of the longer side; smaller ones stay as they are
 */
public record FrameChoice(Method method, int everySeconds, int atMost, int side)
    implements Serializable {

  /** How pictures are found. */
  public enum Method {
    /** One of each shot, and more of long ones. */
    SCENE,
    /** At even times. */
    UNIFORM,
    /** Where the sound is loudest; at even times where there is no sound. */
    AUDIO,
    /** None at all. */
    NONE;

    /** The word that stands in settings. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    private static Method of(Settings settings) {
      String word = settings.text(Setting.VIDEO_FRAMES);
      return Stream.of(values())
          .filter(method -> method.word().equals(word))
          .findFirst()
          .orElseThrow(
              () ->
                  LakehouseException.of(
                      ErrorCode.CONFIG_INVALID,
                      "Invalid %s: '%s' (must be one of %s)",
                      Setting.VIDEO_FRAMES.key(),
                      word,
                      Stream.of(values()).map(Method::word).toList()));
    }
  }

  /**
   * What the settings say.
   *
   * @throws dev.lakehouse.core.LakehouseException CONFIG_INVALID if no method has that name
   */
  public static FrameChoice from(Settings settings) {
    return new FrameChoice(
        Method.of(settings),
        (int) settings.integer(Setting.VIDEO_FRAMES_EVERY),
        (int) settings.integer(Setting.VIDEO_MAX_FRAMES),
        (int) settings.integer(Setting.VIDEO_FRAME_SIDE));
  }

  /** What tells it from others: {@code scene,10s,200,768px}. */
  public String word() {
    return "%s,%ds,%d,%dpx".formatted(method.word(), everySeconds, atMost, side);
  }
}
