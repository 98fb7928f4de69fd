// SPDX-License-Identifier: Apache-2.0
/**
 * Manifests of JSON: lines, arrays and the annotations of COCO. Start at {@link
 * dev.lakehouse.core.connect.object.JsonlSource}.
 */
@NullMarked
package dev.lakehouse.core.connect.object;

import org.jspecify.annotations.NullMarked;
