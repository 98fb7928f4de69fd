// SPDX-License-Identifier: Apache-2.0
/**
 * Options that several commands share, and where a lake is found. Start at {@link
 * dev.lakehouse.jobs.command.option.CommonOptions}.
 */
@NullMarked
package dev.lakehouse.jobs.command.option;

import org.jspecify.annotations.NullMarked;
