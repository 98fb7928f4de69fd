// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind.text;

import dev.lakehouse.core.kind.document.ProseFigures;
import java.util.concurrent.atomic.AtomicLong;

/** Measures the text of a document as that of a text is measured. */
public final class ProseMeter implements ProseFigures.Source {
  private static final long serialVersionUID = 1L;

  @Override
  public ProseFigures of(String text) {
    AtomicLong words = new AtomicLong();
    WordBreaks.each(text, word -> words.incrementAndGet());
    Contacts contacts = Contacts.in(text);
    return new ProseFigures(
        text.codePointCount(0, text.length()),
        words.get(),
        Languages.of(text).code(),
        Mojibake.share(text),
        contacts.emails(),
        contacts.phones());
  }
}
