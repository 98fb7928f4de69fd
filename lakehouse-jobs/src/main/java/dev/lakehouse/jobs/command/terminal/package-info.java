// SPDX-License-Identifier: Apache-2.0
/**
 * How results look: sentences, tables, and the one live line of a terminal. Start at {@link
 * dev.lakehouse.jobs.command.terminal.Report}.
 */
@NullMarked
package dev.lakehouse.jobs.command.terminal;

import org.jspecify.annotations.NullMarked;
