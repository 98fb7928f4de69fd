/**
 * Work on the items of a task, one after the other, each within a time. Start at {@link
 * dev.lakehouse.udfs.batch.ItemByItem}.
 */
@NullMarked
package dev.lakehouse.udfs.batch;

import org.jspecify.annotations.NullMarked;
