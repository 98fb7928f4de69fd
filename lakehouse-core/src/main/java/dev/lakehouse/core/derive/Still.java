// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.derive;

/**
 * A picture of a film that is found by itself.
 *
 * @param segment its place in the content, which names it: {@code time/42.0-47.5}
 * @param jpeg the picture as shown
 */
@SuppressWarnings("ArrayRecordComponent")
public record Still(String segment, byte[] jpeg) implements Piece {}
