// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.engine;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.JvmFolder;
import dev.lakehouse.core.LakehouseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * The native libraries of models in this JVM: which devices they have, which version they are. The
 * first use of the class keeps DJL from the network for the rest of the JVM's life.
 */
final class NativeRuntime {
  private static final String ENGINE = "OnnxRuntime";

  /** Runtime and version as built; part of the name of every encoder. */
  static final String RUNTIME = "onnxruntime " + built("onnxruntime.version");

  private NativeRuntime() {}

  /** Settled before the first class of DJL is touched. */
  private static final class Prepared {
    static final String VERSION = prepare();

    private static String prepare() {
      System.setProperty("ai.djl.offline", "true");
      System.setProperty("OPT_OUT_TRACKING", "true");
      System.setProperty("ai.djl.onnxruntime.num_threads", "1"); // no pool that nobody uses
      System.setProperty(
          "ai.djl.onnx.disable_alternative", "true"); // nothing loads PyTorch unasked
      if (System.getProperty("DJL_CACHE_DIR") == null) {
        // JVMs that share a cache race while they unpack into it; the environment's goes first
        System.setProperty("DJL_CACHE_DIR", JvmFolder.place("djl").toString());
      }
      Engine.getEngine(ENGINE); // opens the one environment of this JVM
      return "onnxruntime " + OrtEnvironment.getEnvironment().getVersion();
    }
  }

  /** Makes sure that the natives are loaded and are the ones that encoders are named after. */
  static void require() {
    RuntimeJars.requireOne(NativeRuntime.class.getClassLoader());
    if (!Prepared.VERSION.equals(RUNTIME)) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Cannot run models: the class path has %s but encoders are named after %s. Remove the"
              + " other onnxruntime jar from the class path",
          Prepared.VERSION,
          RUNTIME);
    }
  }

  static Model newModel(String name, Device device) {
    require();
    return Model.newInstance(name, device, ENGINE);
  }

  /**
   * The device of a name.
   *
   * @param name cpu, cuda:0, cuda:1, …
   */
  static Device device(String name) {
    require();
    return name.equals(DeviceChoice.CPU)
        ? Device.cpu()
        : Device.gpu(Integer.parseInt(name.substring(name.indexOf(':') + 1)));
  }

  /** What this machine has. */
  static DeviceChoice.Machine machine() {
    require();
    return new DeviceChoice.Machine() {
      @Override
      public boolean hasCuda() {
        return OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA);
      }

      @Override
      public int gpus() {
        return Engine.getEngine(ENGINE).getGpuCount();
      }
    };
  }

  static LakehouseException noGpu(
      String name, String why, @org.jspecify.annotations.Nullable Throwable cause) {
    String message =
        "Cannot use device %s: %s. Give executors a GPU (spark.executor.resource.gpu.amount,"
            + " spark.task.resource.gpu.amount) and onnxruntime_gpu in place of onnxruntime on the"
            + " class path, or set lakehouse.embed.device to cpu or auto";
    return cause == null
        ? LakehouseException.of(ErrorCode.DEVICE_UNAVAILABLE, message, name, why)
        : LakehouseException.because(cause, ErrorCode.DEVICE_UNAVAILABLE, message, name, why);
  }

  /** A version that this was built with. */
  static String built(String key) {
    try (InputStream in = NativeRuntime.class.getResourceAsStream("runtime.properties")) {
      Properties built = new Properties();
      built.load(in);
      return built.getProperty(key);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read runtime.properties from our own jar", e);
    }
  }
}
