// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content.intake;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.connect.Offer;
import dev.lakehouse.core.connect.Place;
import dev.lakehouse.core.connect.url.Answer;
import dev.lakehouse.core.connect.url.FetchFailure;
import dev.lakehouse.core.connect.url.Fetcher;
import dev.lakehouse.core.connect.url.Url;
import dev.lakehouse.core.connect.url.Validators;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Takes content of the web: fetches it, unless its server says that it is what is there already.
 */
final class WebIntake {
  private static final String HTML = "text/html";

  private final IngestPlan plan;
  private final ItemIntake intake;
  private final Fetcher fetcher;

  WebIntake(IngestPlan plan, ItemIntake intake) {
    this.plan = plan;
    this.intake = intake;
    this.fetcher = new Fetcher(plan.fetch());
  }

  /**
   * Takes what a URL has.
   *
   * @param place of the row that names it
   * @param known row of {@link Ingestor#KNOWN} of what the item had before
   */
  Taken take(Offer.Url offer, Place place, Optional<Values> known) throws ItemException {
    Optional<Values> kept = known.filter(row -> isStillThere(offer, row));
    String row = " (%s, %s of %s)".formatted(offer.field(), place, place.file());
    try {
      Taken taken =
          fetcher.fetch(
              Url.parse(offer.url()),
              kept.map(WebIntake::validators).orElseGet(Validators::none),
              answer -> taken(answer, offer, kept));
      requireNoPage(offer, taken, row);
      return taken;
    } catch (FetchFailure e) {
      throw e.asOutcome(row);
    } catch (IOException e) {
      throw new ItemException(
          ItemError.SOURCE_UNREADABLE, "Cannot read %s: %s%s".formatted(offer.url(), e, row), e);
    }
  }

  private Taken taken(Answer answer, Offer.Url offer, Optional<Values> kept) throws IOException {
    Map<String, String> facts = answer.validators().facts();
    return answer instanceof Answer.Content content
        ? intake.read(content.body(), URI.create(offer.url()).getPath()).saying(facts)
        : Taken.before(kept.orElseThrow()).saying(facts);
  }

  /** What was taken from the same URL and was not lost since. */
  private boolean isStillThere(Offer.Url offer, Values row) {
    if (row.text("source_uri").filter(offer.url()::equals).isEmpty()) {
      return false;
    }
    try {
      Optional<String> blob = row.text("blob");
      return blob.isEmpty() || plan.blobs().has(blob.get());
    } catch (IOException e) {
      return false; // then it is fetched, and storing it says what is wrong
    }
  }

  private static Validators validators(Values row) {
    Map<String, String> facts = new LinkedHashMap<>();
    row.find("facts")
        .map(Map.class::cast)
        .ifPresent(
            map ->
                ((Map<?, ?>) map)
                    .forEach((name, value) -> facts.put(String.valueOf(name), "" + value)));
    return Validators.in(facts);
  }

  /** Servers answer with a page where a picture was: an error, a login, an advertisement. */
  private static void requireNoPage(Offer.Url offer, Taken taken, String row) throws ItemException {
    String path = offer.url().replaceFirst("\\?.*$", "").toLowerCase(Locale.ROOT);
    if (taken.detected().mediaType().equals(HTML) && !path.matches(".*\\.x?html?")) {
      throw new ItemException(
          ItemError.HTML_PAGE,
          "%s is a page of HTML; pages are taken where the URL ends with .html%s"
              .formatted(offer.url(), row));
    }
  }
}
