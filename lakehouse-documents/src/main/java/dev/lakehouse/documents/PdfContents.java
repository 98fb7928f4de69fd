// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.documents;

import org.apache.pdfbox.pdmodel.PDDocument;

/** What a PDF holds beside its text. */
final class PdfContents {
  private PdfContents() {}

  static void of(PDDocument document, Reading reading) {}
}
