package dev.weir.space;

import static dev.weir.space.Refusals.assertRefused;
import static dev.weir.space.SpaceStory.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.kernel.Operation;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.ProductId;
import dev.weir.kernel.data.ColumnRole;
import dev.weir.kernel.data.ColumnType;
import dev.weir.kernel.data.LegalClass;
import dev.weir.policy.contract.Price;
import dev.weir.policy.product.ColumnConstraint;
import dev.weir.policy.product.ProductColumn;
import dev.weir.policy.product.ProductKind;
import dev.weir.policy.product.Rollup;
import dev.weir.policy.state.ProductState.Status;
import dev.weir.runtime.http.PageRequest;
import dev.weir.space.product.ProductDraft;
import dev.weir.space.product.ProductReview;
import dev.weir.space.product.ProductSearch;
import dev.weir.space.resource.Openness;
import dev.weir.space.resource.ResourceDraft;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ProductStepsTest {
  private final SpaceFixture space = SpaceFixture.shared();
  private final SpaceStory story = new SpaceStory(space);
  private final ProductReview review = space.parts.review();
  private final ProductReview.Review approved = new ProductReview.Review(true, "");

  @Test
  void listed_whenEveryStepIsTakenByOtherHands_carriesAnIdentificationCode() {
    var resource = story.authorised(story.activeDomain().id());
    var product = story.listed(resource.id());
    assertThat(product.status()).isEqualTo(Status.LISTED);
    assertThat(product.code().orElseThrow().value()).startsWith("6").hasSize(32);
    assertThat(resource.code().value()).startsWith("7");
    var found =
        space
            .parts
            .products()
            .search(
                space.stranger,
                new ProductSearch(
                    "delays", SpaceFixture.DEPARTMENT.value(), "transport", "LISTED", "", 3),
                PageRequest.first(200))
            .items();
    assertThat(found).anyMatch(candidate -> candidate.id().equals(product.id()));
  }

  @Test
  void noStep_canBeSkippedOrTakenByEarlierHands() {
    // given
    var id = drafted();
    // then
    assertRefused(
        ProblemType.NOT_FOUND,
        () -> review.review(request(space.reviewer, Operation.PRODUCT_REVIEW), id, approved));
    review.submit(request(space.provider, Operation.PRODUCT_SUBMIT), id);
    assertRefused(
        ProblemType.WRONG_STATE,
        () -> review.assignCode(request(space.registrar, Operation.PRODUCT_CODE), id));
    review.review(request(space.reviewer, Operation.PRODUCT_REVIEW), id, approved);
    assertRefused(
        ProblemType.SAME_HANDS,
        () -> review.assignCode(request(space.reviewer, Operation.PRODUCT_CODE), id));
    review.assignCode(request(space.registrar, Operation.PRODUCT_CODE), id);
    assertRefused(
        ProblemType.SAME_HANDS,
        () -> review.list(request(space.registrar, Operation.PRODUCT_LIST), id));
    assertRefused(
        ProblemType.SAME_HANDS,
        () -> review.list(request(space.provider, Operation.PRODUCT_LIST), id));
    assertThat(review.list(request(space.operator, Operation.PRODUCT_LIST), id).status())
        .isEqualTo(Status.LISTED);
  }

  @Test
  void reject_sendsBackToDraftWithItsReason_andRevisionIsTheProvidersOwnAgain() {
    var id = drafted();
    review.submit(request(space.provider, Operation.PRODUCT_SUBMIT), id);
    var rejected =
        review.review(
            request(space.reviewer, Operation.PRODUCT_REVIEW),
            id,
            new ProductReview.Review(false, "bounds too wide"));
    assertThat(rejected.status()).isEqualTo(Status.DRAFT);
    assertThat(rejected.rejection()).contains("bounds too wide");
    assertThat(space.parts.products().get(space.operator, id).status()).isEqualTo(Status.DRAFT);
    space
        .parts
        .products()
        .revise(
            request(space.provider, Operation.PRODUCT_DRAFT),
            id,
            rejected.version(),
            Samples.product(rejected.terms().resourceId()));
    assertRefused(ProblemType.NOT_FOUND, () -> space.parts.products().get(space.operator, id));
  }

  @Test
  void sample_holdsOnlyDeclaredKeysAndValuesWithinBounds() {
    var id = drafted();
    var sample = space.parts.products().sample(space.provider, id, 50);
    assertThat(sample.rows()).hasSize(50);
    assertThat(sample.rows()).allMatch(row -> List.of("HGH", "PVG").contains(row.getFirst()));
    assertThat(sample.rows()).allMatch(row -> Math.abs(Integer.parseInt(row.get(1)) - 60) <= 120);
  }

  @Test
  void draft_thatBreaksRules_listsThemAll() {
    var resource = story.authorised(story.activeDomain().id());
    var good = Samples.product(resource.id());
    var column =
        new ProductColumn(
            Samples.column("delay", ColumnType.INTEGER),
            List.of(Samples.grant(ColumnConstraint.PLAINTEXT_AFTER_AGGREGATE)),
            Optional.empty(),
            Optional.empty(),
            false);
    var bad =
        new ProductDraft(
            resource.id(),
            ProductKind.DP,
            good.tableName(),
            good.title(),
            good.description(),
            good.topic(),
            List.of(column),
            Optional.empty(),
            0,
            new Price(20_000, 0, 0, 0),
            Optional.of(new Rollup(List.of("delay", "nowhere"), List.of("origin"), 0)));
    var refused =
        assertRefused(
            ProblemType.VALIDATION_FAILED,
            () ->
                space
                    .parts
                    .products()
                    .draft(request(space.provider, Operation.PRODUCT_DRAFT), bad));
    assertThat(refused.extensions().get("violations").toString())
        .contains("measure-bounds")
        .contains("rollup-key")
        .contains("rollup-measure")
        .contains("rollup-charge")
        .contains("fee-ceiling");
  }

  @Test
  void draft_ofAnExactProductOverPersons_isRefused() {
    var draft = Samples.resource(1);
    var person =
        new ResourceDraft.ColumnDraft(
            "person",
            ColumnType.STRING,
            0,
            false,
            ColumnRole.PERSON_KEY,
            Optional.of(LegalClass.GENERAL),
            Optional.of(2),
            "");
    var persons =
        new ResourceDraft(
            draft.title(),
            draft.description(),
            draft.topic(),
            Openness.CONDITIONAL,
            new ResourceDraft.SchemaDraft(
                List.of(draft.schema().columns().get(0), draft.schema().columns().get(1), person)),
            Optional.empty(),
            true);
    var resource =
        space
            .parts
            .resources()
            .register(request(space.provider, Operation.RESOURCE_REGISTER), persons);
    story.authorise(story.activeDomain().id(), resource.id());
    var good = Samples.product(resource.id());
    var exact =
        new ProductDraft(
            resource.id(),
            ProductKind.EXACT,
            good.tableName(),
            good.title(),
            good.description(),
            good.topic(),
            good.columns(),
            Optional.empty(),
            5,
            good.price(),
            Optional.empty());
    var refused =
        assertRefused(
            ProblemType.VALIDATION_FAILED,
            () ->
                space
                    .parts
                    .products()
                    .draft(request(space.provider, Operation.PRODUCT_DRAFT), exact));
    assertThat(refused.extensions().get("violations").toString())
        .contains("exact-without-persons")
        .contains("min-group-floor");
    assertRefused(
        ProblemType.VALIDATION_FAILED,
        () -> space.parts.products().draft(request(space.provider, Operation.PRODUCT_DRAFT), good));
  }

  @Test
  void codes_areNeverReusedNorTakenAway() {
    assertThatThrownBy(() ->
            space.database.asService("codes", handle -> handle.execute("delete from space.codes")))
        .hasMessageContaining("permission denied");
    assertThat(space.count("select count(*) - count(distinct code) from space.codes")).isZero();
  }

  private ProductId drafted() {
    return story.drafted(story.authorised(story.activeDomain().id()).id()).id();
  }
}
