package dev.weir.cli.aggregate;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that other verbs wrote, read with a word for what they should have been. */
final class TaskJson {
  /** Makes something of a file's bytes. */
  @FunctionalInterface
  interface Parser<T> {
    T parse(byte[] bytes) throws IOException;
  }

  private TaskJson() {}

  /**
   * @param writer the command that writes such files
   * @throws CommandFault when the file is none of them; says where, and never what is there
   */
  static <T> T read(Path file, String writer, Parser<T> parser) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    try {
      return parser.parse(bytes);
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      String place = at == null ? "" : ":" + at.getLineNr() + ":" + at.getColumnNr();
      throw new CommandFault(
          ExitCode.USAGE,
          "文件不是 `" + writer + "` 的输出：" + file + place,
          "the file is not what `" + writer + "` writes: " + file + place);
    }
  }
}
