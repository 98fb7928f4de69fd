/** What is done with documents. Start at {@link dev.lakehouse.core.kind.document.DocumentProbe}. */
@NullMarked
package dev.lakehouse.core.kind.document;

import org.jspecify.annotations.NullMarked;
