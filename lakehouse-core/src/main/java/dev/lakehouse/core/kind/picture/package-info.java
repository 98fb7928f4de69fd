/** What is done with pictures. Start at {@link dev.lakehouse.core.kind.picture.PictureProbe}. */
@NullMarked
package dev.lakehouse.core.kind.picture;

import org.jspecify.annotations.NullMarked;
