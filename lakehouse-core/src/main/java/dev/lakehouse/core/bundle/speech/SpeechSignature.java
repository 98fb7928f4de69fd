// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.speech;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.bundle.engine.OnnxHeader;
import dev.lakehouse.core.bundle.engine.OnnxInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The inputs and outputs of Silero VAD, version 5 and later. Those of version 4 are others ({@code
 * h} and {@code c} in place of a state), and its windows too: such a network is refused.
 */
final class SpeechSignature {
  /** float32 [1, 576]: the last samples of the window before, then those of the window. */
  static final String INPUT = "input";

  /** float32 [2, 1, 128]: what the network gave for the window before; zeros for the first one. */
  static final String STATE = "state";

  /** int64, of rank 0: samples a second. */
  static final String RATE = "sr";

  /** float32 [1, 1]: how probable speech is in the window, 0 to 1. */
  static final String PROBABILITY = "output";

  /** float32 [2, 1, 128]: for the window after. */
  static final String NEXT_STATE = "stateN";

  private static final int FLOAT32 = 1; // codes of onnx.proto
  private static final int INT64 = 7;

  private static final List<OnnxInput> INPUTS =
      List.of(
          new OnnxInput(INPUT, FLOAT32, List.of(1L, (long) SpeechStream.INPUT)),
          new OnnxInput(
              STATE, FLOAT32, List.of((long) SpeechStream.LAYERS, 1L, (long) SpeechStream.WIDTH)),
          new OnnxInput(RATE, INT64, List.of()));
  private static final List<String> OUTPUTS = List.of(PROBABILITY, NEXT_STATE);

  private SpeechSignature() {}

  /**
   * Refuses a network with another signature, or with weights in other files.
   *
   * @param network on this machine
   * @param place where people find it
   * @throws LakehouseException MODEL_INVALID saying what was expected and what was found
   */
  static void require(Path network, String place) {
    OnnxHeader header;
    try {
      header = OnnxHeader.read(network, place);
    } catch (IOException | LakehouseException e) {
      throw refused(place, "an ONNX file", "another: " + e.getMessage(), e);
    }
    if (!header.external().isEmpty()) {
      throw refused(place, "a network in one file", "weights in " + header.external(), null);
    }
    boolean fits =
        header.inputs().size() == INPUTS.size()
            && INPUTS.stream().allMatch(wanted -> header.inputs().stream().anyMatch(fits(wanted)))
            && header.outputs().containsAll(OUTPUTS);
    if (!fits) {
      throw refused(
          place,
          words(INPUTS, OUTPUTS) + ", as Silero VAD has them from version 5 on",
          words(header.inputs(), header.outputs()),
          null);
    }
  }

  private static Predicate<OnnxInput> fits(OnnxInput wanted) {
    return found ->
        found.name().equals(wanted.name())
            && found.code() == wanted.code()
            && (wanted.lengths().isEmpty() || found.lengths().size() == wanted.lengths().size())
            && hasLengths(found, wanted);
  }

  /** Whether each axis that is fixed has the length that it should have. */
  private static boolean hasLengths(OnnxInput found, OnnxInput wanted) {
    for (int axis = 0; axis < found.lengths().size(); axis++) {
      if (found.fixed(axis).isPresent() && !found.fixed(axis).equals(wanted.fixed(axis))) {
        return false;
      }
    }
    return true;
  }

  private static String words(List<OnnxInput> inputs, List<String> outputs) {
    return "inputs %s and outputs %s"
        .formatted(
            inputs.stream().map(OnnxInput::toString).collect(Collectors.joining("; ")),
            String.join(", ", outputs));
  }

  static LakehouseException refused(
      String place, String expected, @Nullable String found, @Nullable Throwable cause) {
    return LakehouseException.because(
        cause,
        ErrorCode.MODEL_INVALID,
        "Refused the speech detector %s: expected %s, but found %s. Name another with --set"
            + " %s=PATH, or set it to '%s' to tell speech by its energy",
        place,
        expected,
        found,
        Setting.SPEECH_BUNDLE.key(),
        SpeechModel.NONE);
  }
}
