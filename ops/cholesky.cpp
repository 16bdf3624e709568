#include <xgrad/framework/backends/lapack.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/cholesky.hpp>
#include <xgrad/ops/matmul.hpp>
#include <xgrad/ops/matrix_stack.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/solve.hpp>
#include <xgrad/ops/tril.hpp>

#include <algorithm>

namespace xgrad {
namespace {

class Cholesky final : public Op {
 public:
  std::string_view name() const override { return "cholesky"; }
  std::optional<Attributes> attributes() const override { return Attributes{}; }
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override { return {inputs[0]}; }

  void forward(const KernelArguments& arguments) const override {
    for_each_matrix(name(), arguments, []<class T>(const MatrixArguments<T>& at) {
      T* factor = at.copied();
      const auto size = at.rows();
      if (!at.is_finite_triangle()) {
        at.write_not_a_number();
      } else if (lapack_cholesky(factor, size) != 0) {
        at.reject("not positive definite");
      }
      for (std::int64_t row = 0; row < size; ++row)
        std::fill(factor + row * size + row + 1, factor + (row + 1) * size, T(0));
    });
  }

  // With P the lower triangle of L^T c: L^-T s L^-1, where s is the symmetric part of P with half its diagonal.
  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override {
    const auto upper = transposed(at.output());
    const auto product = matmul(upper, at.cotangent());
    const auto symmetric = 0.5 * (tril(product) + transposed(tril(product, -1)));
    return solve_triangular(upper, transposed(solve_triangular(upper, symmetric, false)), false);
  }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType> inputs) const override {
    return rows_of_stacks(inputs);
  }

  double cost(std::span<const Extents> inputs) const override { return static_cast<double>(inputs[0].back()) / 3; }
};

}  // namespace

Tensor cholesky(const Tensor& x) {
  expect_square("cholesky", x);
  return apply(std::make_shared<const Cholesky>(), {x});
}

static const Register registered_cholesky{{
    .name = "cholesky",
    .family = OperatorFamily::linear_algebra,
    .signature = "cholesky(x)",
    .summary = "The lower triangular factor of each symmetric positive definite matrix in the last two axes.",
    .formula = "lower triangular result with x = matmul(result, result^T)",
    .gradient =
        "result^-T s result^-1, with s the symmetric part of the lower triangle of result^T c, its diagonal halved",
    .shapes = "x (..., n, n): the shape of x",
}};

}  // namespace xgrad
