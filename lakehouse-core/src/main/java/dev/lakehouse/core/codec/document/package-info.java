/**
 * Documents: their text with its places, and what stands in them. They are read by {@code
 * lakehouse-documents}, a program in JVMs of its own.
 *
 * <p>Start at {@link dev.lakehouse.core.codec.document.DocumentCodec}.
 */
@NullMarked
package dev.lakehouse.core.codec.document;

import org.jspecify.annotations.NullMarked;
