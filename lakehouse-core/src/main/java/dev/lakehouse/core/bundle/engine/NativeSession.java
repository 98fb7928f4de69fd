// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.engine;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.ParameterStore;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Setting;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One ONNX Runtime session, opened through DJL. Threads may run it at the same time, each on its
 * own core: a session has no threads of its own.
 */
public final class NativeSession implements NetworkSession {
  /** What outputs may be; half precision is widened. */
  private static final Set<DataType> FLOATS = Set.of(DataType.FLOAT32, DataType.FLOAT16);

  private static final String NO_KERNEL = "Could not find an implementation";
  private static final AtomicLong OPENED = new AtomicLong();

  private final Model model;
  private final Device device;
  private final Map<String, DataType> types;

  private NativeSession(Model model, Device device, Map<String, DataType> types) {
    this.model = model;
    this.device = device;
    this.types = types;
  }

  @Override
  public String device() {
    return device.isGpu() ? "cuda:" + device.getDeviceId() : DeviceChoice.CPU;
  }

  /** One more was opened. */
  static void countOpened() {
    OPENED.incrementAndGet();
  }

  /** How many sessions this JVM ever opened. */
  static long opened() {
    return OPENED.get();
  }

  /**
   * Opens a network.
   *
   * @param device see {@link NativeRuntime#device}
   * @throws LakehouseException if the runtime cannot take it
   */
  public static NativeSession open(Path network, String device) {
    Device where = NativeRuntime.device(device);
    Model model = NativeRuntime.newModel(network.getFileName().toString(), where);
    try (SessionOptions options = options()) {
      model.load(
          network.getParent(), network.getFileName().toString(), Map.of("sessionOptions", options));
      countOpened();
      return new NativeSession(model, where, types(network));
    } catch (MalformedModelException | EngineException | OrtException | IOException e) {
      model.close();
      if (reason(e).contains(NO_KERNEL)) {
        throw LakehouseException.because(
            e,
            ErrorCode.DEVICE_UNAVAILABLE,
            "Cannot run %s on %s, which has no kernels for its number format (%s). Run it on another"
                + " device, or choose another precision (%s)",
            network.getFileName(),
            device,
            reason(e),
            Setting.EMBED_PRECISION.key());
      }
      if (where.isGpu()) {
        throw NativeRuntime.noGpu(device, reason(e), e);
      }
      throw LakehouseException.because(
          e, ErrorCode.MODEL_INVALID, "Cannot load %s: %s", network, reason(e));
    }
  }

  private static Map<String, DataType> types(Path network) throws IOException {
    Map<String, DataType> types = new HashMap<>();
    for (OnnxInput input : OnnxHeader.read(network).inputs()) {
      input.type().ifPresent(type -> types.put(input.name(), type));
    }
    return types;
  }

  static SessionOptions options() throws OrtException {
    SessionOptions options = new SessionOptions();
    // the callers are the parallelism: one thread each, and nobody spins while waiting
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    options.addConfigEntry("session.intra_op.allow_spinning", "0");
    options.addConfigEntry("session.inter_op.allow_spinning", "0");
    return options;
  }

  private static String reason(Throwable e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return String.valueOf(cause.getMessage());
  }

  @Override
  public Tensor.Floats run(Map<String, Tensor> inputs, String output) {
    try (NDManager arrays = model.getNDManager().newSubManager()) {
      for (NDArray array : forward(arrays, inputs)) {
        if (output.equals(array.getName())) {
          return floats(array);
        }
      }
      throw new IllegalStateException("no output " + output);
    } catch (EngineException | IllegalStateException | IllegalArgumentException e) {
      throw new InferenceException(reason(e), e);
    }
  }

  /** Runs everything and says only what shapes come out, by name. */
  public Map<String, long[]> shapes(Map<String, Tensor> inputs) {
    try (NDManager arrays = model.getNDManager().newSubManager()) {
      Map<String, long[]> shapes = new LinkedHashMap<>();
      for (NDArray array : forward(arrays, inputs)) {
        if (FLOATS.contains(array.getDataType())) {
          shapes.put(array.getName(), array.getShape().getShape());
        }
      }
      return shapes;
    } catch (EngineException | IllegalArgumentException e) {
      throw new InferenceException(reason(e), e);
    }
  }

  private NDList forward(NDManager arrays, Map<String, Tensor> inputs) {
    NDList list = new NDList();
    inputs.forEach(
        (name, tensor) -> {
          NDArray array = InputArray.of(arrays, tensor, types.get(name));
          array.setName(name);
          list.add(array);
        });
    return model.getBlock().forward(new ParameterStore(arrays, false), list, false);
  }

  static Tensor.Floats floats(NDArray array) {
    if (!FLOATS.contains(array.getDataType())) {
      throw new IllegalStateException(
          "output %s is %s, expected float32 or float16"
              .formatted(array.getName(), array.getDataType()));
    }
    FloatBuffer values =
        array.getDataType() == DataType.FLOAT32
            ? array.toByteBuffer().asFloatBuffer() // the copy that an array would copy again
            : FloatBuffer.wrap(array.toFloatArray());
    return new Tensor.Floats(array.getShape().getShape(), values);
  }

  @Override
  public void close() {
    model.close();
  }
}
