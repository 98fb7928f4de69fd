// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.Json;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/**
 * A report as a parser sees it, which is strict: what is no well-formed markup fails.
 *
 * @param html the page
 * @param document its elements, without what its own scripts say
 */
public record PageText(String html, Document document) {
  private static final Pattern SCRIPT = Pattern.compile("(?s)(<script>).*?(</script>)");
  private static final Pattern DATA =
      Pattern.compile("(?s)<script type=\"application/json\" id=\"charts\">(.*?)</script>");

  /** Parses a page. */
  public static PageText of(String html) throws Exception {
    String parsed = SCRIPT.matcher(html).replaceAll("$1$2");
    return new PageText(
        html,
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(parsed))));
  }

  /** Texts of the elements of a path, blanks made one. */
  public List<String> texts(String path) throws Exception {
    NodeList found =
        (NodeList)
            XPathFactory.newInstance().newXPath().evaluate(path, document, XPathConstants.NODESET);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      texts.add(found.item(i).getTextContent().strip().replaceAll("\\s+", " "));
    }
    return texts;
  }

  /** Everything that is to be read. */
  public String words() throws Exception {
    return texts("//body").get(0);
  }

  /** What the charts draw. */
  public List<JsonNode> charts(String type) throws Exception {
    Matcher data = DATA.matcher(html);
    List<JsonNode> charts = new ArrayList<>();
    if (data.find()) {
      Json.mapper()
          .readTree(data.group(1))
          .forEach(
              chart -> {
                if (chart.path("type").asText().equals(type)) {
                  charts.add(chart);
                }
              });
    }
    return charts;
  }
}
