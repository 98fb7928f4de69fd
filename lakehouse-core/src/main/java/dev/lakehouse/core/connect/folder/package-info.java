// SPDX-License-Identifier: Apache-2.0
/**
 * Files below a folder: which are there, and what a name means in it. Start at {@link
 * dev.lakehouse.core.connect.folder.FilesSource}.
 */
@NullMarked
package dev.lakehouse.core.connect.folder;

import org.jspecify.annotations.NullMarked;
