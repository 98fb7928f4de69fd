// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.engine;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtEnvironment;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestRuntimeJars {
  @TempDir Path folder;

  @Test
  void thisBuildHasOneRuntime() {
    assertThatCode(() -> RuntimeJars.requireOne(getClass().getClassLoader()))
        .doesNotThrowAnyException();
  }

  @Test
  void aSecondRuntimeIsRefusedAndNamed() throws IOException {
    URL first = OrtEnvironment.class.getProtectionDomain().getCodeSource().getLocation();
    Path second = Files.copy(Path.of(first.getPath()), folder.resolve("onnxruntime_gpu.jar"));

    try (URLClassLoader both =
        new URLClassLoader(new URL[] {first, second.toUri().toURL()}, null)) {
      assertThatThrownBy(() -> RuntimeJars.requireOne(both))
          .isInstanceOf(LakehouseException.class)
          .hasMessageContaining("ONNX Runtime 2 times")
          .hasMessageContaining(first.getPath())
          .hasMessageContaining("onnxruntime_gpu.jar")
          .extracting(thrown -> ((LakehouseException) thrown).code())
          .isEqualTo(ErrorCode.CONFIG_INVALID);
    }
  }
}
