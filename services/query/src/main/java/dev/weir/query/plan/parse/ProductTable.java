package dev.weir.query.plan.parse;

import dev.weir.kernel.data.Column;
import dev.weir.policy.product.ProductColumn;
import dev.weir.policy.product.ProductTerms;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.type.SqlTypeName;

/** A product as the validator sees it: names and types, no data and no statistics. */
final class ProductTable extends AbstractTable {
  private static final int MICROS = 6;
  private static final int LONG_DIGITS = 19;
  private final ProductTerms product;

  ProductTable(ProductTerms product) {
    this.product = product;
  }

  ProductTerms product() {
    return product;
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory types) {
    var row = types.builder();
    for (ProductColumn offered : product.columns()) {
      Column column = offered.column();
      row.add(column.name(), types.createTypeWithNullability(type(types, column), true));
    }
    return row.build();
  }

  private static RelDataType type(RelDataTypeFactory types, Column column) {
    return switch (column.type()) {
      case BOOLEAN -> types.createSqlType(SqlTypeName.BOOLEAN);
      case INTEGER -> types.createSqlType(SqlTypeName.BIGINT);
      case DECIMAL -> types.createSqlType(SqlTypeName.DECIMAL, LONG_DIGITS, column.scale());
      case DOUBLE -> types.createSqlType(SqlTypeName.DOUBLE);
      case STRING -> types.createSqlType(SqlTypeName.VARCHAR);
      case DATE -> types.createSqlType(SqlTypeName.DATE);
      case TIMESTAMP -> types.createSqlType(SqlTypeName.TIMESTAMP, MICROS);
    };
  }
}
