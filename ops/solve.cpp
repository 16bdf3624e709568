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
  std::optional<Attributes> attributes() const override {
    if (part_ == Part::all) return Attributes{};
    return Attributes{{"lower", part_ == Part::lower}};
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

}  // namespace

Tensor solve(const Tensor& matrix, const Tensor& right) { return solve_stacks("solve", Part::all, matrix, right); }

Tensor solve_triangular(const Tensor& matrix, const Tensor& right, bool lower) {
  return solve_stacks("solve_triangular", lower ? Part::lower : Part::upper, matrix, right);
}

static const Register registered_solve{{
    .name = "solve",
    .family = OperatorFamily::linear_algebra,
    .signature = "solve(matrix, right)",
    .summary = "Solutions of linear equations, for each matrix in the last two axes.",
    .formula = "result with matmul(matrix, result) = right",
    .gradient = "y = solve(matrix^T, c) for right, -y result^T for matrix",
    .shapes = "matrix (..., n, n) and right (..., n, k): (..., n, k); right (n,): (..., n)",
}};
static const Register registered_solve_triangular{{
    .name = "solve_triangular",
    .family = OperatorFamily::linear_algebra,
    .signature = "solve_triangular(matrix, right, lower = true)",
    .summary = "Solutions of linear equations, for each triangular matrix in the last two axes.",
    .formula = "result with matmul(matrix, result) = right",
    .gradient = "y = solve_triangular(matrix^T, c, not lower) for right, the triangle of -y result^T for matrix",
    .shapes = "matrix (..., n, n) and right (..., n, k): (..., n, k); right (n,): (..., n)",
}};

}  // namespace xgrad
