// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind.document;

import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.asset.Modality;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.document.Document;
import dev.lakehouse.core.codec.document.DocumentPart;
import dev.lakehouse.core.codec.document.EmbeddedItem;
import dev.lakehouse.core.codec.document.Wanted;
import dev.lakehouse.core.content.Opened;
import dev.lakehouse.core.derive.Cutter;
import dev.lakehouse.core.derive.Deriver;
import dev.lakehouse.core.derive.Enclosure;
import dev.lakehouse.core.derive.Passage;
import dev.lakehouse.core.derive.Piece;
import java.util.ArrayList;
import java.util.List;

/**
 * The passages of a document, none of which goes over the end of a page, slide, sheet, section or
 * message: {@code page/3}, or {@code page/3/chars/0-800} where a page has several. Then the files
 * that stand in it: {@code enclosed/1}.
 *
 * @param wanted of these files; the others are named without their bytes
 */
public record DocumentPieces(Wanted wanted) implements Deriver {

  @Override
  public String name() {
    return "document-pieces@1(%d,%d)".formatted(wanted.items(), wanted.bytes());
  }

  @Override
  public String modality() {
    return Modality.DOCUMENT.word();
  }

  @Override
  public List<Piece> pieces(Opened content, Limits limits) throws ItemException {
    Document document = OpenedDocument.read(content, limits, wanted);
    List<Piece> pieces = new ArrayList<>();
    for (DocumentPart part : document.parts()) {
      String place = part.kind().word() + "/" + part.number();
      List<Passage> cut = Cutter.passages(place + "/", part.text());
      if (cut.size() == 1) {
        pieces.add(new Passage(place, cut.get(0).text()));
      } else {
        pieces.addAll(cut);
      }
    }
    if (wanted.items() > 0) {
      pieces.addAll(enclosed(document.embedded()));
    }
    return pieces;
  }

  private static List<Piece> enclosed(List<EmbeddedItem> items) {
    List<Piece> enclosed = new ArrayList<>();
    for (EmbeddedItem item : items) {
      String place = Enclosure.PLACE + (enclosed.size() + 1);
      enclosed.add(new Enclosure(place, item.name(), item.part(), item.size(), item.bytes()));
    }
    return enclosed;
  }
}
