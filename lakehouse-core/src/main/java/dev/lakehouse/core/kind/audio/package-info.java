/** What is done with sound. Start at {@link dev.lakehouse.core.kind.audio.AudioProbe}. */
@NullMarked
package dev.lakehouse.core.kind.audio;

import org.jspecify.annotations.NullMarked;
