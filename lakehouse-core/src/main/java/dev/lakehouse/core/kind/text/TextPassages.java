// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind.text;

import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.asset.Modality;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.text.HtmlText;
import dev.lakehouse.core.content.Opened;
import dev.lakehouse.core.derive.Cutter;
import dev.lakehouse.core.derive.Deriver;
import dev.lakehouse.core.derive.Passage;
import java.util.List;
import java.util.Optional;

/**
 * The passages of a text that is too long for one, and of subtitles, by time. Places are counted in
 * Unicode code points, of an HTML document in its visible text.
 */
public final class TextPassages implements Deriver {
  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "text-passages@2";
  }

  @Override
  public String modality() {
    return Modality.TEXT.word();
  }

  @Override
  public List<Passage> pieces(Opened content, Limits limits) throws ItemException {
    String text = content.text();
    Optional<List<Passage>> said = Subtitles.passages(text);
    if (said.isPresent()) {
      return said.get();
    }
    String visible = HtmlText.isDocument(text) ? HtmlText.visible(text) : text;
    List<Passage> passages = Cutter.passages("", visible);
    return passages.size() < 2 ? List.of() : passages; // one is found as a whole
  }
}
