// SPDX-License-Identifier: Apache-2.0
/**
 * The door: {@code Main} and one thin class for each command.
 *
 * <p>Imports every room and is imported by none. A stage is a transform; only commands and the
 * library entry open the tables of a lake and hand Datasets in.
 */
@NullMarked
package dev.lakehouse.jobs;

import org.jspecify.annotations.NullMarked;
