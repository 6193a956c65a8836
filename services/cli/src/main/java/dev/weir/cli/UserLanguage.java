package dev.weir.cli;

import dev.weir.kernel.Bilingual.Language;
import java.util.List;
import java.util.Locale;

/** Which language the person at the terminal reads. */
public final class UserLanguage {
  private static final String OPTION = "--lang";

  private UserLanguage() {}

  /** As the system's locale says: Chinese, or else English. */
  public static Language ofSystem() {
    return Locale.getDefault().getLanguage().equals("zh") ? Language.ZH : Language.EN;
  }

  /** As {@code --lang} says, even on a command line that is wrong otherwise; else the system's. */
  static Language of(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      String value =
          argument.equals(OPTION) && i + 1 < arguments.size()
              ? arguments.get(i + 1)
              : argument.startsWith(OPTION + "=") ? argument.substring(OPTION.length() + 1) : "";
      for (Language language : Language.values()) {
        if (language.name().equalsIgnoreCase(value)) {
          return language;
        }
      }
    }
    return ofSystem();
  }
}
