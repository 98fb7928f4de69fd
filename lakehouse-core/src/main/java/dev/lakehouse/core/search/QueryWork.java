// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.search;

import dev.lakehouse.core.bundle.engine.DeviceChoice;
import dev.lakehouse.core.bundle.engine.Lease;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.embed.EmbedOutcome;
import dev.lakehouse.core.embed.Encoder;
import dev.lakehouse.core.embed.EncoderSpec;
import dev.lakehouse.core.embed.WarmEncoders;
import java.util.List;

/** Where a query becomes a vector; none of it changes the vector. */
interface QueryWork extends AutoCloseable {
  /** One query; a device would wait longer for its model. */
  String DEVICE = DeviceChoice.CPU;

  /** A vector, or why there is none. */
  EmbedOutcome embed(EncoderSpec spec, EmbedInput query);

  /** Loads a network ahead of the first query. */
  default void load(EncoderSpec spec) {
    WarmEncoders.lease(spec, DEVICE).close();
  }

  @Override
  default void close() {}

  /** On the thread of whoever asks, by itself. */
  static QueryWork alone() {
    return (spec, query) -> {
      try (Lease<Encoder> encoder = WarmEncoders.lease(spec, DEVICE)) {
        return encoder.value().encode(List.of(query)).get(0);
      }
    };
  }
}
