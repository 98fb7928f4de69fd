// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind.document;

import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.asset.Modality;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.document.DocumentPart;
import dev.lakehouse.core.content.Opened;
import dev.lakehouse.core.derive.Cutter;
import dev.lakehouse.core.derive.Deriver;
import dev.lakehouse.core.derive.Passage;
import java.util.ArrayList;
import java.util.List;

/**
 * The passages of a document, none of which goes over the end of a page, slide, sheet, section or
 * message: {@code page/3}, or {@code page/3/chars/0-800} where a page has several.
 */
public final class DocumentPassages implements Deriver {
  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "document-passages@1";
  }

  @Override
  public String modality() {
    return Modality.DOCUMENT.word();
  }

  @Override
  public List<Passage> pieces(Opened content, Limits limits) throws ItemException {
    List<Passage> passages = new ArrayList<>();
    for (DocumentPart part : OpenedDocument.read(content, limits).parts()) {
      String place = part.kind().word() + "/" + part.number();
      List<Passage> cut = Cutter.passages(place + "/", part.text());
      if (cut.size() == 1) {
        passages.add(new Passage(place, cut.get(0).text()));
      } else {
        passages.addAll(cut);
      }
    }
    return passages;
  }
}
