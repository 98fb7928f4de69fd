// SPDX-License-Identifier: Apache-2.0
/**
 * Models: what a bundle says about itself, whether its bytes are the ones it names, and the native
 * sessions that run them.
 *
 * <p>The only room that imports DJL and ONNX Runtime. What leaves it is plain: tensors of Java
 * buffers, token ids, digests. A session belongs to the JVM; callers lease it from a {@link
 * dev.lakehouse.core.bundle.engine.WarmPool}.
 *
 * <p>Start at {@link dev.lakehouse.core.bundle.engine.Bundles}. A new model is a new bundle and
 * nothing else.
 */
@NullMarked
package dev.lakehouse.core.bundle;

import org.jspecify.annotations.NullMarked;
