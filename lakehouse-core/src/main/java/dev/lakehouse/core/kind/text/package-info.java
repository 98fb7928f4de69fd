/** What is done with texts. Start at {@link dev.lakehouse.core.kind.text.TextProbe}. */
@NullMarked
package dev.lakehouse.core.kind.text;

import org.jspecify.annotations.NullMarked;
