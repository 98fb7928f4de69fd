// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.speech;

import static java.util.Objects.requireNonNull;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.bundle.engine.Bundles;
import java.io.Serializable;
import java.util.Optional;

/**
 * Names a network that tells speech and says where it is. Plain, so that a task can carry it to
 * wherever the network is then leased. What names it is the digest of its bytes: where these are
 * put, and what they are called, is of no account.
 *
 * @param named as the setting has it; empty where only the digest is known
 * @param sha256 digest of the network, 64 hex digits
 * @param models where a plain name is looked for, and how storage is reached
 */
public record SpeechModel(String named, String sha256, ModelsRoot models) implements Serializable {
  /** The value of the setting with which no network tells speech. */
  static final String NONE = Bundles.NONE;

  public SpeechModel {
    requireNonNull(named, "named is null");
    requireNonNull(sha256, "sha256 is null");
    requireNonNull(models, "models is null");
  }

  /**
   * The network that the settings name; empty where they name none.
   *
   * @throws LakehouseException MODEL_UNAVAILABLE if it is not there, MODEL_INVALID if it is no
   *     detector of speech, CONFIG_INVALID for a name that is none
   */
  public static Optional<SpeechModel> from(Settings settings, ModelsRoot models) {
    return isOn(settings)
        ? Optional.of(at(settings.text(Setting.SPEECH_BUNDLE).strip(), models))
        : Optional.empty();
  }

  /** Whether settings name one, wherever it is. */
  public static boolean isOn(Settings settings) {
    return !settings.text(Setting.SPEECH_BUNDLE).strip().equals(NONE);
  }

  private static SpeechModel at(String named, ModelsRoot models) {
    SpeechPlace place = SpeechPlace.of(named, models);
    try (SpeechFile file = SpeechFile.of(named, place)) {
      SpeechSignature.require(file.path(), place.toString());
      return new SpeechModel(named, file.sha256(), models);
    }
  }

  /** One of which nothing is known but its digest: it names figures and cannot be loaded. */
  public static SpeechModel elsewhere(String sha256) {
    return new SpeechModel("", sha256, ModelsRoot.at(""));
  }

  @Override
  public String toString() {
    return "%s (%.12s)".formatted(named, sha256);
  }
}
