// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.serve;

import dev.lakehouse.jobs.serve.Route.Access;
import dev.lakehouse.jobs.serve.Route.Answering;
import dev.lakehouse.jobs.serve.Route.Parameter;
import io.javalin.http.HandlerType;
import java.util.ArrayList;
import java.util.List;

/** Everything that can be asked; what is answered and what is told of it come from this list. */
final class Routes {
  /** What a search may be told, in a URL, a form or JSON. */
  static final List<String> QUESTION =
      List.of("q", "like", "mode", "family", "k", "offset", "where");

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
      Parameter.query("offset", "integer", "so many of the best to pass over; without, 0");
  private static final Parameter ID = Parameter.path("id", "the asset");

  private final List<Route> all = new ArrayList<>();

  private Routes() {}

  static List<Route> of(
      SearchAnswers searches, AssetAnswers assets, ServiceAnswers service, Page page) {
    Routes routes = new Routes();
    List<Parameter> words = List.of(Q, LIKE, MODE, FAMILY, K, OFFSET, WHERE);
    List<Parameter> file = List.of(FAMILY, K, OFFSET, WHERE);
    routes.get("/search", "search", "Find assets by words", words, searches::byWords);
    routes.post("/search", "searchByFile", "Find by a picture or sound", file, searches::byFile);
    List<Parameter> input = List.of(Q, FAMILY);
    routes.get("/embed", "embed", "The vector of words", input, searches::embedWords);
    routes.post("/embed", "embedFile", "The vector of a file", input, searches::embedFile);
    routes.get("/assets/{id}", "asset", "All that is known of it", List.of(ID), assets::describe);
    routes.bytes(
        "/assets/{id}/content",
        "content",
        "The bytes of an asset; takes Range",
        List.of(ID),
        List.of("*/*"),
        assets::content);
    routes.bytes(
        "/assets/{id}/thumbnail",
        "thumbnail",
        "A small picture of an asset",
        List.of(ID, Parameter.query("segment", "string", "of a film: the shot to see")),
        List.of("image/jpeg"),
        assets::thumbnail);
    routes.get("/releases", "releases", "Releases, and what the current holds", service::releases);
    routes.open("/health", "health", "Whether the process lives", Exchange.JSON, service::health);
    routes.open("/ready", "ready", "Whether it can answer", Exchange.JSON, service::ready);
    routes.bytes(
        "/metrics",
        "metrics",
        "Figures for Prometheus",
        List.of(),
        List.of(Metrics.TYPE),
        service::metrics);
    routes.open("/openapi.json", "openapi", "This document", Exchange.JSON, service::openApi);
    routes.all.add(
        new Route(
            HandlerType.POST,
            "/session",
            "session",
            "Exchange the token for a cookie, for browsers",
            List.of(),
            List.of(Exchange.JSON),
            List.of(Exchange.JSON),
            Access.OPEN,
            service::session));
    routes.open("/", "page", "A page to look at it", "text/html", page::html);
    routes.open("/page/app.css", "pageStyle", "Its style", "text/css", page::style);
    routes.open("/page/app.js", "pageScript", "Its script", "text/javascript", page::script);
    routes.open("/page/icon.svg", "pageIcon", "Its icon", "image/svg+xml", page::icon);
    return List.copyOf(routes.all);
  }

  private void get(String path, String id, String summary, Answering answering) {
    get(path, id, summary, List.of(), answering);
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
    all.add(
        new Route(
            HandlerType.GET,
            path,
            id,
            summary,
            parameters,
            List.of(),
            gives,
            Access.GUARDED,
            answering));
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
            Access.GUARDED,
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
