package dev.weir.cli.command;

import dev.weir.cli.client.Signable;
import dev.weir.cli.output.TextTree;
import dev.weir.kernel.Bilingual;
import java.io.PrintStream;

/**
 * Shows what is about to be signed, taken from the very bytes that are signed: every member, line
 * by line, both languages, except that long lists are counted. {@code -o json} shows all of it.
 */
final class Summaries {
  private static final Bilingual TITLE = new Bilingual("待签内容：", "To be signed:");
  private static final TextTree TREE = new TextTree(5);

  private Summaries() {}

  static void show(Signable document, ClientOptions options, PrintStream out) {
    if (options.whole()) {
      out.println(document.content().toPrettyString());
    } else {
      out.println(TITLE.in(options.language()));
      TREE.print(document.content(), "  ", out);
    }
    // What a program reads is the document alone.
    (options.whole() ? System.err : out).println("sha256: " + document.sha256());
  }
}
