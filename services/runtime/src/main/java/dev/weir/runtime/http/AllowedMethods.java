package dev.weir.runtime.http;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the header Allow of a refused method says: exactly the methods of the endpoint at that path.
 * HEAD is wherever GET is; OPTIONS is answered nowhere, so it is not in the list. Immutable.
 */
final class AllowedMethods {
  private static final String GET = "GET";
  private static final String HEAD = "HEAD";
  private static final String OPTIONS = "OPTIONS";

  private final List<Endpoint> endpoints;

  AllowedMethods(List<Endpoint> endpoints) {
    this.endpoints = List.copyOf(endpoints);
  }

  /** Empty where nothing is. */
  Optional<String> at(String path) {
    var matching = endpoints.stream().filter(endpoint -> endpoint.matches(path)).toList();
    // Of two templates Jersey takes the one that says more of the path itself.
    return matching.stream()
        .map(Endpoint::template)
        .max(Comparator.comparingInt(AllowedMethods::literals))
        .map(template -> header(matching, template));
  }

  private static String header(List<Endpoint> matching, String template) {
    return header(
        matching.stream()
            .filter(endpoint -> endpoint.template().equals(template))
            .map(Endpoint::httpMethod));
  }

  private static int literals(String template) {
    return template.replaceAll("\\{[^}]*}", "").length();
  }

  /** From Jersey's own list, which has OPTIONS and lacks HEAD. */
  static String of(String allow) {
    return header(Arrays.stream(allow.split(",")).map(String::strip));
  }

  private static String header(Stream<String> methods) {
    var answered = new TreeSet<String>();
    methods.filter(method -> !method.isEmpty() && !method.equals(OPTIONS)).forEach(answered::add);
    if (answered.contains(GET)) {
      answered.add(HEAD);
    }
    return String.join(", ", answered);
  }
}
