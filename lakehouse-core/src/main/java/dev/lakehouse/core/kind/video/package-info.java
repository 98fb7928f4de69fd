/** What is done with film. Start at {@link dev.lakehouse.core.kind.video.VideoProbe}. */
@NullMarked
package dev.lakehouse.core.kind.video;

import org.jspecify.annotations.NullMarked;
