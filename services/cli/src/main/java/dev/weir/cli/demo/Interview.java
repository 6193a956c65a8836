package dev.weir.cli.demo;

import static dev.weir.cli.demo.Texts.say;

import dev.weir.kernel.Bilingual;
import dev.weir.kernel.Bilingual.Language;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * Asks a person, one line a question, until the answer makes sense. Enter takes what is proposed; a
 * dot, or the end of the input, takes it for every further question. Confined to one thread.
 */
final class Interview {
  private static final String STOP = ".";
  private static final Path STANDARD_INPUT = Path.of("/proc/self/fd/0");

  private final BufferedReader in;
  private final PrintStream out;
  private final Language language;
  private boolean stopped;
  private boolean explained;

  Interview(InputStream in, PrintStream out, Language language) {
    this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    this.out = out;
    this.language = language;
  }

  /** Whether somebody sits at standard input, wherever the output goes. */
  static boolean isPossible() {
    try {
      String device = Files.readSymbolicLink(STANDARD_INPUT).toString();
      return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * @param shown the proposal as a person would type it
   * @param parse empty for nonsense, which is asked again
   */
  <T> T ask(Bilingual question, String shown, T proposal, Function<String, Optional<T>> parse) {
    while (!stopped) {
      String typed = read(question, " [" + shown + "] ");
      if (typed.isEmpty()) {
        return proposal;
      }
      Optional<T> parsed = stopped ? Optional.empty() : parse.apply(typed);
      if (parsed.isPresent()) {
        return parsed.get();
      }
      again();
    }
    return proposal;
  }

  /** A question without a proposal; empty when the person will not answer. */
  <T> Optional<T> demand(Bilingual question, Function<String, Optional<T>> parse) {
    while (!stopped) {
      String typed = read(question, " ");
      Optional<T> parsed = stopped || typed.isEmpty() ? Optional.empty() : parse.apply(typed);
      if (parsed.isPresent()) {
        return parsed;
      }
      again();
    }
    return Optional.empty();
  }

  private String read(Bilingual question, String tail) {
    if (!explained) {
      explained = true;
      out.println(
          say(
                  "请以部门身份回答。回车接受方括号中的提议，输入 . 则其余全部接受提议。",
                  "Answer as the department. Enter takes the proposal in brackets; a dot takes all that"
                      + " follow.")
              .in(language));
    }
    out.print("? " + question.in(language) + tail);
    out.flush();
    try {
      String line = in.readLine();
      stopped |= line == null || line.strip().equals(STOP);
      return line == null ? STOP : line.strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void again() {
    if (!stopped) {
      out.println(say("  不合要求，请再答一次。", "  That does not fit; once more.").in(language));
    }
  }
}
