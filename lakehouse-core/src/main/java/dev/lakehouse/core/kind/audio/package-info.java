/**
 * What is done with sound. Start at {@link dev.lakehouse.core.kind.audio.AudioProbe}, which
 * measures it, and {@link dev.lakehouse.core.kind.audio.AudioTower}, which embeds it.
 */
@NullMarked
package dev.lakehouse.core.kind.audio;

import org.jspecify.annotations.NullMarked;
