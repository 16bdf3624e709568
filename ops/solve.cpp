#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/backends/lapack.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/expand_dims.hpp>
#include <xgrad/ops/matmul.hpp>
#include <xgrad/ops/matrix_stack.hpp>
#include <xgrad/ops/negative.hpp>
#include <xgrad/ops/reshape.hpp>
#include <xgrad/ops/solve.hpp>
#include <xgrad/ops/tril.hpp>

#include <fmt/format.h>

#include <cmath>
#include <vector>

namespace xgrad {
namespace {

/// Which elements of the matrices count.
enum class Part { all, lower, upper };

/// Subtracts from each row of x what earlier ones make of it, then divides. Returns the first row, from 1, with a 0 on
/// the diagonal.
template <class T>
std::int64_t substitute(const T* matrix, std::int64_t size, T* x, std::int64_t columns, bool lower) {
  for (std::int64_t step = 0; step < size; ++step) {
    const auto row = lower ? step : size - 1 - step;
    T* result = x + row * columns;
    for (std::int64_t earlier = 0; earlier < step; ++earlier) {
      const auto other = lower ? earlier : size - 1 - earlier;
      const T factor = matrix[row * size + other];
      for (std::int64_t i = 0; i < columns; ++i) result[i] -= factor * x[other * columns + i];
    }
    const T pivot = matrix[row * size + row];
    if (pivot == 0) return row + 1;
    for (std::int64_t i = 0; i < columns; ++i) result[i] /= pivot;
  }
  return 0;
}

/// Both inputs have the same leading axes.
class Solve final : public Op {
 public:
  explicit Solve(Part part) : part_(part) {}

  std::string_view name() const override { return part_ == Part::all ? "solve" : "solve_triangular"; }
  std::string attributes() const override {
    if (part_ == Part::all) return {};
    return fmt::format("lower={}", part_ == Part::lower ? "True" : "False");
  }
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override { return {inputs[1]}; }

  void forward(const KernelArguments& arguments) const override {
    for_each_matrix(name(), arguments, [&](const auto& at) {
      if (part_ == Part::all && !at.is_finite()) {
        at.write_not_a_number();
        return;
      }
      auto* x = at.copied(1);
      const auto columns = arguments.inputs[1].shape.back();
      const auto row = part_ == Part::all ? lapack_solve(at.copy().data(), at.rows(), x, columns)
                                          : substitute(at.input(), at.rows(), x, columns, part_ == Part::lower);
      if (row != 0) at.reject("singular: no solution is the only one");
    });
  }

  std::optional<Tensor> vjp(const Vjp& at, std::size_t index) const override {
    const auto transposed = matrix_transpose(name(), at.input(0));
    const auto right = of(part_ == Part::all     ? Part::all
                          : part_ == Part::lower ? Part::upper
                                                 : Part::lower,
                          transposed, at.cotangent());
    if (index == 1) return right;
    // What lies outside of a triangle hides the rows of the result that it would be multiplied by.
    const auto zeros = part_ == Part::all ? ZeroFactors::multiply : ZeroFactors::choose_in_gradients;
    const auto matrix = -matmul(right, matrix_transpose(name(), at.output()), zeros);
    return part_ == Part::all ? matrix : part_ == Part::lower ? tril(matrix) : triu(matrix);
  }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType> inputs) const override {
    return rows_of_stacks(inputs);
  }

  double cost(std::span<const Extents> inputs) const override { return static_cast<double>(inputs[0].back()); }

  static Tensor of(Part part, const Tensor& matrix, const Tensor& right) {
    return apply(std::make_shared<const Solve>(part), {matrix, right});
  }

