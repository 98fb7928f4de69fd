// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.survey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.Table;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.LakeReader;
import dev.lakehouse.core.watch.report.Origin;
import dev.lakehouse.core.watch.report.PageText;
import dev.lakehouse.core.watch.report.Told;
import dev.lakehouse.core.watch.state.LakeView;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestRunSurvey {
  @TempDir Path folder;

  private LakeLayout layout;

  @BeforeEach
  void place() {
    layout = LakeLayout.of(folder.toString(), Settings.defaults());
  }

  private void damage(Table table) throws IOException {
    Path log = Path.of(URI.create(layout.table(table))).resolve("_delta_log");
    Files.createDirectories(log);
    Files.writeString(log.resolve("00000000000000000000.json"), "{ no log");
  }

  private static RunNote note(String json) throws IOException {
    return new RunNote(Json.mapper().readTree(json));
  }

  private RunSurvey survey(Duration pictures) throws IOException {
    return survey(note("{\"run\":\"r1\"}"), pictures);
  }

  private RunSurvey survey(RunNote run, Duration pictures) {
    LakeView view =
        LakeView.of(
            layout,
            Settings.defaults(),
            ModelsRoot.at(folder.resolve("models").toString()),
            new Configuration(),
            Map.of());
    return new RunSurvey(view, run, view, List.of(), Map.of(), pictures);
  }

  private LakeReader lake() {
    return new LakeReader(layout, new Configuration());
  }

  @Test
  void aLakeWhoseLogsCannotBeReadGetsAPageThatSaysSo() throws Exception {
    for (Table table : List.of(Tables.ASSETS, Tables.VERDICTS, Tables.RELEASES)) {
      damage(table);
    }
    RunNote run =
        note(
            "{'run':'r1','exit_code':0,'steps':[{'name':'measure','seconds':1.5}]}"
                .replace('\'', '"'));

    PageText page = PageText.of(survey(run, Duration.ofSeconds(1)).page());

    assertThat(page.words()).contains("This cannot be told. Cannot read table");
    assertThat(page.texts("//section[@id='time']//tbody//th")).containsExactly("measure");
    assertThat(page.texts("//section[@id='origin']//tbody/tr"))
        .contains("verdicts unknown unknown", "measurements unknown none");
  }

  @Test
  void whatIsLeftOutIsCountedByWhyAndARerunAdvisedOnlyWhereItHelps() throws Exception {
    damage(Tables.ASSETS);
    RunSurvey quick = survey(Duration.ofSeconds(2));
    RunSurvey patient = survey(PastRuns.PICTURES);

    assertThat(quick.leftOut(0, 0)).isEmpty();
    assertThat(quick.leftOut(3, 1_200))
        .containsExactly(
            "3 contents left out to keep this short; 'lakehouse report --run r1' takes more time"
                + " for them.",
            "1,200 pictures left out to keep the page small.");
    assertThat(patient.leftOut(1, 0)).containsExactly("1 content left out to keep this short.");
  }

  @Test
  void theVersionsBeforeARunWithoutReportAreUnknown() throws Exception {
    RunNote killed = note("{\"run\":\"r1\"}");
    RunNote ended =
        note("{\"run\":\"r1\",\"exit_code\":0,\"before\":{\"assets\":3,\"verdicts\":-1}}");

    assertThat(versions(killed)).allSatisfy(each -> assertThat(each.before()).isEmpty());
    assertThat(versions(ended))
        .contains(new Origin.Version("assets", Optional.of(3L), Optional.of(-1L)))
        .contains(new Origin.Version("verdicts", Optional.of(-1L), Optional.of(-1L)));
  }

  private List<Origin.Version> versions(RunNote run) {
    return new OriginSurvey(new Telling(lake()), run)
        .told(Optional.empty(), Told.of(List.of()))
        .value()
        .orElseThrow()
        .tables();
  }

  @Test
  void whatIsNoLongerKeptIsToldAsSuchAndNotAsDamageFirst() {
    Telling now = new Telling(lake());
    Telling past = new Telling(lake().at(Map.of("assets", 3L)));

    assertThat(why(now, ErrorCode.INTEGRITY)).isEqualTo("This cannot be told. It is damaged");
    assertThat(why(past, ErrorCode.INTEGRITY))
        .startsWith("This cannot be told any more: what the tables held then is no longer kept")
        .endsWith("It is damaged");
    assertThat(why(past, ErrorCode.TRANSIENT)).isEqualTo("This cannot be told. It is damaged");
  }

  private static String why(Telling telling, ErrorCode code) {
    return telling
        .told(
            () -> {
              throw LakehouseException.of(code, "It is damaged");
            })
        .why();
  }
}
