// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.documents;

import java.util.Optional;

/**
 * Something within a document that is a file of its own.
 *
 * @param name what it is called there: data, never a path
 * @param picture whether it is shown, rather than attached
 * @param part the number of the part that it stands in, or 0
 * @param bytes empty where it is beyond what was asked for
 */
record Embedded(
    String name, String mediaType, boolean picture, int part, long size, Optional<byte[]> bytes) {}
