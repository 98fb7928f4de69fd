// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.engine;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.Result;
import ai.onnxruntime.OrtSession.SessionOptions;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A session of ONNX Runtime on the CPU for a network that is no tower: small, run very often, and
 * with several outputs of which each counts. Threads may run it at the same time; it keeps nothing
 * between two runs.
 */
public final class OnnxSession implements AutoCloseable {
  private final OrtEnvironment environment;
  private final OrtSession session;

  private OnnxSession(OrtEnvironment environment, OrtSession session) {
    this.environment = environment;
    this.session = session;
  }

  /**
   * Opens a network, which is not needed as a file any more then.
   *
   * @param place where people find it
   * @throws LakehouseException MODEL_INVALID if the runtime cannot take it
   */
  public static OnnxSession open(Path network, String place) {
    NativeRuntime.require();
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (SessionOptions options = NativeSession.options()) {
      OrtSession session = environment.createSession(network.toString(), options);
      NativeSession.countOpened();
      return new OnnxSession(environment, session);
    } catch (OrtException e) {
      throw LakehouseException.because(
          e, ErrorCode.MODEL_INVALID, "Cannot load %s: %s", place, e.getMessage());
    }
  }

  /**
   * Runs it once.
   *
   * @param inputs by the network's own names
   * @return its outputs by name, each in memory of its own
   * @throws InferenceException if the runtime fails, or an output is no float32
   */
  public Map<String, Tensor.Floats> run(Map<String, Tensor> inputs) {
    Map<String, OnnxTensor> given = new HashMap<>();
    try {
      for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
        given.put(input.getKey(), tensor(input.getValue()));
      }
      try (Result result = session.run(given)) {
        return outputs(result);
      }
    } catch (OrtException e) {
      throw new InferenceException(String.valueOf(e.getMessage()), e);
    } finally {
      given.values().forEach(OnnxTensor::close);
    }
  }

  private OnnxTensor tensor(Tensor tensor) throws OrtException {
    return tensor instanceof Tensor.Floats floats
        ? OnnxTensor.createTensor(environment, floats.values().rewind(), floats.shape())
        : OnnxTensor.createTensor(
            environment, ((Tensor.Longs) tensor).values().rewind(), tensor.shape());
  }

  private static Map<String, Tensor.Floats> outputs(Result result) {
    Map<String, Tensor.Floats> outputs = new HashMap<>();
    for (Map.Entry<String, OnnxValue> output : result) {
      if (!(output.getValue() instanceof OnnxTensor tensor)
          || tensor.getInfo().type != OnnxJavaType.FLOAT) {
        throw new InferenceException(
            "output %s is %s, expected float32".formatted(output.getKey(), output.getValue()));
      }
      outputs.put(
          output.getKey(), new Tensor.Floats(tensor.getInfo().getShape(), tensor.getFloatBuffer()));
    }
    return outputs;
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("Cannot close a session", e);
    }
  }
}
