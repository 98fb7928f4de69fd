// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline.embed;

import dev.lakehouse.core.bundle.description.PrecisionChoice;
import dev.lakehouse.core.embed.EncoderSpec;

/**
 * An encoder of this run.
 *
 * @param spec what it is
 * @param precision that it runs in, and why
 */
record ChosenEncoder(EncoderSpec spec, PrecisionChoice precision) {}
