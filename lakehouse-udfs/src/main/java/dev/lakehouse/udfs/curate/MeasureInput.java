// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.curate;

import dev.lakehouse.core.content.Content;

/**
 * An item to be measured.
 *
 * @param sha256 digest of the content
 * @param probe that measures it
 * @param content as {@code assets} has it
 */
record MeasureInput(String sha256, String probe, Content content) {}
