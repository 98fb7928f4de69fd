// SPDX-License-Identifier: Apache-2.0
/**
 * Makes a bundle of the export of a model, and proves it on the network itself. Start at {@link
 * dev.lakehouse.core.bundle.imports.BundleImport}.
 */
@NullMarked
package dev.lakehouse.core.bundle.imports;

import org.jspecify.annotations.NullMarked;
