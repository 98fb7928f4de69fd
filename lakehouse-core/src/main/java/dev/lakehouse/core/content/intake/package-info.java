// SPDX-License-Identifier: Apache-2.0
/**
 * Intake: brings the items of sources in. Each is read once, under watch, to its end; what cannot
 * be taken is a dead letter, and what is there as it would come in now is not read.
 *
 * <p>Start at {@link dev.lakehouse.core.content.intake.Ingestor}.
 */
@NullMarked
package dev.lakehouse.core.content.intake;

import org.jspecify.annotations.NullMarked;
