// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.engine;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;

/**
 * PyTorch, in builds that have it ({@code -Ptorch}). Its natives unpack and load with the first
 * network that needs them, and never where none does.
 */
public final class TorchRuntime {
  private static final String ENGINE = "PyTorch";

  /** Runtime and version as built; part of the name of every encoder that it runs. */
  static final String RUNTIME = "pytorch " + NativeRuntime.built("pytorch.version");

  private TorchRuntime() {}

  /** Settled before its natives are loaded. */
  private static final class Prepared {
    static final String VERSION = prepare();

    private static String prepare() {
      NativeRuntime.require();
      // the callers are the parallelism: one thread each
      System.setProperty("ai.djl.pytorch.num_threads", "1");
      System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
      // it would compile a network anew for each shape of a batch, in each thread
      System.setProperty("ai.djl.pytorch.graph_optimizer", "false");
      return "pytorch " + Engine.getEngine(ENGINE).getVersion();
    }
  }

  /** Whether this build has it. */
  public static boolean isHere() {
    NativeRuntime.require();
    return Engine.hasEngine(ENGINE);
  }

  /**
   * An empty model.
   *
   * @throws LakehouseException DEVICE_UNAVAILABLE if this build or machine cannot run it
   */
  static Model newModel(String name, String device) {
    if (!isHere()) {
      throw unavailable(name, "this build has no PyTorch. Build with 'mvn -Ptorch package'", null);
    }
    if (!device.equals(DeviceChoice.CPU)) {
      throw unavailable(name, "the PyTorch of this build runs on processors alone", null);
    }
    requireVersion(name);
    return Model.newInstance(name, Device.cpu(), ENGINE);
  }

  private static void requireVersion(String name) {
    String version;
    try {
      version = Prepared.VERSION;
    } catch (EngineException | LinkageError e) {
      throw unavailable(name, "PyTorch cannot be loaded (%s)".formatted(e.getMessage()), e);
    }
    if (!version.equals(RUNTIME)) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Cannot run %s: the class path has %s but encoders are named after %s. Remove the other"
              + " pytorch jars from the class path",
          name,
          version,
          RUNTIME);
    }
  }

  private static LakehouseException unavailable(
      String name, String why, @org.jspecify.annotations.Nullable Throwable cause) {
    String message = "Cannot run %s: %s, or choose another precision (lakehouse.embed.precision)";
    return cause == null
        ? LakehouseException.of(ErrorCode.DEVICE_UNAVAILABLE, message, name, why)
        : LakehouseException.because(cause, ErrorCode.DEVICE_UNAVAILABLE, message, name, why);
  }
}
