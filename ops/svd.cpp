#include <xgrad/framework/core/constant_number.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/divide.hpp>
#include <xgrad/ops/expand_dims.hpp>
#include <xgrad/ops/matmul.hpp>
#include <xgrad/ops/matrix_stack.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/sign.hpp>
#include <xgrad/ops/subtract.hpp>
#include <xgrad/ops/sum.hpp>
#include <xgrad/ops/svd.hpp>
#include <xgrad/ops/value_gaps.hpp>

#include <algorithm>
#include <limits>

namespace xgrad {
namespace {

/// x - x^T.
Tensor skew(const Tensor& x) { return x - transposed(x); }

class Svd final : public Op {
 public:
  std::string_view name() const override { return "svd"; }
  std::optional<Attributes> attributes() const override { return Attributes{}; }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    const auto& x = inputs[0];
    const Dim rows = *(x.shape.end() - 2), columns = *(x.shape.end() - 1);
    const Dim smaller = std::min(rows.value(), columns.value());
    return {stack_like(x, {rows, smaller}), stack_like(x, {smaller}), stack_like(x, {smaller, columns})};
  }

  void forward(const KernelArguments& arguments) const override {
    for_each_matrix(name(), arguments, [](const auto& at) { at.decompose(at.output(0), at.output(1), at.output(2)); });
  }

  // In the bases of singular vectors, x turns by (a[i,j] s[j] + s[i] b[i,j]) / (s[j]^2 - s[i]^2), with a and b the skew
  // parts of u^T cu and vt cvt^T. Split in two so that only the part that is undefined for s[i] = s[j] divides by 0.
  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override {
    const auto &u = at.outputs[0], &s = at.outputs[1], &vt = at.outputs[2];
    const auto &cu = at.cotangents[0], &cs = at.cotangents[1], &cvt = at.cotangents[2];
    auto left = u * expand_dims(cs, -2);
    const bool has_left = constant_number(cu) != 0, has_right = constant_number(cvt) != 0;
    const auto size = known_matrix_size(name(), at.input());
    if ((!has_left && !has_right) || size.smaller() == 0) return matmul(left, vt);
    const auto across = expand_dims(s, -2), down = expand_dims(s, -1);
    const auto inside_left = matmul(transposed(u), cu), inside_right = matmul(cvt, transposed(vt));
    const auto a = skew(inside_left), b = skew(transposed(inside_right));
    const auto error = relative_error(std::max(size.rows, size.columns), s.dtype());
    const auto parts =
        abs(inside_left) + abs(transposed(inside_left)) + abs(inside_right) + abs(transposed(inside_right));
    // Of the size of the two values: small ones differ as large ones do.
    const auto are_equal = less_equal(abs(across - down), (across + down) * error);
    const auto are_zero = equal(across + down, 0);
    left = left + matmul(u, 0.5 * (divided_by_gap(a + b, across - down, are_equal, parts, cs, error) +
                                   divided_by_gap(a - b, across + down, are_zero, parts, cs, error)));
    // Of a value that is zero, neither it nor its vectors may be used.
    const auto none = scalar(std::numeric_limits<double>::quiet_NaN(), s.dtype());
    const auto zero = scalar(0, s.dtype());
    const auto outside = [&](const Tensor& c, const Tensor& values, const Tensor& value_cotangents) {
      const auto is_zero = equal(values, 0);
      const auto is_unused = logical_and(equal(c, 0), equal(value_cotangents, 0));
      return where(is_zero, where(is_unused, zero, none), c / where(is_zero, scalar(1, s.dtype()), values));
    };
    if (has_left && size.rows > size.columns) {
      left = left + outside(cu - matmul(u, inside_left), across, expand_dims(cs, -2));
    }
    const auto inside = matmul(left, vt);
    if (!has_right || size.rows >= size.columns) return inside;
    return inside + matmul(u, outside(cvt - matmul(inside_right, vt), down, expand_dims(cs, -1)));
  }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType> inputs) const override {
    return rows_of_stacks(inputs);
  }

  double cost(std::span<const Extents> inputs) const override { return 20 * static_cast<double>(inputs[0].back()); }
};

class SingularValues final : public Op {
 public:
  std::string_view name() const override { return "svdvals"; }
  std::optional<Attributes> attributes() const override { return Attributes{}; }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    const auto& shape = inputs[0].shape;
    return {stack_like(inputs[0], {std::min((shape.end() - 2)->value(), (shape.end() - 1)->value())})};
  }

  void forward(const KernelArguments& arguments) const override {
    for_each_matrix(name(), arguments, [](const auto& at) { at.decompose(nullptr, at.output(), nullptr); });
  }

  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override {
    const auto [u, s, vt] = svd(at.input());
    return matmul(u * expand_dims(at.cotangent(), -2), vt);
  }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType> inputs) const override {
    return rows_of_stacks(inputs);
  }

  double cost(std::span<const Extents> inputs) const override {
    return 4 * static_cast<double>(inputs[0].back()) * static_cast<double>(*(inputs[0].end() - 2));
  }
};

}  // namespace

SingularValueDecomposition svd(const Tensor& x) {
  known_matrix_size("svd", x);
  const auto parts = apply_all(std::make_shared<const Svd>(), {x});
  return {parts[0], parts[1], parts[2]};
}

Tensor svdvals(const Tensor& x) {
  known_matrix_size("svdvals", x);
  return apply(std::make_shared<const SingularValues>(), {x});
}

static const Register registered_svd{{
    .name = "svd",
    .family = OperatorFamily::linear_algebra,
    .signature = "svd(x)",
    .summary = "The reduced singular value decomposition of each matrix in the last two axes.",
    .formula = "u, s and vt with x = matmul(u * s, vt), u^T u = vt vt^T = identity and s descending",
    .gradient = "u (diag(cs) + (a[i,j] s[j] + s[i] b[i,j]) / (s[j]^2 - s[i]^2)) vt, with a and b the skew parts of "
                "u^T cu and vt cvt^T, plus (1 - u u^T) cu s^-1 vt and u s^-1 cvt (1 - vt^T vt)",
    .shapes = "x (..., m, n): (..., m, k), (..., k) and (..., k, n), with k = min(m, n)",
}};

static const Register registered_svdvals{{
    .name = "svdvals",
    .family = OperatorFamily::linear_algebra,
    .signature = "svdvals(x)",
    .summary = "The singular values of each matrix in the last two axes, in descending order.",
    .formula = "s of svd(x)",
    .gradient = "matmul(u * c, vt), with u and vt of svd(x)",
    .shapes = "x (..., m, n): (..., min(m, n))",
}};

}  // namespace xgrad
