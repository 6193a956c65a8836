package dev.weir.cli.he;

import dev.weir.query.he.client.QuestionFile;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a question waits for its reply. */
final class SaveOption {
  @Option(
      names = "--save",
      paramLabel = "NEW",
      description = {
        "new file for the question, written before it is sent, and then for the reply;"
            + " weir he decrypt opens it. Without it: a file beside the key, gone when the answer"
            + " was shown."
            + " / 新文件：提问发出前写入所问，随后存入答复，用 weir he decrypt 打开；"
            + "不指定时存于密钥旁，显示答案后删除。"
      })
  private @Nullable Path save;

  /**
   * @param keyFile of the key that is asked with
   * @throws IOException when the file could not be made; nothing was asked then
   */
  QuestionFile file(Path keyFile) throws IOException {
    return save == null ? QuestionFile.beside(keyFile) : QuestionFile.at(save, keyFile);
  }
}
