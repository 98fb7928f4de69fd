// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.function;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * What an instance is told when it is made.
 *
 * @param input the columns that it will see
 * @param options that the user gave
 * @param device where it shall work: cpu, cuda:0, …, or cuda:0,cuda:1 where it was given two
 * @param allocator for Arrow memory that it keeps between batches; to be given back in {@code
 *     close}
 */
public record BatchContext(
    Schema input, Map<String, String> options, String device, BufferAllocator allocator) {

  public BatchContext {
    requireNonNull(input, "input is null");
    requireNonNull(device, "device is null");
    requireNonNull(allocator, "allocator is null");
    options = Map.copyOf(options);
  }
}
