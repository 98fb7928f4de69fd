// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench.floor;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A session of ONNX Runtime as bare as it comes: its callers are the parallelism. */
public final class Network implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  private Network(OrtSession session) {
    this.session = session;
  }

  static Network open(byte[] model) throws OrtException {
    try (OrtSession.SessionOptions options = options()) {
      return new Network(OrtEnvironment.getEnvironment().createSession(model, options));
    }
  }

  /** Opens a file. */
  public static Network open(String file) throws OrtException {
    try (OrtSession.SessionOptions options = options()) {
      return new Network(OrtEnvironment.getEnvironment().createSession(file, options));
    }
  }

  private static OrtSession.SessionOptions options() throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    options.addConfigEntry("session.intra_op.allow_spinning", "0");
    options.addConfigEntry("session.inter_op.allow_spinning", "0");
    return options;
  }

  Set<String> inputs() {
    return session.getInputNames();
  }

  /** Runs pictures, {@code [n, 3, 224, 224]}, and returns the first output. */
  public float[] pictures(FloatBuffer pixels, int n) throws OrtException {
    long[] shape = {n, 3, ClipPixels.SIDE, ClipPixels.SIDE};
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, pixels, shape);
        OrtSession.Result result = session.run(Map.of("pixel_values", tensor))) {
      return numbers(result);
    }
  }

  /** Runs tokens, {@code [n, length]} by name, and returns the first output. */
  float[] tokens(Map<String, LongBuffer> inputs, int n, int length) throws OrtException {
    Map<String, OnnxTensor> tensors = new HashMap<>();
    try {
      for (Map.Entry<String, LongBuffer> input : inputs.entrySet()) {
        tensors.put(
            input.getKey(),
            OnnxTensor.createTensor(environment, input.getValue(), new long[] {n, length}));
      }
      try (OrtSession.Result result = session.run(tensors)) {
        return numbers(result);
      }
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  private static float[] numbers(OrtSession.Result result) {
    FloatBuffer values = ((OnnxTensor) result.get(0)).getFloatBuffer();
    float[] numbers = new float[values.remaining()];
    values.get(numbers);
    return numbers;
  }

  /** Memory outside the heap. */
  public static FloatBuffer floats(int count) {
    return ByteBuffer.allocateDirect(Float.BYTES * count)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  static LongBuffer longs(int count) {
    return ByteBuffer.allocateDirect(Long.BYTES * count)
        .order(ByteOrder.nativeOrder())
        .asLongBuffer();
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
