package dev.weir.query.plan.parse;

import dev.weir.policy.product.ProductTerms;
import dev.weir.query.plan.PlanRule;
import dev.weir.query.plan.Refusal;
import dev.weir.query.plan.RefusedException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.sql2rel.StandardConvertletTable;

/** Text to Calcite's algebra over the products of a contract. Every failure is a refusal. */
final class Algebra {
  private static final SqlParser.Config PARSER =
      SqlParser.config()
          .withQuoting(Quoting.DOUBLE_QUOTE)
          .withUnquotedCasing(Casing.UNCHANGED)
          .withQuotedCasing(Casing.UNCHANGED)
          .withCaseSensitive(false)
          .withConformance(SqlConformanceEnum.LENIENT);

  private Algebra() {}

  static RelRoot of(String sql, List<ProductTerms> products) {
    TextLimits.check(sql);
    SqlNode statement = parse(sql);
    ExpansionCheck.check(statement);
    StatementCheck.check(statement);
    SqlNode rewritten = Objects.requireNonNull(statement.accept(new MedianRewrite()));
    try {
      return convert(rewritten, products);
    } catch (CalciteContextException e) {
      throw new RefusedException(
          List.of(
              Refusal.of("VALIDATION", PlanRule.NOT_VALID)
                  .at(e.getPosLine() + ":" + e.getPosColumn())));
    } catch (CalciteException
        | AssertionError
        | UnsupportedOperationException
        | IllegalArgumentException
        | IllegalStateException
        | ClassCastException
        | IndexOutOfBoundsException
        | ArithmeticException
        | NullPointerException e) {
      // Calcite answers some texts with one of these; each is a text that cannot run.
      throw RefusedException.of("VALIDATION", PlanRule.NOT_VALID);
    }
  }

  private static SqlNode parse(String sql) {
    try {
      SqlNodeList statements = SqlParser.create(sql, PARSER).parseStmtList();
      if (statements.size() != 1) {
        throw RefusedException.of("STATEMENT_LIST", PlanRule.ONE_STATEMENT);
      }
      return statements.get(0);
    } catch (SqlParseException e) {
      throw new RefusedException(
          List.of(Refusal.of("PARSE", PlanRule.NOT_PARSED).at(StatementCheck.at(e.getPos()))));
    } catch (CalciteException
        | IllegalArgumentException
        | IllegalStateException
        | UnsupportedOperationException
        | ArithmeticException e) {
      throw RefusedException.of("PARSE", PlanRule.NOT_PARSED);
    }
  }

  private static RelRoot convert(SqlNode statement, List<ProductTerms> products) {
    var types = new Utf8Types();
    var root = CalciteSchema.createRootSchema(false, false);
    products.forEach(p -> root.add(p.tableName(), new ProductTable(p)));
    var properties = new Properties();
    properties.setProperty(CalciteConnectionProperty.CASE_SENSITIVE.camelName(), "false");
    var catalog =
        new CalciteCatalogReader(
            root, List.of(), types, new CalciteConnectionConfigImpl(properties));
    SqlValidator validator =
        SqlValidatorUtil.newValidator(
            SqlStdOperatorTable.instance(),
            catalog,
            types,
            SqlValidator.Config.DEFAULT
                .withConformance(SqlConformanceEnum.LENIENT)
                .withIdentifierExpansion(true));
    var planner = new HepPlanner(HepProgram.builder().build());
    var converter =
        new SqlToRelConverter(
            (row, query, schema, view) -> {
              throw new UnsupportedOperationException("no views");
            },
            validator,
            catalog,
            RelOptCluster.create(planner, new RexBuilder(types)),
            StandardConvertletTable.INSTANCE,
            SqlToRelConverter.config()
                .withExpand(false)
                .withTrimUnusedFields(false)
                .withInSubQueryThreshold(Integer.MAX_VALUE)
                .withRelBuilderConfigTransform(c ->
                    c.withSimplify(false)
                        .withSimplifyValues(false)
                        .withPruneInputOfAggregate(false)));
    return converter.convertQuery(statement, true, true);
  }

  /** Types whose text is Unicode. */
  private static final class Utf8Types extends JavaTypeFactoryImpl {
    Utf8Types() {
      super(new WideTypeSystem());
    }

    @Override
    public Charset getDefaultCharset() {
      return StandardCharsets.UTF_8;
    }
  }
}
