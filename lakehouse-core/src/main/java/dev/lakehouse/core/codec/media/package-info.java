/**
 * Sound and moving pictures, read by FFmpeg in a child process.
 *
 * <p>Start at {@link dev.lakehouse.core.codec.media.MediaFile}, which says what a file holds;
 * {@link dev.lakehouse.core.codec.media.Sound} and {@link dev.lakehouse.core.codec.media.Film}
 * decode it, {@link dev.lakehouse.core.codec.media.LogMel} makes of sound what models are given.
 */
@NullMarked
package dev.lakehouse.core.codec.media;

import org.jspecify.annotations.NullMarked;
