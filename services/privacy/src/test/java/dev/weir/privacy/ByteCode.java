package dev.weir.privacy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeModel;
import java.lang.classfile.instruction.InvokeInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What compiled classes call. */
public final class ByteCode {
  private static final Path CLASSES = Path.of("target", "classes");

  private ByteCode() {}

  /** All classes of a package, such as {@code dev/weir/privacy/vdaf}. */
  public static List<Path> classes(String folder) {
    try (var files = Files.list(CLASSES.resolve(folder))) {
      return files.filter(file -> file.toString().endsWith(".class")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Path classFile(Class<?> type) {
    return CLASSES.resolve(type.getName().replace('.', '/') + ".class");
  }

  /**
   * @param method the only one to look into; empty for all
   * @return such as {@code java/util/Arrays.equals}
   */
  public static Set<String> calls(Path file, String method) {
    try {
      return ClassFile.of().parse(file).methods().stream()
          .filter(one -> method.isEmpty() || one.methodName().equalsString(method))
          .flatMap(one -> one.code().stream().flatMap(CodeModel::elementStream))
          .filter(InvokeInstruction.class::isInstance)
          .map(InvokeInstruction.class::cast)
          .map(call -> call.owner().asInternalName() + "." + call.name().stringValue())
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
