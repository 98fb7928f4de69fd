// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.auth.AWSCredentials;
import com.amazonaws.auth.AWSCredentialsProvider;
import com.amazonaws.auth.BasicSessionCredentials;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.access.HadoopSettings;
import dev.lakehouse.core.lake.Family;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.ReleaseReader;
import dev.lakehouse.core.lake.index.IndexColumns;
import dev.lakehouse.core.lake.index.IndexPlace;
import dev.lakehouse.core.lake.index.IndexReader;
import dev.lakehouse.core.lake.index.RowCursor;
import dev.lakehouse.core.lake.proof.LakeContents;
import dev.lakehouse.jobs.torture.S3Fault;
import dev.lakehouse.jobs.torture.S3Proxy;
import dev.lakehouse.jobs.torture.S3Request;
import dev.lakehouse.jobs.torture.S3Request.Kind;
import dev.lakehouse.jobs.torture.S3Server;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole run in a bucket of a real server, on a way to it on which requests go wrong. */
class TestFaultsOfS3 {
  /** The first commit of a lake, three with rows, the one that counts, and those of an index. */
  private static final Predicate<S3Request> COMMIT =
      request ->
          request.kind() == Kind.PUT
              && request
                  .path()
                  .matches(
                      ".*/(assets/.*0[01]|(filtered|catalog|releases)/.*1)[.]json|.*[.]manifest");

  @TempDir static Path folder;
  private static Path items;
  private static S3Server s3;
  private static S3Proxy way;
  private static LakeContents clean;
  private static List<S3Request> requests;

  @BeforeAll
  static void runInPeace() throws Exception {
    items = FaultyLake.items(folder);
    s3 = server("s3");
    way = s3.way();
    way.peace();
    FaultyLake lake = lake("clean");
    assertThat(lake.run()).as(String.valueOf(lake.failure())).isZero();
    requests = way.seen();
    clean = lake.contents();
  }

