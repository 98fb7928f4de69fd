// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.BareFileSystem;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.access.HadoopSettings;
import dev.lakehouse.core.lake.LakeLayout;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestLakeLayout {

  @ParameterizedTest
  @CsvSource({
    "/data/my lake/, file:/data/my lake",
    "file:///data/lake, file:/data/lake",
    "/data/x/../lake, file:/data/lake",
    "s3a://bucket/lake/, s3a://bucket/lake",
  })
  void everyPlaceIsAUri(String lake, String root) {
    LakeLayout layout = LakeLayout.of(lake, Settings.defaults());

    assertThat(layout.root()).isEqualTo(root);
    assertThat(layout.table(Tables.ASSETS)).isEqualTo(root + "/tables/assets");
    assertThat(layout.blobs()).isEqualTo(root + "/blobs");
    assertThat(layout.policies()).isEqualTo(root + "/policies");
  }

  @Test
  void aRelativePathStartsAtTheWorkingDirectory() {
    assertThat(LakeLayout.of("lake", Settings.defaults()).root())
        .isEqualTo("file:" + Path.of("lake").toAbsolutePath());
  }

  @Test
  void partsMayBeElsewhere() {
    Settings settings =
        Settings.defaults().orElseSpark(Map.of("spark.lakehouse.lake.index", "/fast"));

    LakeLayout layout = LakeLayout.of("hdfs://name/lake", settings);

    assertThat(layout.index()).isEqualTo("file:/fast");
    assertThat(layout.tables()).isEqualTo("hdfs://name/lake/tables");
  }

  @ParameterizedTest
  @CsvSource({
    "/my lake, /my lake/index/text/a.lance",
    "s3a://bucket/lake, s3://bucket/lake/index/text/a.lance",
    "gs://bucket/lake, gs://bucket/lake/index/text/a.lance",
    "abfss://box@account.dfs.core.windows.net/lake, az://box/lake/index/text/a.lance",
  })
  void lanceNamesPlacesInItsOwnWords(String lake, String uri) {
    LakeLayout layout = LakeLayout.of(lake, Settings.defaults());

    assertThat(IndexPlace.of(layout, "text/a.lance", new Configuration(false)).uri())
        .isEqualTo(uri);
  }

  @Test
  void lanceReadsNoIndexWhereItKnowsNobody() {
    LakeLayout layout = LakeLayout.of("hdfs://name/lake", Settings.defaults());

    assertThatThrownBy(() -> IndexPlace.of(layout, "text/a.lance", new Configuration(false)))
        .isInstanceOf(LakehouseException.class)
        .hasMessageContaining("hdfs://name/lake/index")
        .hasMessageContaining("publish --rebuild")
        .hasMessageContaining("lakehouse.lake.index");
  }

  @Test
  void lanceIsTriedOnADiskAndTrustedInObjectStores(@TempDir Path folder) {
    Configuration hadoop = HadoopSettings.configuration(BareFileSystem.CONF);

    assertThat(IndexPlace.isForLance(layout("s3a://bucket/lake"), hadoop)).isTrue();
    assertThat(IndexPlace.isForLance(layout(folder.toString()), hadoop)).isTrue();
    assertThat(IndexPlace.isForLance(layout("bare:" + folder), hadoop)).isFalse();
  }

  private static LakeLayout layout(String lake) {
    return LakeLayout.of(lake, Settings.defaults());
  }

  @Test
  void anIndexHasTheColumnsOfNowWhereverItIs() {
    String path = IndexPlace.path("text", "0123abcd".repeat(8));

    assertThat(IndexPlace.isOfNow(path, "text", "0123abcd".repeat(8))).isTrue();
    assertThat(
            IndexPlace.isOfNow(
                "text/0123abcd-2.copies/" + "ab".repeat(32), "text", "0123abcd".repeat(8)))
        .isTrue();
    assertThat(
            IndexPlace.isOfNow(
                "text/0123abcd.copies/" + "ab".repeat(32), "text", "0123abcd".repeat(8)))
        .isFalse();
  }

  @Test
  void accessComesFromHadoopAndShowsInNoText() {
    Configuration hadoop = new Configuration(false);
    hadoop.set("fs.s3a.access.key", "AK");
    hadoop.set("fs.s3a.secret.key", "all buckets");
    hadoop.set("fs.s3a.bucket.fast.secret.key", "this bucket");
    hadoop.set("fs.s3a.endpoint", "127.0.0.1:9000");
    hadoop.set("fs.s3a.endpoint.region", "eu-central-1");
    hadoop.set("fs.s3a.connection.ssl.enabled", "false");
    hadoop.set("fs.s3a.path.style.access", "true");
    LakeLayout layout = LakeLayout.of("s3a://fast/lake", Settings.defaults());

    IndexPlace place = IndexPlace.of(layout, "text/a.lance", hadoop);

    assertThat(place.storage())
        .isEqualTo(
            Map.of(
                "aws_access_key_id", "AK",
                "aws_secret_access_key", "this bucket",
                "aws_region", "eu-central-1",
                "aws_endpoint", "http://127.0.0.1:9000",
                "allow_http", "true",
                "aws_virtual_hosted_style_request", "false",
                "client_retry_timeout", "600",
                "client_max_retries", "6000"));
    assertThat(place.toString()).isEqualTo("s3://fast/lake/index/text/a.lance");
  }
}
