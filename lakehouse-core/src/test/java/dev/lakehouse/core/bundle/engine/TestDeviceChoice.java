// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestDeviceChoice {
  private record Has(boolean hasCuda, int gpus) implements DeviceChoice.Machine {}

  @ParameterizedTest
  @CsvSource({
    // wanted, given by Spark, CUDA in the runtime, GPUs seen, device, why
    "cpu,    , true, 2, cpu, as asked",
    "auto,   , true, 2, cuda:0, the machine's first GPU",
    "auto, 1 , true, 2, cuda:1, Spark gave it to the task",
    "auto, 1 , false, 2, cpu, 'auto: this ONNX Runtime was built without CUDA'",
    "auto,   , true, 0, cpu, 'auto: Spark gave the task no GPU, and this process sees 0'",
    "auto, MIG-5, true, 1, cpu, 'auto: Spark gave the task GPU ''MIG-5'', and only numbers are known here'",
    "cuda, 3 , true, 8, cuda:3, Spark gave it to the task",
    "gpu,    , true, 1, cuda:0, the machine's first GPU",
    "cuda:1, 0, true, 2, cuda:1, as asked",
    "gpu:1,  , true, 2, cuda:1, as asked",
  })
  void itSaysWhatItChoseAndWhy(
      String wanted, String given, boolean cuda, int gpus, String device, String why) {
    assertThat(DeviceChoice.of(wanted, Optional.ofNullable(given), new Has(cuda, gpus)))
        .isEqualTo(new DeviceChoice(device, why));
  }

  @ParameterizedTest
  @CsvSource({
    "cuda,   false, 2, built without CUDA",
    "cuda,   true,  0, this process sees 0",
    "cuda:1, true,  1, this process sees 1"
  })
  void whatWasAskedForAndIsAbsentNamesTheSettings(
      String wanted, boolean cuda, int gpus, String why) {
    assertThatThrownBy(() -> DeviceChoice.of(wanted, Optional.empty(), new Has(cuda, gpus)))
        .isInstanceOf(LakehouseException.class)
        .hasMessageContaining("Cannot use device " + wanted)
        .hasMessageContaining(why)
        .hasMessageContaining("spark.executor.resource.gpu.amount")
        .hasMessageContaining("spark.task.resource.gpu.amount")
        .extracting(thrown -> ((LakehouseException) thrown).code())
        .isEqualTo(ErrorCode.DEVICE_UNAVAILABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "tpu", "cuda:", "cuda:x", "gpus", "CPU"})
  void otherWordsAreRefused(String word) {
    assertThatThrownBy(() -> DeviceChoice.parse(word))
        .hasMessageContaining("'%s' (must be auto, cpu, cuda or cuda:<number>)".formatted(word));
  }

  @Test
  void thisMachineHasAtLeastItsProcessor() {
    assertThat(DeviceChoice.of("cpu", Optional.empty()).device()).isEqualTo("cpu");
    assertThat(DeviceChoice.of("auto", Optional.empty()).device()).matches("cpu|cuda:0");
  }
}
