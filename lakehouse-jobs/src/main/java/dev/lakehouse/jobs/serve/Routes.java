// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.serve;

import dev.lakehouse.jobs.serve.Route.Access;
import dev.lakehouse.jobs.serve.Route.Answering;
import dev.lakehouse.jobs.serve.Route.Parameter;
import io.javalin.http.HandlerType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everything that can be asked; what is answered and what is told of it come from this list. */
final class Routes {
  /** What a search may be told, in a URL, a form or JSON. */
  static final List<String> QUESTION =
      List.of("q", "like", "mode", "family", "k", "offset", "where", "collapse");

  private static final List<String> FILES =
      List.of(
          "multipart/form-data", "image/*", "audio/*", "application/octet-stream", Exchange.JSON);
  private static final Parameter Q = Parameter.query("q", "string", "what to look for, in words");
  private static final Parameter FAMILY =
      Parameter.query("family", "string", "ask this family only; without, all that can answer");
  private static final Parameter K =
      Parameter.query("k", "integer", "assets at most, 1 to 1000; without, 20");
  private static final Parameter WHERE =
      Parameter.query(
          "where", "string", "condition on columns, as lakehouse search --where: language = 'eng'");
  private static final Parameter LIKE =
      Parameter.query("like", "string", "the asset to find others like, instead of words");
  private static final Parameter MODE =
      Parameter.query(
          "mode", "string", "vector, words or hybrid, as lakehouse search --mode; without, vector");
  private static final Parameter OFFSET =
      Parameter.query(
          "offset",
          "integer",
          "so many of the best to pass over; without, 0; with k together 2000 at most");
  private static final Parameter COLLAPSE =
      Parameter.query(
          "collapse",
          "number",
          "the cosine from which on a hit stands for its near-duplicates, as lakehouse search"
              + " --collapse; without, all are hits");
  private static final Parameter ID = Parameter.path("id", "the asset");

  private final List<Route> all = new ArrayList<>();

  private Routes() {}

  static List<Route> of(
      SearchAnswers searches,
      AssetAnswers assets,
      ServiceAnswers service,
      Optional<ReviewAnswers> reviews,
      Page page) {
    Routes routes = new Routes();
    routes.searches(searches);
    routes.assets(assets);
    routes.service(service);
    reviews.ifPresent(routes::reviews);
    routes.page(page);
    return List.copyOf(routes.all);
  }

  private void searches(SearchAnswers searches) {
    List<Parameter> words = List.of(Q, LIKE, MODE, FAMILY, K, OFFSET, WHERE, COLLAPSE);
    List<Parameter> file = List.of(FAMILY, K, OFFSET, WHERE, COLLAPSE);
    get("/search", "search", "Find assets by words", words, searches::byWords);
    post("/search", "searchByFile", "Find by a picture or sound", file, searches::byFile);
    List<Parameter> input = List.of(Q, FAMILY);
    get("/embed", "embed", "The vector of words", input, searches::embedWords);
    post("/embed", "embedFile", "The vector of a file", input, searches::embedFile);
  }

  private void assets(AssetAnswers assets) {
    get("/assets/{id}", "asset", "All that is known of it", List.of(ID), assets::describe);
    bytes(
        "/assets/{id}/content",
        "content",
        "The bytes of an asset; takes Range",
        List.of(ID),
        List.of("*/*"),
        assets::content);
    bytes(
        "/assets/{id}/thumbnail",
        "thumbnail",
        "A small picture of an asset",
        List.of(ID, Parameter.query("segment", "string", "of a film: the shot to see")),
        List.of("image/jpeg"),
        assets::thumbnail);
    bytes(
        "/assets/{id}/saliency",
        "saliency",
        "Where a picture shows what is asked for: bright there, dim elsewhere",
        List.of(ID, Q, FAMILY, Parameter.query("segment", "string", "of a film: the shot to see")),
        List.of("image/png"),
        assets::saliency);
  }

