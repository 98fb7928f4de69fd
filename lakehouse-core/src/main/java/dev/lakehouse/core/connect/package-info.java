// SPDX-License-Identifier: Apache-2.0
/**
 * Sources: where items come from, and what each says about itself.
 *
 * <p>A source lists; it reads manifests but no media and stores nothing. What it cannot take is an
 * item too, with the stable code of what stands in its way, so that every input is accounted for.
 *
 * <p>Here stands what a source is and what it yields. The rooms of this room are the sources:
 * {@code folder} walks through files, {@code object} and {@code table} read manifests, {@code
 * manifest} is what all manifests share, and {@code url} fetches what lists name.
 *
 * <p>Start at {@link dev.lakehouse.core.connect.Source}. A new source is one class in one of them.
 */
@NullMarked
package dev.lakehouse.core.connect;

import org.jspecify.annotations.NullMarked;
