#include <xgrad/framework/backends/lapack.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/concatenate.hpp>
#include <xgrad/ops/matmul.hpp>
#include <xgrad/ops/matrix_stack.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/qr.hpp>
#include <xgrad/ops/sign.hpp>
#include <xgrad/ops/slice.hpp>
#include <xgrad/ops/solve.hpp>
#include <xgrad/ops/subtract.hpp>
#include <xgrad/ops/tril.hpp>

namespace xgrad {
namespace {

/// Of matrices with no fewer rows than columns.
class Qr final : public Op {
 public:
  std::string_view name() const override { return "qr"; }
  std::optional<Attributes> attributes() const override { return Attributes{}; }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    const Dim columns = *(inputs[0].shape.end() - 1);
    return {inputs[0], stack_like(inputs[0], {columns, columns})};
  }

  void forward(const KernelArguments& arguments) const override {
    for_each_matrix(name(), arguments, [](const auto& at) {
      at.expect_finite();
      lapack_qr(at.copied(), at.rows(), at.columns(), at.output(1));
    });
  }

  // With s the symmetric matrix that has the lower triangle of r cr^T - cq^T q: (cq + q s) r^-T.
  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override {
    const auto& q = at.outputs[0];
    const auto& r = at.outputs[1];
    const auto product = matmul(r, transposed(at.cotangents[1])) - matmul(transposed(at.cotangents[0]), q);
    const auto symmetric = tril(product) + transposed(tril(product, -1));
    return transposed(solve_triangular(r, transposed(at.cotangents[0] + matmul(q, symmetric)), false));
  }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType> inputs) const override {
    return rows_of_stacks(inputs);
  }

  double cost(std::span<const Extents> inputs) const override { return 4 * static_cast<double>(inputs[0].back()); }
};

}  // namespace

QrFactors qr(const Tensor& x) {
  const auto size = known_matrix_size("qr", x);
  if (size.rows < size.columns) {
    const auto [q, r] = qr(slice(x, Range{.stop = size.rows}, -1));
    return {q, concatenate({r, matmul(transposed(q), slice(x, Range{.start = size.rows}, -1))}, -1)};
  }
  const auto factors = apply_all(std::make_shared<const Qr>(), {x});
  return {factors[0], factors[1]};
}

static const Register registered_qr{{
    .name = "qr",
    .family = OperatorFamily::linear_algebra,
    .signature = "qr(x)",
    .summary = "Orthonormal columns and an upper triangle whose product is each matrix in the last two axes.",
    .formula = "q and r with x = matmul(q, r), q^T q = identity and r upper triangular",
    .gradient = "(cq + q s) r^-T, with s symmetric and of the lower triangle of r cr^T - cq^T q",
    .shapes = "x (..., m, n): (..., m, k) and (..., k, n), with k = min(m, n)",
}};

}  // namespace xgrad
