// SPDX-License-Identifier: Apache-2.0
/**
 * Sample data of the project's own: drawn scenes with captions, and short texts.
 *
 * <p>Scenes follow the grammar that the sample model {@code shapes-clip} was trained on. Whatever
 * is made here is the same for the same seed.
 *
 * <p>Start at {@link dev.lakehouse.core.demo.DemoData}; {@link dev.lakehouse.core.demo.Scene} and
 * {@link dev.lakehouse.core.demo.SceneRenderer} stand on their own.
 */
@NullMarked
package dev.lakehouse.core.demo;

import org.jspecify.annotations.NullMarked;
