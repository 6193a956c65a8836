package dev.weir.runtime.http;

import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import java.lang.annotation.Annotation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** Lets path and query parameters be ids and codes: types of ours with {@code of(String)}. */
final class DomainParameters implements ParamConverterProvider {

  @Override
  public <T> @Nullable ParamConverter<T> getConverter(
      Class<T> type, Type genericType, Annotation[] annotations) {
    if (!type.getName().startsWith("dev.weir.") || type.isEnum()) {
      return null;
    }
    try {
      var of =
          MethodHandles.publicLookup()
              .findStatic(type, "of", MethodType.methodType(type, String.class));
      return new Converter<>(type, of);
    } catch (NoSuchMethodException | IllegalAccessException e) {
      return null;
    }
  }

  private record Converter<T>(Class<T> type, MethodHandle of) implements ParamConverter<T> {

    @Override
    public @Nullable T fromString(@Nullable String value) {
      try {
        return value == null ? null : type.cast(of.invoke(value));
      } catch (ProblemException e) {
        throw e;
      } catch (Throwable e) {
        throw new ProblemException(
            ProblemType.INVALID_REQUEST, "A parameter does not have its documented form.");
      }
    }

    @Override
    public String toString(T value) {
      return value.toString();
    }
  }
}
