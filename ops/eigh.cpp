#include <xgrad/framework/backends/lapack.hpp>
#include <xgrad/framework/core/constant_number.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/divide.hpp>
#include <xgrad/ops/eigh.hpp>
#include <xgrad/ops/expand_dims.hpp>
#include <xgrad/ops/matmul.hpp>
#include <xgrad/ops/matrix_stack.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/sign.hpp>
#include <xgrad/ops/subtract.hpp>
#include <xgrad/ops/sum.hpp>
#include <xgrad/ops/value_gaps.hpp>

namespace xgrad {
namespace {

class Eigh final : public Op {
 public:
  std::string_view name() const override { return "eigh"; }
  std::optional<Attributes> attributes() const override { return Attributes{}; }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    return {stack_like(inputs[0], {*(inputs[0].shape.end() - 1)}), inputs[0]};
  }

  void forward(const KernelArguments& arguments) const override {
    for_each_matrix(name(), arguments, [](const auto& at) {
      at.expect_finite_triangle();
      if (lapack_eigh(at.copied(0, 1), at.rows(), at.output()) != 0)
        at.reject("one whose eigenvalues did not converge");
    });
  }

  // V (diag(c of eigenvalues) + antisymmetric part of V^T cV / (w[j] - w[i])) V^T.
  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override {
    const auto& values = at.outputs[0];
    const auto& vectors = at.outputs[1];
    auto left = vectors * expand_dims(at.cotangents[0], -2);
    const auto size = known_matrix_size(name(), vectors).rows;
    if (constant_number(at.cotangents[1]) != 0 && size > 0) {
      const auto turn = matmul(transposed(vectors), at.cotangents[1]);
      const auto gaps = expand_dims(values, -2) - expand_dims(values, -1);
      const auto error = relative_error(size, values.dtype());
      const auto are_equal = is_negligible(gaps, expand_dims(values, -2), error);
      const auto parts = abs(turn) + abs(transposed(turn));
      const auto part = divided_by_gap(turn - transposed(turn), gaps, are_equal, parts, at.cotangents[0], error);
      left = left + matmul(vectors, 0.5 * part);
    }
    return matmul(left, transposed(vectors));
  }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType> inputs) const override {
    return rows_of_stacks(inputs);
  }

  double cost(std::span<const Extents> inputs) const override {
    const auto size = static_cast<double>(inputs[0].back());
    return 10 * size * size;
  }
};

}  // namespace

SymmetricEigen eigh(const Tensor& x) {
  expect_square("eigh", x);
  known_matrix_size("eigh", x);
  const auto parts = apply_all(std::make_shared<const Eigh>(), {x});
  return {parts[0], parts[1]};
}

static const Register registered_eigh{{
    .name = "eigh",
    .family = OperatorFamily::linear_algebra,
    .signature = "eigh(x)",
    .summary = "Eigenvalues, in ascending order, and eigenvectors of each symmetric matrix in the last two axes.",
    .formula = "w and v with matmul(x, v) = v * w and v^T v = identity",
    .gradient = "v (diag(cw) + (v^T cv - cv^T v) / (2 (w[j] - w[i]))) v^T, the fraction 0 on the diagonal and for "
                "equal eigenvalues whose single vectors are not used, else not a number for these",
    .shapes = "x (..., n, n): (..., n) and (..., n, n)",
}};

}  // namespace xgrad
