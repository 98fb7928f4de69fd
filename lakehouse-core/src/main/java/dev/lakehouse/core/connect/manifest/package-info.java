// SPDX-License-Identifier: Apache-2.0
/**
 * What manifests share: their encoding, their lines, and rows whose fields play roles. Start at
 * {@link dev.lakehouse.core.connect.manifest.Manifest} and {@link
 * dev.lakehouse.core.connect.manifest.RowItems}.
 */
@NullMarked
package dev.lakehouse.core.connect.manifest;

import org.jspecify.annotations.NullMarked;
