// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.media;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What was found of a sound besides its samples, by EBU R128 (EBU Tech 3341 and 3342).
 *
 * @param lufs integrated loudness; none for silence and what is shorter than 0.4 s
 * @param range loudness range, LU
 * @param truePeak of the signal between its samples too, dB of full scale; none for silence
 * @param complaints of the decoder, each once
 */
public record SoundReport(
    OptionalDouble lufs, OptionalDouble range, OptionalDouble truePeak, List<String> complaints) {}
