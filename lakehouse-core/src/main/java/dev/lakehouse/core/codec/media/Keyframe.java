// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.media;

/**
 * A picture that was taken out of a film.
 *
 * @param from seconds from the beginning of the film at which what it shows begins
 * @param to seconds at which the next one's begins, or the film ends
 * @param jpeg the picture as shown: turned, with square pixels
 */
@SuppressWarnings("ArrayRecordComponent")
public record Keyframe(double from, double to, byte[] jpeg) {}
