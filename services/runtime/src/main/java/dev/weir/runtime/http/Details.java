package dev.weir.runtime.http;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.weir.kernel.Bilingual.Language;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the details of problems say in Chinese. Services write English where they refuse; one list
 * of sentences, with {@code {}} for what varies, translates at the border. A sentence that is not
 * in the list stays English. Immutable.
 */
public final class Details {
  private static final String HOLE = "{}";
  private static final Map<String, String> CHINESE = load();
  private static final List<Template> TEMPLATES = templates();

  private Details() {}

  /** A sentence with holes. */
  private record Template(Pattern english, String chinese) {}

  /** The sentence in the language; in English when the list lacks it. */
  public static String in(Language language, String english) {
    return switch (language) {
      case EN -> english;
      case ZH -> {
        String whole = CHINESE.get(english);
        yield whole == null ? filled(english) : whole;
      }
    };
  }

  /**
   * The language that {@code Accept-Language} weighs most of those we speak; English when it names
   * neither, or is not a list of languages.
   *
   * @param header empty when there is none
   */
  static Language asked(String header) {
    var best = Language.EN;
    double weight = 0;
    for (String range : header.split(",", -1)) {
      String[] parts = range.strip().split(";", 2);
      double q = parts.length == 1 ? 1 : weight(parts[1].strip());
      String tag = parts[0].strip().toLowerCase(java.util.Locale.ROOT);
      for (Language language : Language.values()) {
        String name = language.name().toLowerCase(java.util.Locale.ROOT);
        if (q > weight && (tag.equals(name) || tag.startsWith(name + "-"))) {
          best = language;
          weight = q;
        }
      }
    }
    return best;
  }

  private static double weight(String parameter) {
    try {
      return parameter.startsWith("q=") ? Double.parseDouble(parameter.substring(2)) : 1;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static String filled(String english) {
    for (Template template : TEMPLATES) {
      var match = template.english().matcher(english);
      if (match.matches()) {
        String chinese = template.chinese();
        for (int hole = 1; hole <= match.groupCount(); hole++) {
          String part = Matcher.quoteReplacement(match.group(hole));
          chinese = chinese.replaceFirst(Pattern.quote(HOLE), part);
        }
        return chinese;
      }
    }
    return english;
  }

  private static Map<String, String> load() {
    try (var in = Details.class.getResourceAsStream("details-zh.json")) {
      return Json.mapper().readValue(in, new TypeReference<Map<String, String>>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Template> templates() {
    var templates = new ArrayList<Template>();
    CHINESE.forEach((english, chinese) -> {
      if (english.contains(HOLE)) {
        var pattern = new StringBuilder();
        for (String part : english.split(Pattern.quote(HOLE), -1)) {
          pattern.append(pattern.isEmpty() ? "" : "(.*)").append(Pattern.quote(part));
        }
        templates.add(new Template(Pattern.compile(pattern.toString()), chinese));
      }
    });
    return List.copyOf(templates);
  }
}
