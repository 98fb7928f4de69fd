// SPDX-License-Identifier: Apache-2.0
/**
 * What flags, a pipeline file or a bare path say of where items come from. Start at {@link
 * dev.lakehouse.jobs.command.input.SourceRequest}.
 */
@NullMarked
package dev.lakehouse.jobs.command.input;

import org.jspecify.annotations.NullMarked;
