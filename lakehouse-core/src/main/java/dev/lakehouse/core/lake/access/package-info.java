// SPDX-License-Identifier: Apache-2.0
/**
 * How Lance reaches the storage that a lake is on: in its own words what Hadoop's settings say, and
 * by the keys that Hadoop's providers give. Start at {@link
 * dev.lakehouse.core.lake.access.LanceStorage}.
 */
@NullMarked
package dev.lakehouse.core.lake.access;

import org.jspecify.annotations.NullMarked;