 private:
  Part part_;
};

/// x with its leading axes, all but the last two, repeated to be `leading`.
Tensor stacked(const Tensor& x, const Shape& leading) {
  auto dims = leading.dims();
  dims.insert(dims.end(), x.shape().end() - 2, x.shape().end());
  const Shape shape(std::move(dims));
  return shape == x.shape() ? x : broadcast_to(x, shape);
}

Tensor solve_stacks(std::string_view where, Part part, const Tensor& matrix, const Tensor& right) {
  expect_square(where, matrix);
  if (right.dtype() != matrix.dtype()) {
    throw DTypeError(fmt::format("{}: expected both sides to have one dtype, but got {} and {}; cast one of them",
                                 where, to_string(matrix.dtype()), to_string(right.dtype())));
  }
  const bool is_vector = right.rank() == 1;
  const auto columns = is_vector ? expand_dims(right, 1) : right;
  if (right.rank() == 0 || !(columns.shape()[columns.rank() - 2] == matrix.shape()[matrix.rank() - 1])) {
    throw ShapeError(
        fmt::format("{}: expected a right side with as many rows as the matrices have, but got shapes {} "
                    "and {}; transpose or reshape it",
                    where, matrix.shape().to_string(), right.shape().to_string()));
  }
  const auto leading_of = [](const Tensor& x) { return stack_like(x.type(), {}).shape; };
  const auto leading = broadcast(where, leading_of(matrix), leading_of(columns));
  const auto result = Solve::of(part, stacked(matrix, leading), stacked(columns, leading));
  return is_vector ? squeeze(result, -1) : result;
}

OperatorEntry solve_entry(std::string name, std::string arguments, std::string summary, std::string gradient,
                          Tensor (*function)(const Tensor&, const Tensor&, bool), bool is_triangular) {
  return {
      .name = name,
      .family = OperatorFamily::linear_algebra,
      .signature = name + arguments,
      .summary = std::move(summary),
      .formula = "result with matmul(matrix, result) = right",
      .gradient = std::move(gradient),
      .shapes = "matrix (..., n, n) and right (..., n, k): (..., n, k); right (n,): (..., n)",
      .samples =
          [=] {
            std::vector<Sample> samples;
            const auto add = [&](std::string label, Extents matrix, Extents right, bool lower = true) {
              samples.push_back({std::move(label),
                                 {invertible_values(matrix), sample_values(right, -2, 2, 1)},
                                 [=](auto x) { return function(x[0], x[1], lower); },
                                 {{"lower", {lower ? 1.0 : 0.0}}}});
            };
            add("matrices", {3, 3}, {3, 2});
            if (is_triangular) add("upper", {3, 3}, {3, 2}, false);
            if (is_triangular) add("stack of upper ones", {2, 2, 2}, {2, 2, 1}, false);
            add("vector", {3, 3}, {3});
            add("stacks", {2, 2, 2}, {2, 2, 3});
            add("one matrix, many sides", {2, 2}, {3, 2, 1});
            add("many matrices, one side", {3, 2, 2}, {2, 1});
            add("many matrices, one vector", {3, 2, 2}, {2});
            add("one element", {1, 1}, {1});
            add("no columns", {2, 2}, {2, 0});
            add("no matrices", {0, 2, 2}, {0, 2, 1});
            return samples;
          },
      .rejections =
          [=] {
            const auto x = input({batch, 3, 3});
            return std::vector<Rejection>{
                {"not square",
                 [=] {
                   function(input({batch, 2, 3}), input({3}), true);
                 },
                 name + ": expected square matrices in the last two axes, but got shape (batch, 2, 3)"},
                {"another number of rows",
                 [=] {
                   function(x, input({batch, 2, 3}), true);
                 },
                 name + ": expected a right side with as many rows as the matrices have, but got shapes (batch, 3, 3) "
                        "and (batch, 2, 3)"},
                {"a scalar", [=] { function(x, input({}), true); }, name + ": expected a right side with"},
                {"stacks that do not broadcast",
                 [=] {
                   function(input({2, 3, 3}), input({4, 3, 1}), true);
                 },
                 name + ": shapes (2,) and (4,) do not broadcast"},
                {"mixed dtypes", [=] { function(x, input({3}, {}, DType::float64), true); },
                 name + ": expected both sides to have one dtype, but got float32 and float64"}};
          },
  };
}

}  // namespace

Tensor solve(const Tensor& matrix, const Tensor& right) { return solve_stacks("solve", Part::all, matrix, right); }

Tensor solve_triangular(const Tensor& matrix, const Tensor& right, bool lower) {
  return solve_stacks("solve_triangular", lower ? Part::lower : Part::upper, matrix, right);
}

static const Register registered_solve{with_cases(
    solve_entry(
        "solve", "(matrix, right)", "Solutions of linear equations, for each matrix in the last two axes.",
        "y = solve(matrix^T, c) for right, -y result^T for matrix",
        [](const Tensor& matrix, const Tensor& right, bool) { return solve(matrix, right); }, false),
    [] {
      return std::vector<SpecialCase>{{.inputs = {special_array({NAN, 0, 0, 1}, {2, 2}), special_array({1, 1}, {2, 1})},
                                       .value = {NAN, NAN},
                                       .gradient = {NAN, NAN, NAN, NAN},
                                       .build = [](auto x) { return solve(x[0], x[1]); }}};
    })};
static const Register registered_solve_triangular{with_cases(
    solve_entry("solve_triangular", "(matrix, right, lower = true)",
                "Solutions of linear equations, for each triangular matrix in the last two axes.",
                "y = solve_triangular(matrix^T, c, not lower) for right, the triangle of -y result^T for matrix",
                solve_triangular, true),
    [] {
      return std::vector<SpecialCase>{{.inputs = {special_array({2, NAN, 0, 1}, {2, 2}), special_array({1, 1}, {2, 1})},
                                       .value = {0.5, 1},
                                       .gradient = {-0.25, 0, -0.5, -1},
                                       .build = [](auto x) { return solve_triangular(x[0], x[1]); }},
                                      {.inputs = {special_array({NAN, 0, 0, 1}, {2, 2}), special_array({1, 1}, {2, 1})},
                                       .value = {NAN, NAN},
                                       .gradient = {NAN, 0, NAN, NAN},
                                       .build = [](auto x) { return solve_triangular(x[0], x[1]); }}};
    })};

}  // namespace xgrad
