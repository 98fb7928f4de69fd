// SPDX-License-Identifier: Apache-2.0
/**
 * Lists of URLs, and the way to what they name.
 *
 * <p>Listing asks no server; {@link dev.lakehouse.core.connect.url.Fetcher} does, on executors,
 * where content is taken in. It connects to addresses that were checked, to no other, and holds
 * every answer to {@link dev.lakehouse.core.connect.url.FetchRules}.
 *
 * <p>Start at {@link dev.lakehouse.core.connect.url.Fetcher}.
 */
@NullMarked
package dev.lakehouse.core.connect.url;

import org.jspecify.annotations.NullMarked;
