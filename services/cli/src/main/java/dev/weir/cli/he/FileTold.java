package dev.weir.cli.he;

import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.cli.client.ApiProblem;
import dev.weir.cli.command.ClientOptions;
import dev.weir.kernel.Bilingual;
import dev.weir.query.he.client.QuestionFile;
import dev.weir.query.he.client.QuestionService;
import dev.weir.query.he.client.Ticket;
import java.io.IOException;

/**
 * Asks with a file that the question waits in: whoever does not get the answer now is told what to
 * fetch it with, and never to ask again while the service may still answer.
 */
final class FileTold {
  private final ClientOptions options;
  private final QuestionService service;
  private final QuestionFile file;

  FileTold(ClientOptions options, QuestionService service, QuestionFile file) {
    this.options = options;
    this.service = service;
    this.file = file;
  }

  /** What asks, and shows what came. */
  interface Asking {
    int run() throws IOException;
  }

  int run(Asking asking) throws IOException {
    try {
      return asking.run();
    } catch (ApiProblem problem) {
      if (refused(problem)) {
        file.remove();
      } else {
        tell();
      }
      throw problem;
    } catch (CommandFault fault) {
      throw fault; // which says what to do
    } catch (RuntimeException fault) {
      tell();
      throw fault;
    }
  }

  /**
   * What is said of a question without a reply; a file that no reply will come to is removed.
   *
   * @param ticket as it is now
   */
  CommandFault unanswered(Ticket ticket) throws IOException {
    if (ticket.unasked()) {
      file.remove();
      return new CommandFault(
          ExitCode.RETRYABLE,
          "服务方未收到此问题（票据 " + ticket.id() + "），未计费；可重新提问",
          "the service has not taken the question (ticket "
              + ticket.id()
              + "), and it costs nothing; ask again");
    }
    if (ticket.ended()) {
      if (file.asked().filter(asked -> asked.begun()).isEmpty()) {
        file.remove();
      }
      return Shown.failed(ticket);
    }
    String fetch = "weir he fetch " + file.file().orElseThrow();
    return new CommandFault(
        ExitCode.PENDING,
        "尚无答复（票据 " + ticket.id() + "）；请勿重问，稍后取回：" + fetch,
        "no reply yet (ticket " + ticket.id() + "); fetch it later with " + fetch);
  }

  /** Whether the service said no to every question, so that nothing will be charged. */
  private boolean refused(ApiProblem problem) {
    boolean no = problem.status() >= 400 && problem.status() < 500 && problem.status() != 408;
    try {
      return no
          && file.asked().isPresent()
          && file.asked().get().questions().stream()
              .allMatch(one -> Ticket.of(service.read(one.ticket().id())).unasked());
    } catch (RuntimeException unknown) {
      return false; // then it may have been taken
    }
  }

  private void tell() {
    file.file()
        .ifPresent(kept -> {
          var text =
              new Bilingual(
                  "所问已存，可能已被接收并将计费；稍后取回：weir he fetch " + kept,
                  "the question is kept and may have been taken; fetch its reply later with weir he"
                      + " fetch "
                      + kept);
          System.err.println(text.in(options.language()));
        });
  }
}
