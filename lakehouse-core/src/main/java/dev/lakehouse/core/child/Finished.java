// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.child;

/**
 * A program that ended by itself.
 *
 * @param value what was read of it
 * @param exit its status
 * @param complaints the last of what it wrote beside its answer, for people
 */
public record Finished<T>(T value, int exit, String complaints) {}
