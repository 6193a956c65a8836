package dev.weir.cli.command;

import dev.weir.cli.ExitCode;
import dev.weir.cli.client.ApiProblem;
import dev.weir.kernel.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says in one line what went wrong and sets the exit status; a stack trace helps nobody here. */
public final class CommandFailures implements IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    var err = command.getErr();
    return switch (failure) {
      case ApiProblem problem -> {
        Problems.print(problem, err);
        yield ExitCode.of(problem).status();
      }
      case ProblemException problem -> {
        err.println(problem.getMessage());
        yield ExitCode.USAGE.status();
      }
      case UncheckedIOException io -> {
        err.println(line(io.getCause(), io));
        yield ExitCode.RETRYABLE.status();
      }
      case IOException io -> {
        err.println(line(io, io));
        yield ExitCode.FAILED.status();
      }
      default -> {
        err.println(line(failure, failure));
        yield ExitCode.FAILED.status();
      }
    };
  }

  private static String line(@Nullable Throwable cause, Exception failure) {
    return switch (cause) {
      case null -> String.valueOf(failure.getMessage());
      case NoSuchFileException absent -> "no such file: " + absent.getFile();
      case FileAlreadyExistsException there -> "there is a file already: " + there.getFile();
      case java.net.ConnectException refused ->
          "the service cannot be reached; is the stack up? Try ./weir status";
      default -> {
        String message = failure.getMessage() == null ? "" : failure.getMessage();
        yield message.isEmpty() ? failure.getClass().getSimpleName() : message;
      }
    };
  }
}
