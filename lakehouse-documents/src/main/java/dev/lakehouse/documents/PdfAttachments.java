// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.documents;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDNameTreeNode;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotation;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationFileAttachment;

/** The files that a PDF carries, by name or pinned to a page. */
final class PdfAttachments {
  private static final int MAX_DEPTH = 30;

  private final Reading reading;
  private final Set<COSBase> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private PdfAttachments(Reading reading) {
    this.reading = reading;
  }

  static void of(PDDocument document, Reading reading) throws IOException {
    PdfAttachments attachments = new PdfAttachments(reading);
    PDDocumentNameDictionary names = document.getDocumentCatalog().getNames();
    if (names != null && names.getEmbeddedFiles() != null) {
      attachments.named(names.getEmbeddedFiles(), 0);
    }
    int number = 0;
    for (PDPage page : document.getPages()) {
      number++;
      for (PDAnnotation note : page.getAnnotations()) {
        if (note instanceof PDAnnotationFileAttachment pinned
            && pinned.getFile() instanceof PDComplexFileSpecification file) {
          attachments.embed(file, number);
        }
      }
    }
  }

  private void named(PDNameTreeNode<PDComplexFileSpecification> node, int depth)
      throws IOException {
    if (depth > MAX_DEPTH || !seen.add(node.getCOSObject())) {
      return;
    }
    Map<String, PDComplexFileSpecification> files = node.getNames();
    if (files != null) {
      for (PDComplexFileSpecification file : files.values()) {
        embed(file, 0);
      }
    }
    if (node.getKids() != null) {
      for (PDNameTreeNode<PDComplexFileSpecification> kid : node.getKids()) {
        named(kid, depth + 1);
      }
    }
  }

  private void embed(PDComplexFileSpecification file, int page) throws IOException {
    PDEmbeddedFile content =
        Optional.ofNullable(file.getEmbeddedFileUnicode()).orElse(file.getEmbeddedFile());
    if (content == null || !seen.add(content.getCOSObject())) {
      return;
    }
    String name = Optional.ofNullable(file.getFilename()).orElse("");
    String type = Optional.ofNullable(content.getSubtype()).orElse("");
    try (InputStream in = content.createInputStream()) {
      reading.embed(EmbeddedItems.fileName(name), type, false, page, in);
    }
  }
}