  /** A server with the items in it. */
  private static S3Server server(String name) throws Exception {
    S3Server server = S3Server.in(Files.createDirectory(folder.resolve(name)));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(items)) {
      for (Path item : files) {
        server.put("items/" + item.getFileName(), Files.readAllBytes(item));
      }
    }
    return server;
  }

  @AfterAll
  static void end() throws Exception {
    s3.close();
  }

  /** A lake with what the launcher sets. */
  private static FaultyLake lake(String name) {
    return lake(s3, name, s3.access());
  }

  private static FaultyLake lake(S3Server server, String name, Map<String, String> more) {
    Map<String, String> hadoop = new HashMap<>(more);
    hadoop.put("fs.s3a.directory.marker.retention", "keep");
    hadoop.put("fs.s3a.attempts.maximum", "3");
    hadoop.put("fs.s3a.retry.throttle.limit", "12");
    return FaultyLake.at(server.uri(name), server.uri("items"), hadoop);
  }

  private static void assertRuns(FaultyLake lake) {
    int exitCode = lake.run();
    assertThat(lake.failure()).isEmpty();
    assertThat(exitCode).isZero();
  }

  private static void assertSame(FaultyLake lake) {
    way.peace();
    assertThat(clean.differences(lake.contents())).isEmpty();
    assertThat(lake.audit().violations()).isEmpty();
  }

  @Tag("slow")
  @Test
  void everyFirstAnswerIsLostOrThatOfTooManyRequests() {
    FaultyLake lake = lake("unanswered");
    way.strike(
        S3Proxy.firstTime(),
        S3Fault.inTurn(S3Fault.lostAnswer(), S3Fault.slowDown()),
        Integer.MAX_VALUE);

    assertRuns(lake);

    assertSame(lake);
  }

  @Tag("slow")
  @Test
  void noContentIsLookedAtAgainAndAgain() {
    Map<String, Map<Kind, Long>> contents =
        requests.stream()
            .filter(request -> request.path().matches("/[^/]+/(items/|.*/blobs/sha256/).+"))
            .collect(
                Collectors.groupingBy(
                    S3Request::path,
                    Collectors.groupingBy(S3Request::kind, Collectors.counting())));

    assertThat(contents).hasSize(7); // five items, two blobs
    assertThat(contents)
        .allSatisfy(
            (path, counts) -> {
              boolean blob = path.contains("/blobs/");
              assertThat(counts.getOrDefault(Kind.HEAD, 0L)).isLessThanOrEqualTo(blob ? 4 : 2);
              assertThat(counts.getOrDefault(Kind.GET, 0L)).isLessThanOrEqualTo(blob ? 2 : 1);
              assertThat(counts.getOrDefault(Kind.PUT, 0L)).isEqualTo(blob ? 1 : 0);
            });
    assertThat(requests).hasSizeLessThan(3000);
  }

  @Tag("slow")
  @Test
  void tooManyRequestsForTwoMinutes() {
    FaultyLake lake = lake("slowed");
    AtomicLong until = new AtomicLong();
    way.strike(
        request -> {
          if (request.number() == requests.size() / 2) {
            until.set(System.nanoTime() + Duration.ofMinutes(2).toNanos());
          }
          return System.nanoTime() < until.get();
        },
        S3Fault.slowDown(),
        Integer.MAX_VALUE);

    assertRuns(lake);

    assertThat(until).hasPositiveValue();
    assertSame(lake);
  }

  /** The index is written last, and by another client than all the rest. */
  @Tag("slow")
  @Test
  void tooManyRequestsForTwoMinutesWhileTheIndexIsWritten() {
    FaultyLake lake = lake("slowed-index");
    AtomicLong until = new AtomicLong();
    way.strike(
        request -> {
          if (request.path().contains("/index/")) {
            until.compareAndSet(0, System.nanoTime() + Duration.ofMinutes(2).toNanos());
          }
          return System.nanoTime() < until.get();
        },
        S3Fault.slowDown(),
        Integer.MAX_VALUE);

    assertRuns(lake);

    assertThat(until).hasPositiveValue();
    assertSame(lake);
  }

  @Tag("slow")
  @Test
  void aWriteThatIsRefusedAsOvertakenIsToldAndDoneByTheNextRun() {
    FaultyLake lake = lake("refused");
    S3Fault refused = S3Fault.inTurn(S3Fault.conflict(), S3Fault.preconditionFailed());
    Predicate<S3Request> first = S3Proxy.firstTime();
    List<Integer> exitCodes = new ArrayList<>();
    do {
      way.strike(COMMIT.and(first), refused, Integer.MAX_VALUE);
      exitCodes.add(lake.run());
    } while (exitCodes.get(exitCodes.size() - 1) != 0);

    assertThat(exitCodes).isSubsetOf(0, 5);
    assertSame(lake);
  }

  /** Each run goes further than the one before, until its keys last to the end. */
  @Tag("slow")
  @Test
  void keysThatExpireEndARunThatTheNextOneGoesOnWith() {
    FaultyLake lake = lake("expired");
    List<Integer> exitCodes = new ArrayList<>();
    int step = Integer.getInteger("faults.step", 300);
    for (int last = step; !exitCodes.contains(0); last += step) {
      int k = last;
      way.strike(request -> request.number() > k, S3Fault.expiredToken(), Integer.MAX_VALUE);
      exitCodes.add(lake.run());
    }

    assertThat(exitCodes).containsOnly(0, 5);
    assertSame(lake);
    way.strike(request -> request.path().contains("/index/"), S3Fault.expiredToken(), 1000);
    assertThatThrownBy(lake::contents)
        .isInstanceOf(LakehouseException.class)
        .hasMessageContaining("S3 error")
        .extracting(thrown -> ((LakehouseException) thrown).code())
        .isEqualTo(ErrorCode.TRANSIENT);
    way.peace();
  }

  /** Lends keys that live for a minute, and some time longer are not refused yet. */
  public static final class Lender implements AWSCredentialsProvider {
    private static final Duration LIFE = Duration.ofMinutes(1);

    static long minute() {
      return System.nanoTime() / LIFE.toNanos();
    }

    @Override
    public AWSCredentials getCredentials() {
      return new BasicSessionCredentials(
          s3.access().get("fs.s3a.access.key"),
          s3.access().get("fs.s3a.secret.key"),
          String.valueOf(minute()));
    }

    @Override
    public void refresh() {}
  }

  @Tag("slow")
  @Test
  void keysAreRenewedUnderWay() throws Exception {
    try (S3Server server = server("lent")) {
      Map<String, String> lent = new HashMap<>(server.place());
      lent.put("fs.s3a.aws.credentials.provider", Lender.class.getName());
      FaultyLake lake = lake(server, "lent", lent);
      server
          .way()
          .strike(
              request ->
                  Lender.minute() - Long.parseLong(request.headers().get("x-amz-security-token"))
                      > 1,
              S3Fault.expiredToken(),
              Integer.MAX_VALUE);

      assertRuns(lake);

      LakeLayout layout = LakeLayout.of(server.uri("lent"), Settings.defaults());
      Configuration hadoop = HadoopSettings.configuration(lent);
      Family family = ReleaseReader.current(layout, hadoop).orElseThrow().families().get(0);
      IndexPlace place = IndexPlace.of(layout, family.path(), hadoop);
      try (IndexReader index = IndexReader.open(place, family.lanceVersion())) {
        long opened = Lender.minute();
        while (Lender.minute() <= opened + 1) {
          TimeUnit.SECONDS.sleep(1);
        }
        int untilNow = server.way().left();
        try (RowCursor rows = index.rows(List.of(IndexColumns.VECTOR))) {
          assertThat(rows.hasNext()).isTrue();
        }
        assertThat(server.way().left()).as("nobody came with old keys").isEqualTo(untilNow);
      }
      assertThat(lake.contents().size()).isEqualTo(clean.size());
      assertThat(lake.audit().violations()).isEmpty();
    }
  }

  @Tag("slow")
  @Test
  void pagesOfListingsThatComeTwiceOrNot() throws Exception {
    try (S3Server server = server("paged")) {
      Map<String, String> hadoop = new HashMap<>(server.access());
      hadoop.put("fs.s3a.paging.maximum", "2");
      for (S3Fault fault : List.of(S3Fault.repeatedPage(), S3Fault.omittedPage())) {
        FaultyLake lake = lake(server, "paged-" + System.nanoTime(), hadoop);
        server
            .way()
            .strike(
                request -> request.kind() == Kind.LIST && request.number() % 7 == 0,
                fault,
                Integer.MAX_VALUE);
        int exitCode = lake.run();
        assertThat(exitCode).as("Delta says it, or nobody is harmed").isIn(0, 1, 5);
        server.way().peace();
        assertRuns(lake);

        assertThat(lake.contents().size()).isEqualTo(clean.size());
        assertThat(lake.audit().violations()).isEmpty();
      }
    }
  }
}
