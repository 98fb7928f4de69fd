/**
 * Processes that read what nobody here trusts: a child that crashes, hangs, floods or takes all
 * memory costs one item, and its neighbours go on.
 *
 * <p>The one place that starts and ends processes on executors. Start at {@link
 * dev.lakehouse.core.child.Command}, which runs a program once for one file.
 */
@NullMarked
package dev.lakehouse.core.child;

import org.jspecify.annotations.NullMarked;
