// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.media;

/**
 * One picture of a film, as it was shown.
 *
 * @param seconds its presentation time, as the container stamps it
 * @param change how much it differs from the one before, 0 to 1, as FFmpeg's scene detection has it
 * @param luminance 8 bits a pixel of the picture reduced to {@link Film#WIDTH} by {@link
 *     Film#HEIGHT}, row by row; reused for the next
 */
@SuppressWarnings("ArrayRecordComponent")
public record FrameFigures(double seconds, double change, byte[] luminance) {}
