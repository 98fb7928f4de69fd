// SPDX-License-Identifier: Apache-2.0
/**
 * Embeds the families that settings turn on. Start at {@link
 * dev.lakehouse.jobs.pipeline.embed.FamilyStep}.
 */
@NullMarked
package dev.lakehouse.jobs.pipeline.embed;

import org.jspecify.annotations.NullMarked;
