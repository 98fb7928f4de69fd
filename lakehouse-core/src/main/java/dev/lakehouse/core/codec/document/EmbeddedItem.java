// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.document;

import java.util.Optional;

/**
 * Something within a document that is a file of its own.
 *
 * @param name what it is called there; data, never a path
 * @param mediaType as the document says, which may be wrong or empty
 * @param picture whether it is shown, rather than attached
 * @param part the number of the part that it stands in, or 0
 * @param size bytes
 * @param bytes empty where they are beyond the limits
 */
public record EmbeddedItem(
    String name, String mediaType, boolean picture, int part, long size, Optional<byte[]> bytes) {}
