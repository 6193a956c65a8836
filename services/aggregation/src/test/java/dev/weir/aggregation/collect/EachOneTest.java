package dev.weir.aggregation.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EachOneTest {
  @Test
  void oneThatThrows_keepsNoOtherWaiting_andIsTold() {
    var all = List.of(CollectionId.random(), CollectionId.random(), CollectionId.random());
    var stepped = new ArrayList<CollectionId>();
    assertThatThrownBy(() ->
            EachOne.step(
                all,
                id -> {
                  stepped.add(id);
                  if (!id.equals(all.getLast())) {
                    throw new IllegalStateException("of " + id);
                  }
                }))
        .hasMessage("of " + all.getFirst())
        .satisfies(first ->
            assertThat(first.getSuppressed())
                .extracting(Throwable::getMessage)
                .containsExactly("of " + all.get(1)));
    assertThat(stepped).isEqualTo(all);
  }
}
