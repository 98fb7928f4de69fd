// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.watch;

import static org.apache.spark.sql.functions.col;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.curate.JudgementBasis;
import dev.lakehouse.core.curate.Policy;
import dev.lakehouse.core.kind.Kinds;
import dev.lakehouse.jobs.curate.JudgeStage;
import dev.lakehouse.jobs.curate.JudgedFrom;
import dev.lakehouse.jobs.curate.Judgement;
import dev.lakehouse.jobs.curate.JudgementRule;
import dev.lakehouse.jobs.curate.Pieces;
import dev.lakehouse.jobs.derive.Derived;
import dev.lakehouse.jobs.lake.delta.CommitNote;
import dev.lakehouse.jobs.lake.delta.KeptRows;
import dev.lakehouse.jobs.lake.delta.LakeTable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The recorded policy, applied again to the recorded figures, says the same. */
record JudgementAudit(AuditedRelease audited) implements AuditCheck {
  @Override
  public String name() {
    return "judgement";
  }

  @Override
  public List<Violation> violations() {
    List<Violation> violations = new ArrayList<>();
    LakeTable filtered = audited.tables().table(Tables.FILTERED);
    Optional<CommitNote> note = audited.judgement();
    if (note.isEmpty()) {
      violations.add(
          new Violation(
              "judgement",
              "%s version %d".formatted(filtered.uri(), audited.release().filteredVersion()),
              "a commit of judge",
              "a commit of somebody else",
              Violation.JUDGE));
      return violations;
    }
    policy(violations).ifPresent(policy -> judgeAgain(policy, note.get(), violations));
    return violations;
  }

  private Optional<Policy> policy(List<Violation> violations) {
    String digest = audited.release().policyDigest();
    String place = audited.layout().policies() + "/" + digest + ".yaml";
    Optional<String> text = read(place);
    String found = text.map(Digests::sha256).orElse("no file");
    if (!found.equals(digest)) {
      violations.add(
          new Violation(
              "policy",
              place,
              "a text of sha256 " + digest,
              found,
              "put the original file back, or " + Violation.JUDGE));
      return Optional.empty();
    }
    return text.map(Policy::parse);
  }

  private Optional<String> read(String place) {
    Path path = new Path(place);
    try (InputStream in =
        path.getFileSystem(audited.tables().spark().sessionState().newHadoopConf()).open(path)) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read policy " + place, e);
    }
  }

  private void judgeAgain(Policy policy, CommitNote note, List<Violation> violations) {
    JudgementRule rule = JudgementRule.of(note.find(JudgementRule.MARK));
    String id = id(policy, note, rule);
    if (!id.equals(audited.release().judgementId())) {
      violations.add(
          new Violation(
              "judgement",
              "release " + audited.release().id(),
              "judgement " + id,
              audited.release().judgementId(),
              Violation.JUDGE));
    }
    if (!isOfThisVersion(note)) {
      return;
    }
    Dataset<Row> assets = audited.input(Tables.ASSETS);
    Dataset<Row> derived = Derived.by(derivers(note), audited.input(Tables.DERIVED));
    Judgement again =
        new JudgeStage(audited.probes(), policy, id, rule)
            .apply(
                assets,
                Optional.of(derived).filter(rows -> Pieces.mayBeIn(assets, rows)),
                audited.input(Kinds.MEASUREMENTS),
                audited.input(Tables.DUPLICATES),
                audited.input(Tables.DECISIONS));
    try (KeptRows kept = KeptRows.of(again.verdicts())) {
      Dataset<Row> judged = kept.rows();
      compare("filtered", again.filteredBy(judged), audited.filtered(), violations);
      Dataset<Row> verdicts = audited.tables().table(Tables.VERDICTS).rows();
      // a later judgement may have replaced these verdicts; then there is nothing to compare
      if (!verdicts.where(col("judgement_id").equalTo(again.id())).isEmpty()) {
        compare("verdicts", judged, verdicts, violations);
      }
    }
  }

  private boolean isOfThisVersion(CommitNote note) {
    return basis(note).equals(JudgementBasis.of(audited.probes(), derivers(note)).digest());
  }

  /** Those whose pieces it read. */
  private static List<String> derivers(CommitNote note) {
    return note.find(JudgementBasis.DERIVERS)
        .map(names -> List.of(names.split(" ")))
        .orElse(List.of());
  }

  private static String basis(CommitNote note) {
    return JudgementBasis.marked(note.find(JudgementBasis.MARK));
  }

  @Override
  public List<String> remarks() {
    return audited.judgement().filter(note -> !isOfThisVersion(note)).stream()
        .map(
            note ->
                "release %d was judged by another version of lakehouse, with other rules of the"
                        .formatted(audited.release().sequence())
                    + " contract, columns or probes: it was not judged again. 'lakehouse run'"
                    + " judges by this version and releases what it says")
        .toList();
  }

  /** The id that the judgement must have; what it says itself where the log forgot its inputs. */
  private String id(Policy policy, CommitNote note, JudgementRule rule) {
    Map<String, String> commits = audited.tables().commits(note.inputs());
    boolean forgotten =
        note.inputs().entrySet().stream()
            .anyMatch(each -> each.getValue() >= 0 && !commits.containsKey(each.getKey()));
    String lake = audited.lake();
    return rule != JudgementRule.VERSIONS && forgotten
        ? audited.release().judgementId()
        : new JudgedFrom(lake, note.inputs(), commits).id(policy, rule, basis(note));
  }

  private void compare(
      String table, Dataset<Row> expected, Dataset<Row> found, List<Violation> violations) {
    RowDifference difference =
        new RowDifference(table.equals("filtered") ? Tables.FILTERED : Tables.VERDICTS, Set.of());
    for (RowDifference.Found row : difference.between(expected, found)) {
      violations.add(
          new Violation(
              table,
              "%s asset %s".formatted(table, row.key()),
              row.expected(),
              row.found(),
              Violation.JUDGE));
    }
  }
}
