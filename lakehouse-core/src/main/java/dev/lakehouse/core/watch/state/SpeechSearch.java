// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.state;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.bundle.speech.SpeechModel;
import dev.lakehouse.core.curate.JudgementBasis;
import dev.lakehouse.core.lake.LakeReader;
import java.util.Optional;

/**
 * Finds for those who only look what tells speech in the sounds of a lake.
 *
 * @param settings in force
 * @param models where bundles are
 */
record SpeechSearch(Settings settings, ModelsRoot models) {

  /**
   * The detector that the settings name or, where it is not at hand, the one that the last
   * judgement went by; empty where speech is told by its energy.
   */
  Optional<SpeechModel> find(LakeReader lake) {
    try {
      return SpeechModel.from(settings, models);
    } catch (LakehouseException e) {
      if (e.code() != ErrorCode.MODEL_UNAVAILABLE) {
        throw e;
      }
      return lake.lastNote(Tables.VERDICTS, "judge")
          .flatMap(note -> note.find(JudgementBasis.SPEECH))
          .map(SpeechModel::elsewhere);
    }
  }
}
