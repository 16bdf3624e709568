#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/fold_columns.hpp>
#include <xgrad/framework/core/indexed_axis.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/banded_product.hpp>
#include <xgrad/ops/cast.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <functional>
#include <type_traits>

namespace xgrad {
namespace {

/// Rows of products of elements and the values of a matrix: a source for `fold_columns`.
template <class T>
class ProductRows {
 public:
  static constexpr bool is_strided = false;

  ProductRows(const T* first, std::int64_t stride, std::int64_t columns, const std::vector<double>& values)
      : first_(first), stride_(stride), columns_(columns), values_(values.data()) {}

  RowBlock<T> rows(std::int64_t first, std::int64_t count) {
    T* products = products_.data();
    for (auto row = first; row < first + count; ++row, products += columns_) {
      const auto value = static_cast<T>(values_[row]);
      const T* elements = first_ + row * stride_;
      for (std::int64_t i = 0; i < columns_; ++i) products[i] = value * elements[i];
    }
    return {products_.data(), columns_};
  }

 private:
  const T* first_;
  std::int64_t stride_;
  std::int64_t columns_;
  const double* values_;
  std::array<T, fold_lanes * folded_columns<T>> products_;
};

class BandedProduct final : public Op {
 public:
  BandedProduct(BandedMatrix matrix, std::size_t axis) : matrix_(std::move(matrix)), axis_(axis) {}

  std::string_view name() const override { return "banded_product"; }
  std::optional<Attributes> attributes() const override {
    Attributes result{{"axis", axis_}, {"columns", matrix_.columns}};
    for (const auto& [first, values] : matrix_.rows) {
      result.push_back({"first", first});
      result.push_back({"values", values});
    }
    return result;
  }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    Shape shape = inputs[0].shape;
    shape[axis_] = matrix_.rows.size();
    return {{inputs[0].dtype, std::move(shape)}};
  }

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& at) const override {
    visit(at.outputs[0].dtype, [&]<class T>() {
      if constexpr (std::is_floating_point_v<T>) multiply(at.inputs[0], at.outputs[0].as<T>());
    });
  }

  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override {
    return banded_product(matrix_.transposed(), at.cotangent(), static_cast<std::int64_t>(axis_));
  }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType>) const override {
    return axis_ == 0 ? std::nullopt : std::optional(std::vector{0});
  }

  double cost(std::span<const Extents> inputs) const override { return 1 + operations(inputs) / 2; }
  double operations(std::span<const Extents>) const override {
    double values = 0;
    for (const auto& row : matrix_.rows) values += static_cast<double>(row.values.size());
    return 2 * values / static_cast<double>(std::max<std::size_t>(matrix_.rows.size(), 1));
  }

 private:
  template <class T>
  void multiply(const ArrayView& x, T* output) const {
    const IndexedAxis around(x.shape, axis_);
    const auto inner = around.inner;
    const T* lines = x.as<T>();
    for (std::int64_t outer = 0; outer < around.outer; ++outer, lines += around.size * inner) {
      for (const auto& row : matrix_.rows) {
        const T* line = lines + row.first * inner;
        if (static_cast<std::int64_t>(row.values.size()) >= fold_lanes) {
          fold_long(line, inner, row.values, output);
          output += inner;
          continue;
        }
        if (row.values.empty()) std::fill_n(output, inner, T(0));
        for (std::size_t j = 0; j < row.values.size(); ++j, line += inner) {
          const auto value = static_cast<T>(row.values[j]);
          if (j == 0) {
            for (std::int64_t i = 0; i < inner; ++i) output[i] = value * line[i];
          } else {
            for (std::int64_t i = 0; i < inner; ++i) output[i] += value * line[i];
          }
        }
        output += inner;
      }
    }
  }

  // Rows of many values are added in the order of every other sum.
  template <class T>
  static void fold_long(const T* line, std::int64_t inner, const std::vector<double>& values, T* output) {
    const auto count = static_cast<std::int64_t>(values.size());
    for (std::int64_t first = 0; first < inner; first += folded_columns<T>) {
      const auto columns = std::min(folded_columns<T>, inner - first);
      ProductRows<T> rows(line + first, inner, columns, values);
      fold_columns(rows, 0, count, columns, output + first, T(0), std::plus<T>());
    }
  }

  BandedMatrix matrix_;
  std::size_t axis_;
};

}  // namespace

BandedMatrix BandedMatrix::transposed() const {
  BandedMatrix result{static_cast<std::int64_t>(rows.size()), std::vector<Row>(static_cast<std::size_t>(columns))};
  for (std::size_t row = 0; row < rows.size(); ++row) {
    for (std::size_t i = 0; i < rows[row].values.size(); ++i) {
      auto& [first, values] = result.rows[static_cast<std::size_t>(rows[row].first) + i];
      if (values.empty()) first = static_cast<std::int64_t>(row);
      values.resize(row - static_cast<std::size_t>(first));  // zeros for rows without this column
      values.push_back(rows[row].values[i]);
    }
  }
  return result;
}

Tensor banded_product(const BandedMatrix& matrix, const Tensor& x, std::int64_t axis) {
  expect_floating("banded_product", x.dtype());
  const auto position = normalize_axis("banded_product", axis, x.rank());
  if (!(x.shape()[position] == Dim(matrix.columns))) {
    throw ShapeError(fmt::format(
        "banded_product: a matrix of shape ({}, {}) and axis {} of x {} do not fit: expected "
        "as many columns as the axis has elements, {}",
        matrix.rows.size(), matrix.columns, position, x.shape().to_string(), x.shape()[position].to_string()));
  }
  for (const auto& row : matrix.rows) {
    const auto last = row.first + static_cast<std::int64_t>(row.values.size());
    if (row.first < 0 || last > matrix.columns) {
      throw ValueError(
          fmt::format("banded_product: expected values in columns 0 to {}, but got a row from column {} to "
                      "{}; leave out what lies outside",
                      matrix.columns, row.first, last));
    }
  }
  return apply(std::make_shared<const BandedProduct>(matrix, position), {x});
}

static const Register registered_banded_product{{
    .name = "banded_product",
    .family = OperatorFamily::linear_algebra,
    .signature = "banded_product(matrix, x, axis)",
    .summary = "A fixed matrix of few neighbouring values in each row times the lines of x along an axis.",
    .formula = "result[a, i, b] = sum over j of matrix[i, j] * x[a, j, b]",
    .gradient = "banded_product(transpose(matrix), c, axis)",
    .shapes = "matrix (m, n), x (a..., n, b...): (a..., m, b...)",
}};

}  // namespace xgrad
