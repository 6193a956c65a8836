package dev.weir.acceptance.story;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The commands of a page for people, as they would be typed. Immutable.
 *
 * @param commands every line {@code ./weir …} of its code blocks, in order
 */
record CommandPage(List<Typed> commands) {
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
  private static final Pattern NOTE = Pattern.compile("([\\w.]+) → ([A-Z]+)");

  CommandPage {
    commands = List.copyOf(commands);
  }

  /**
   * One command.
   *
   * @param words without {@code ./weir}
   * @param into the file that its output goes to; empty for the terminal
   * @param refused whether the page says that it is
   * @param noted names the page gives to members of the output, by path
   */
  record Typed(List<String> words, String into, boolean refused, Map<String, String> noted) {}

  static CommandPage read(Path page) throws IOException {
    var commands = new ArrayList<Typed>();
    for (String line : Files.readAllLines(page)) {
      if (line.startsWith("./weir ")) {
        commands.add(typed(line.substring("./weir ".length())));
      }
    }
    return new CommandPage(commands);
  }

  private static Typed typed(String line) {
    int comment = line.indexOf("   # ");
    String note = comment < 0 ? "" : line.substring(comment);
    var words = new ArrayList<String>();
    var matcher = WORD.matcher(comment < 0 ? line : line.substring(0, comment));
    while (matcher.find()) {
      words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
    String into = "";
    int arrow = words.indexOf(">");
    if (arrow >= 0) {
      into = words.get(arrow + 1);
      words.subList(arrow, arrow + 2).clear();
    }
    var noted = new LinkedHashMap<String, String>();
    var notes = NOTE.matcher(note);
    while (notes.find()) {
      noted.put(notes.group(1), notes.group(2));
    }
    return new Typed(List.copyOf(words), into, note.contains("refused"), Map.copyOf(noted));
  }
}
