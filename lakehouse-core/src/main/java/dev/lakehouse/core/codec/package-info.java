// SPDX-License-Identifier: Apache-2.0
/**
 * From untrusted bytes to signals: what they are, whether they are whole, and their pixels or text.
 *
 * <p>Here stands what bytes are taken for, which needs no decoder; the rooms of this room decode:
 * {@code bitmap} are pixels and what is done with them, {@code picture} the formats that hold them,
 * {@code text} charsets and pages.
 *
 * <p>Every limit on untrusted input is in {@link dev.lakehouse.core.codec.Limits} and is checked
 * from the header before anything is allocated. Damage is a {@link
 * dev.lakehouse.core.ItemException} with a stable code, which becomes a row, never a failed task.
 *
 * <p>Start at {@link dev.lakehouse.core.codec.MediaTypes}.
 */
@NullMarked
package dev.lakehouse.core.codec;

import org.jspecify.annotations.NullMarked;
