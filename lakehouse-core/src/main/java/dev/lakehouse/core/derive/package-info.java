/**
 * Takes texts out of contents by which they are found: the pages of a document, the passages of a
 * text that is too long to be found as a whole, what is said in a recording.
 *
 * <p>What is derived is measured and judged as anything else is. Start at {@link
 * dev.lakehouse.core.derive.Deriver}.
 */
@NullMarked
package dev.lakehouse.core.derive;

import org.jspecify.annotations.NullMarked;
