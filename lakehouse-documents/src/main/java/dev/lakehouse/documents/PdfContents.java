// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.documents;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentCatalog;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.graphics.PDXObject;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotation;
import org.jspecify.annotations.Nullable;

/** What a PDF holds beside its text: pictures, files, programs. */
final class PdfContents {
  private static final int MAX_DEPTH = 8;
  private static final String PNG = "image/png";

  private final Reading reading;
  private final Set<COSBase> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private PdfContents(Reading reading) {
    this.reading = reading;
  }

  static void of(PDDocument document, Reading reading) throws IOException {
    PdfContents contents = new PdfContents(reading);
    int number = 0;
    for (PDPage page : document.getPages()) {
      contents.pictures(page.getResources(), ++number, 0);
      contents.notes(page);
    }
    PdfAttachments.of(document, reading);
    contents.programs(document.getDocumentCatalog());
  }

  /** Each once, on the first page that shows it. */
  private void pictures(@Nullable PDResources resources, int page, int depth) throws IOException {
    if (resources == null || depth > MAX_DEPTH) {
      return;
    }
    for (COSName name : resources.getXObjectNames()) {
      PDXObject object;
      try {
        object = resources.getXObject(name);
      } catch (IOException e) {
        continue; // a picture that is broken is none
      }
      if (object == null || !seen.add(object.getCOSObject())) {
        continue;
      }
      if (object instanceof PDImageXObject picture) {
        embed(picture, page);
      } else if (object instanceof PDFormXObject form) {
        pictures(form.getResources(), page, depth + 1);
      }
    }
  }

  private void embed(PDImageXObject picture, int page) throws IOException {
    String suffix = Optional.ofNullable(picture.getSuffix()).orElse("");
    String name = "picture-%d".formatted(reading.embedded().size() + 1);
    boolean wanted = reading.question().maxEmbedded() > 0;
    if (suffix.equals("jpg")) {
      try (InputStream jpeg = picture.createInputStream(List.of("DCTDecode"))) {
        reading.embed(name + ".jpg", "image/jpeg", true, page, jpeg);
      }
    } else {
      byte[] png = wanted ? PdfPictures.png(picture) : new byte[0];
      reading.embed(name + ".png", PNG, true, page, new ByteArrayInputStream(png));
    }
  }

  private void notes(PDPage page) throws IOException {
    for (PDAnnotation note : page.getAnnotations()) {
      COSDictionary entries = note.getCOSObject();
      if (runs(entries.getCOSDictionary(COSName.A)) || runsIn(entries)) {
        reading.fact("has_javascript", "true");
      }
    }
    if (runsIn(page.getCOSObject())) {
      reading.fact("has_javascript", "true");
    }
  }

  private void programs(PDDocumentCatalog catalog) {
    COSDictionary names = catalog.getCOSObject().getCOSDictionary(COSName.NAMES);
    boolean named = names != null && names.containsKey(COSName.JAVA_SCRIPT);
    boolean opens = runs(catalog.getCOSObject().getCOSDictionary(COSName.OPEN_ACTION));
    if (named || opens || runsIn(catalog.getCOSObject())) {
      reading.fact("has_javascript", "true");
    }
  }

  /** Actions of events, as opening a page or leaving a field. */
  private static boolean runsIn(COSDictionary entries) {
    COSDictionary events = entries.getCOSDictionary(COSName.AA);
    return events != null
        && events.keySet().stream().anyMatch(event -> runs(events.getCOSDictionary(event)));
  }

  private static boolean runs(@Nullable COSDictionary action) {
    return action != null && COSName.JAVA_SCRIPT.equals(action.getCOSName(COSName.S));
  }
}
