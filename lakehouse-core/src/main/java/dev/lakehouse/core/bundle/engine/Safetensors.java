// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.bundle.description.Checks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.StreamSupport;

/** A small safetensors file: the length of a JSON header, the header, and numbers as they lie. */
public final class Safetensors {
  private static final int LENGTH = 8;
  private static final long LARGEST = 1L << 28; // a layer, not a network

  private final Path file;
  private final JsonNode header;
  private final ByteBuffer data;

  private Safetensors(Path file, JsonNode header, ByteBuffer data) {
    this.file = file;
    this.header = header;
    this.data = data;
  }

  public static Safetensors read(Path file) throws IOException {
    long size = Files.size(file);
    Checks.check(
        size >= LENGTH && size <= LARGEST,
        "%s has %d bytes: expected the weights of a layer, at most %d",
        file.getFileName(),
        size,
        LARGEST);
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    long length = bytes.getLong();
    Checks.check(
        length > 0 && length <= bytes.remaining(),
        "%s: expected a safetensors file, but its header would have %d bytes",
        file.getFileName(),
        length);
    byte[] header = new byte[(int) length];
    bytes.get(header);
    return new Safetensors(
        file,
        Json.mapper().readTree(header),
        bytes.slice(bytes.position(), bytes.remaining()).order(ByteOrder.LITTLE_ENDIAN));
  }

  public boolean has(String tensor) {
    return header.has(tensor);
  }

  /**
   * The numbers of a tensor.
   *
   * @throws IllegalArgumentException if it is not there in float32 with that shape
   */
  public float[] floats(String tensor, int... shape) {
    JsonNode entry = header.path(tensor);
    int[] found =
        StreamSupport.stream(entry.path("shape").spliterator(), false)
            .mapToInt(JsonNode::asInt)
            .toArray();
    long begin = entry.at("/data_offsets/0").asLong(-1);
    long end = entry.at("/data_offsets/1").asLong(-1);
    float[] numbers = new float[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
    Checks.check(
        entry.path("dtype").asText().equals("F32")
            && Arrays.equals(found, shape)
            && begin >= 0
            && end - begin == (long) numbers.length * Float.BYTES
            && end <= data.limit(),
        "%s has %s for %s: expected F32 %s, inside the file",
        file.getFileName(),
        entry.isMissingNode() ? "nothing" : entry,
        tensor,
        Arrays.toString(shape));
    data.slice((int) begin, (int) (end - begin))
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(numbers);
    return numbers;
  }
}
