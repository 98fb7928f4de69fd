// SPDX-License-Identifier: Apache-2.0
/**
 * The commands: one thin class each, which calls one method of the library and says in words what
 * it did. Nothing imports this room; it imports all. It may hold more than thirty files, since a
 * class for each command is what people look for here. Start at {@link
 * dev.lakehouse.jobs.command.Main}.
 */
@NullMarked
package dev.lakehouse.jobs.command;

import org.jspecify.annotations.NullMarked;
