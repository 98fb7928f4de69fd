// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec;

import dev.lakehouse.core.asset.Modality;
import java.util.Optional;

/**
 * What bytes are, and apart from it what their name claims.
 *
 * @param mediaType what the bytes say; {@code application/octet-stream} where they say nothing
 * @param modality kind of signal of the bytes
 * @param nameMediaType what the name's extension says, where it is a known one
 * @param nameModality kind of signal that the name promises
 */
public record Detected(
    String mediaType,
    Modality modality,
    Optional<String> nameMediaType,
    Optional<Modality> nameModality) {}
