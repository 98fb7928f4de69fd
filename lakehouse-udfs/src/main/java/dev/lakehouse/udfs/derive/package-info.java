/**
 * Takes passages out of contents on executors. Start at {@link
 * dev.lakehouse.udfs.derive.DerivePartition}.
 */
@NullMarked
package dev.lakehouse.udfs.derive;

import org.jspecify.annotations.NullMarked;
