package dev.weir.cli.command;

import static dev.weir.cli.ExitCode.FAILED;
import static dev.weir.cli.ExitCode.RETRYABLE;
import static dev.weir.cli.ExitCode.USAGE;

import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.cli.client.ApiProblem;
import dev.weir.dap.client.DapAnswerException;
import dev.weir.dap.client.JournalException;
import dev.weir.kernel.Bilingual.Language;
import dev.weir.kernel.ProblemException;
import dev.weir.query.he.client.ClientRefusal;
import dev.weir.runtime.http.Details;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says in one line what went wrong and sets the exit status; a stack trace helps nobody here. */
public final class CommandFailures implements IExecutionExceptionHandler {
  private final Language language;

  public CommandFailures(Language language) {
    this.language = language;
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    var err = command.getErr();
    err.println(line(failure, language));
    return failure instanceof ApiProblem problem
        ? ExitCode.of(problem).status()
        : fault(failure).exit().status();
  }

  /** What went wrong, in one line. */
  public static String line(Exception failure, Language language) {
    return failure instanceof ApiProblem problem
        ? Problems.line(problem, language)
        : fault(failure).text().in(language);
  }

  private static CommandFault fault(Exception failure) {
    return switch (failure) {
      case CommandFault fault -> fault;
      case ProblemException problem ->
          new CommandFault(USAGE, Details.in(Language.ZH, problem.detail()), problem.detail());
      case ClientRefusal refusal ->
          new CommandFault(USAGE, refusal.text().zh(), refusal.text().en());
      case DapAnswerException answer -> aggregator(answer);
      case JournalException journal -> journal(journal);
      case UncheckedIOException wrapped -> io(cause(wrapped));
      case IOException io -> io(io);
      default -> ours(FAILED, failure);
    };
  }

  private static CommandFault journal(JournalException failure) {
    String file = failure.file();
    return switch (failure.fault()) {
      case IN_USE ->
          new CommandFault(
              RETRYABLE,
              "另一个进程正在上报同一内容：" + file,
              "another process uploads the same content now: " + file);
      case DAMAGED ->
          new CommandFault(
              FAILED,
              "日志文件已损坏，无法得知哪些行已经上报，故未上报任何内容：" + file + "；请从备份恢复该文件。若移走它，全部行会重新上报并再计一次",
              "the journal is damaged, so that it is not known which rows were sent, and nothing was"
                  + " sent now: "
                  + file
                  + "; restore it from a backup. Without it all rows are sent, and count, again");
      case UNWRITTEN ->
          new CommandFault(
              FAILED,
              "日志文件无法写入（磁盘是否已满？）：" + file + "；腾出空间后再次执行同一命令",
              "the journal cannot be written (is the disk full?): "
                  + file
                  + "; make room and run the same command again");
    };
  }

  private static CommandFault aggregator(DapAnswerException answer) {
    if (answer.isPassing()) {
      return new CommandFault(
          RETRYABLE, "聚合方暂时无法回应，请稍后再试", "the aggregator does not answer now; try again later");
    }
    var text = RefusalText.of(answer.id());
    var detail = Problems.detail(answer.type(), String.valueOf(answer.getMessage()));
    return new CommandFault(
        FAILED,
        "聚合方拒绝：" + text.zh() + detail.zh(),
        "the aggregator refuses: " + text.en() + detail.en());
  }

  private static IOException cause(UncheckedIOException wrapped) {
    IOException cause = wrapped.getCause();
    return cause == null ? new IOException(wrapped.getMessage()) : cause;
  }

  private static CommandFault io(IOException failure) {
    return switch (failure) {
      case NoSuchFileException absent -> file(absent, "没有这个文件：", "no such file: ");
      case FileAlreadyExistsException there -> file(there, "文件已存在：", "there is a file already: ");
      case AccessDeniedException denied ->
          file(denied, "无权读写：", "no permission to read or write: ");
      case NotDirectoryException other -> file(other, "不是目录：", "not a directory: ");
      case DirectoryNotEmptyException full -> file(full, "目录非空：", "the directory is not empty: ");
      case ConnectException refused ->
          new CommandFault(
              RETRYABLE,
              "服务无法连接；平台是否已启动？请看 ./weir status",
              "the service cannot be reached; is the stack up? Try ./weir status");
      case HttpTimeoutException late ->
          new CommandFault(
              RETRYABLE, "服务未及时回应，请稍后再试", "the service did not answer in time; try again later");
      default -> ours(FAILED, failure);
    };
  }

  private static CommandFault file(FileSystemException failure, String zh, String en) {
    return new CommandFault(USAGE, zh + failure.getFile(), en + failure.getFile());
  }

  /** What nobody foresaw: its message, or at least its name. */
  private static CommandFault ours(ExitCode exit, Exception failure) {
    String message = failure.getMessage();
    String what =
        message == null || message.isBlank()
            ? failure.getClass().getSimpleName()
            : message.lines().findFirst().orElse(message);
    return new CommandFault(exit, "命令未完成：" + what, what);
  }
}
