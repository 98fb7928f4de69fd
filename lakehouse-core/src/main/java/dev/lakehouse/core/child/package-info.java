/**
 * Processes that read what nobody here trusts: a child that crashes, hangs, floods or takes all
 * memory costs one item, and its neighbours go on. The one place that starts and ends processes on
 * executors.
 *
 * <p>A {@link dev.lakehouse.core.child.Command} runs a program once for one file. A {@link
 * dev.lakehouse.core.child.ChildPool} keeps JVMs that answer one question after the other, each
 * with jars of its own ({@link dev.lakehouse.core.child.ChildJars}).
 */
@NullMarked
package dev.lakehouse.core.child;

import org.jspecify.annotations.NullMarked;