  private void service(ServiceAnswers service) {
    List<Parameter> none = List.of();
    get("/releases", "releases", "Releases, and what the current holds", none, service::releases);
    get(
        "/releases/{release}/changes",
        "changes",
        "What a release has otherwise than another",
        List.of(
            Parameter.path("release", "its number or id"),
            Parameter.query(
                "since",
                "string",
                "the other release, or nothing; without, the one that it followed")),
        service::changes);
    open("/health", "health", "Whether the process lives", Exchange.JSON, service::health);
    open("/ready", "ready", "Whether it can answer", Exchange.JSON, service::ready);
    List<String> figures = List.of(Metrics.TYPE);
    guarded("/metrics", "metrics", "Figures for Prometheus", none, figures, service::metrics);
    open("/openapi.json", "openapi", "This document", Exchange.JSON, service::openApi);
    all.add(
        new Route(
            HandlerType.POST,
            "/session",
            "session",
            "Exchange the token for a cookie, for browsers",
            none,
            List.of(Exchange.JSON),
            List.of(Exchange.JSON),
            Access.OPEN,
            service::session));
  }

  private void reviews(ReviewAnswers reviews) {
    List<Parameter> listed =
        List.of(
            Parameter.query("which", "string", "open or decided; without, open"),
            Parameter.query("reason", "string", "only what waits for that, by its code"),
            Parameter.query("after", "string", "what next of the page before said"),
            Parameter.query("k", "integer", "assets at most, 1 to 100; without, 24"));
    List<String> json = List.of(Exchange.JSON);
    guarded("/review", "waiting", "What waits for a reviewer", listed, json, reviews::waiting);
    all.add(
        new Route(
            HandlerType.POST,
            "/review",
            "decide",
            "Approve or reject what waits; the next judgement reads it",
            List.of(),
            json,
            json,
            Access.GUARDED,
            reviews::decide));
    guarded(
        "/review/{id}/content",
        "waitingContent",
        "The bytes of an asset that waits; takes Range",
        List.of(ID),
        List.of("*/*"),
        reviews::content);
    guarded(
        "/review/{id}/thumbnail",
        "waitingThumbnail",
        "A small picture of a picture that waits",
        List.of(ID),
        List.of("image/jpeg"),
        reviews::thumbnail);
  }

  private void guarded(
      String path,
      String id,
      String summary,
      List<Parameter> parameters,
      List<String> gives,
      Answering answering) {
    get(path, id, summary, parameters, gives, Access.GUARDED, answering);
  }

  private void page(Page page) {
    open("/", "page", "A page to look at it", "text/html", page::html);
    open("/page/app.css", "pageStyle", "Its style", "text/css", page::style);
    open("/page/releases.js", "pageReleases", "Its script", "text/javascript", page::releases);
    open("/page/review.js", "pageReview", "Its script", "text/javascript", page::review);
    open("/page/app.js", "pageScript", "Its script", "text/javascript", page::script);
    open("/page/icon.svg", "pageIcon", "Its icon", "image/svg+xml", page::icon);
  }

  private void get(
      String path, String id, String summary, List<Parameter> parameters, Answering answering) {
    bytes(path, id, summary, parameters, List.of(Exchange.JSON), answering);
  }

  private void bytes(
      String path,
      String id,
      String summary,
      List<Parameter> parameters,
      List<String> gives,
      Answering answering) {
    get(path, id, summary, parameters, gives, Access.RELEASED, answering);
  }

  private void get(
      String path,
      String id,
      String summary,
      List<Parameter> parameters,
      List<String> gives,
      Access access,
      Answering answering) {
    all.add(
        new Route(
            HandlerType.GET, path, id, summary, parameters, List.of(), gives, access, answering));
  }

  private void post(
      String path, String id, String summary, List<Parameter> parameters, Answering answering) {
    all.add(
        new Route(
            HandlerType.POST,
            path,
            id,
            summary,
            parameters,
            FILES,
            List.of(Exchange.JSON),
            Access.RELEASED,
            answering));
  }

  private void open(String path, String id, String summary, String gives, Answering answering) {
    all.add(
        new Route(
            HandlerType.GET,
            path,
            id,
            summary,
            List.of(),
            List.of(),
            List.of(gives),
            Access.OPEN,
            answering));
  }
}
