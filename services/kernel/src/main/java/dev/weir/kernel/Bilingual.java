package dev.weir.kernel;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * User-facing text in both languages. Immutable.
 *
 * @param zh Chinese
 * @param en English
 */
public record Bilingual(String zh, String en) {

  /** Both languages alike, for names that are not translated. */
  public static Bilingual same(String text) {
    return new Bilingual(text, text);
  }

  @JsonIgnore
  public String in(Language language) {
    return switch (language) {
      case ZH -> zh;
      case EN -> en;
    };
  }

  /** A language the product speaks. */
  public enum Language {
    ZH,
    EN
  }
}
