/**
 * Takes texts out of contents by which they are found. Start at {@link
 * dev.lakehouse.jobs.derive.DeriveStage}.
 */
@NullMarked
package dev.lakehouse.jobs.derive;

import org.jspecify.annotations.NullMarked;
