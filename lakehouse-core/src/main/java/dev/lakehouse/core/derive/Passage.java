// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.derive;

/**
 * A text in a content that is found by itself.
 *
 * @param segment its place in the content, which names it: {@code page/3}, {@code chars/1200-1900},
 *     {@code page/3/chars/0-800}, {@code time/42.0-47.5}
 * @param text what it says
 */
public record Passage(String segment, String text) implements Piece {}
