package dev.weir.cli.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Puts what a person typed into an address, so that it cannot leave its place there. */
public final class UrlPath {
  private UrlPath() {}

  /** One segment of a path, or one value of a query. */
  public static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
