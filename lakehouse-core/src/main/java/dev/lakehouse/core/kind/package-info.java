/**
 * The kinds of content, each in a room of its own with one class for each thing that is done with
 * it: documents in {@link dev.lakehouse.core.kind.document}, pictures in {@link
 * dev.lakehouse.core.kind.picture}, texts in {@link dev.lakehouse.core.kind.text}.
 *
 * <p>Rooms to the left declare what a kind has to give them ({@link
 * dev.lakehouse.core.curate.Probe}) and never see the list; the steps hand them what they need as
 * plain values that travel with a task.
 *
 * <p>Start at {@link dev.lakehouse.core.kind.Kinds}.
 */
@NullMarked
package dev.lakehouse.core.kind;

import org.jspecify.annotations.NullMarked;
