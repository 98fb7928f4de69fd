// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.curate;

/**
 * How many items are in a state for a reason; an item with several counts under each of them.
 *
 * @param state of the items
 * @param reason stable code
 * @param count items
 */
public record ReasonCount(String state, String reason, long count) {}
