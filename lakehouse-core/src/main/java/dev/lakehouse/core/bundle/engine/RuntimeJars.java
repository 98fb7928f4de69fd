// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.engine;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.List;

/** Where ONNX Runtime comes from: with and without CUDA it has the same classes, so one must do. */
final class RuntimeJars {
  private static final String CLASS = "ai/onnxruntime/OrtEnvironment.class";

  private RuntimeJars() {}

  /**
   * Refuses a class path where chance decides which runtime is loaded.
   *
   * @throws LakehouseException CONFIG_INVALID if there are several
   */
  static void requireOne(ClassLoader loader) {
    List<String> places = places(loader);
    if (places.size() > 1) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Found ONNX Runtime %d times on the class path, expected once: %s. Keep onnxruntime, or"
              + " onnxruntime_gpu for CUDA, and remove the others",
          places.size(),
          String.join(" and ", places));
    }
  }

  private static List<String> places(ClassLoader loader) {
    try {
      return Collections.list(loader.getResources(CLASS)).stream()
          .map(URL::toString)
          .map(url -> url.replaceFirst("^jar:", "").replaceFirst("!?/" + CLASS + "$", ""))
          .distinct()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look for ONNX Runtime on the class path", e);
    }
  }
}
