// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.engine;

import static java.util.Objects.requireNonNull;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Setting;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a model runs, and why there.
 *
 * @param device cpu, cuda:0, cuda:1, …
 * @param why for people
 */
public record DeviceChoice(String device, String why) {
  /** The device that every machine has. */
  public static final String CPU = "cpu";

  private static final String AUTO = "auto";
  private static final String CUDA = "cuda";
  private static final Pattern NUMBERED = Pattern.compile("cuda:(\\d{1,3})");
  private static final Pattern ADDRESS = Pattern.compile("\\d{1,9}"); // not those of MIG

  public DeviceChoice {
    requireNonNull(device, "device is null");
    requireNonNull(why, "why is null");
  }

  /** What there is to choose from. */
  interface Machine {
    /** Whether the runtime can use a GPU at all. */
    boolean hasCuda();

    /** GPUs that this process sees. */
    int gpus();
  }

  /**
   * The word as it is written: {@code gpu} is {@code cuda}.
   *
   * @param word auto, cpu, cuda or cuda:N
   * @throws LakehouseException CONFIG_INVALID if it is none of them
   */
  public static String parse(String word) {
    String known = word.replaceFirst("^gpu\\b", CUDA);
    if (known.equals(AUTO)
        || known.equals(CPU)
        || known.equals(CUDA)
        || NUMBERED.matcher(known).matches()) {
      return known;
    }
    throw LakehouseException.of(
        ErrorCode.CONFIG_INVALID,
        "Invalid %s: '%s' (must be auto, cpu, cuda or cuda:<number>)",
        Setting.EMBED_DEVICE.key(),
        word);
  }

  /**
   * Chooses on the machine that this is.
   *
   * @param wanted auto, cpu, cuda or cuda:N
   * @param given the address of the GPU that Spark gave to the task, if it gave one
   * @throws LakehouseException DEVICE_UNAVAILABLE if a GPU was asked for and cannot be had
   */
  public static DeviceChoice of(String wanted, Optional<String> given) {
    return of(wanted, given, NativeRuntime.machine());
  }

  static DeviceChoice of(String wanted, Optional<String> given, Machine machine) {
    String word = parse(wanted);
    if (word.equals(CPU)) {
      return new DeviceChoice(CPU, "as asked");
    }
    boolean auto = word.equals(AUTO);
    Optional<String> missing = missing(word, given, machine);
    if (missing.isPresent()) {
      if (auto) {
        return new DeviceChoice(CPU, "auto: " + missing.get());
      }
      throw NativeRuntime.noGpu(word, missing.get(), null);
    }
    if (NUMBERED.matcher(word).matches()) {
      return new DeviceChoice(word, "as asked");
    }
    return given
        .map(address -> new DeviceChoice(CUDA + ":" + address, "Spark gave it to the task"))
        .orElseGet(() -> new DeviceChoice(CUDA + ":0", "the machine's first GPU"));
  }

  /** What stands in the way of a GPU. */
  private static Optional<String> missing(String word, Optional<String> given, Machine machine) {
    if (!machine.hasCuda()) {
      return Optional.of("this ONNX Runtime was built without CUDA");
    }
    if (given.isPresent() && !ADDRESS.matcher(given.get()).matches()) {
      return Optional.of(
          "Spark gave the task GPU '%s', and only numbers are known here".formatted(given.get()));
    }
    Matcher numbered = NUMBERED.matcher(word);
    int least = numbered.matches() ? Integer.parseInt(numbered.group(1)) + 1 : 1;
    if (given.isEmpty() && machine.gpus() < least) {
      return Optional.of(
          "Spark gave the task no GPU, and this process sees %d".formatted(machine.gpus()));
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return "%s (%s)".formatted(device, why);
  }
}
